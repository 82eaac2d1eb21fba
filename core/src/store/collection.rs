//! Collections: what members ask for.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QueryOrder, QuerySelect, Set};

use super::many::one_of;
use super::unreadable;
use crate::domain::{Collection, CollectionId, CollectionKind, Ending, MemberId, Money, Opening, Ring, Status};

/// One collection as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CollectionId,
    pub owner_id: MemberId,
    pub kind: String,
    pub target: i64,
    pub opened_at: DateTime<Utc>,
    /// The last day of an emergency or an initiative.
    pub ends_on: Option<NaiveDate>,
    /// When an initiative had all the votes that it needs.
    pub reached_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ending: Option<String>,
    /// How far word of it has gone.
    pub ring: i16,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(super) fn into_domain(self) -> Result<Collection, DbErr> {
        Ok(Collection {
            id: self.id,
            owner: self.owner_id,
            kind: CollectionKind::parse(&self.kind).ok_or_else(|| unreadable("collection.kind", &self.kind))?,
            target: Money::from_minor(self.target),
            opened_at: self.opened_at,
            ends_on: self.ends_on,
            reached_at: self.reached_at,
            ended: match self.ending {
                Some(ending) => Some(Ending::parse(&ending).ok_or_else(|| unreadable("collection.ending", &ending))?),
                None => None,
            },
            ring: Ring::from_number(self.ring).ok_or_else(|| unreadable("collection.ring", &self.ring.to_string()))?,
        })
    }
}

/// As a condition: its owner says by it that they are in need.
fn is_need() -> Expr {
    let kinds = CollectionKind::ALL.into_iter().filter(|kind| kind.is_need());
    Column::Kind.is_in(kinds.map(CollectionKind::as_str))
}

/// What a member asks for: nothing, a monthly collection, an emergency, or both. Their initiatives are none of it.
pub async fn open_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<Collection>, DbErr> {
    let rows = Entity::find()
        .filter(Column::OwnerId.eq(owner))
        .filter(Column::EndedAt.is_null())
        .filter(is_need())
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Model::into_domain).collect()
}

/// The open collections of each of these members, in one query. Members without any are left out.
pub async fn open_of_many(
    db: &impl ConnectionTrait,
    owners: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, Vec<Collection>>, DbErr> {
    let owners: Vec<MemberId> = owners.into_iter().collect();
    let mut found: HashMap<MemberId, Vec<Collection>> = HashMap::new();
    if owners.is_empty() {
        return Ok(found);
    }
    let rows = Entity::find()
        .filter(one_of(db, Column::OwnerId, owners))
        .filter(Column::EndedAt.is_null())
        .filter(is_need())
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    for row in rows {
        found.entry(row.owner_id).or_default().push(row.into_domain()?);
    }
    Ok(found)
}

/// The open initiatives of a member.
pub async fn open_initiatives_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<Collection>, DbErr> {
    let open = Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::EndedAt.is_null());
    let open = open.filter(Column::Kind.eq(CollectionKind::VOTED_FOR.as_str())).order_by_asc(Column::Id);
    open.all(db).await?.into_iter().map(Model::into_domain).collect()
}

/// The initiatives of a member that have ended since then.
pub async fn initiatives_ended_since(
    db: &impl ConnectionTrait,
    owner: MemberId,
    since: DateTime<Utc>,
) -> Result<Vec<Collection>, DbErr> {
    let ended = Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::EndedAt.gt(since));
    let ended = ended.filter(Column::Kind.eq(CollectionKind::VOTED_FOR.as_str())).order_by_asc(Column::Id);
    ended.all(db).await?.into_iter().map(Model::into_domain).collect()
}

/// All open initiatives.
pub async fn open_with_votes(db: &impl ConnectionTrait) -> Result<Vec<Collection>, DbErr> {
    let open = Entity::find().filter(Column::Kind.eq(CollectionKind::VOTED_FOR.as_str()));
    let open = open.filter(Column::EndedAt.is_null()).order_by_asc(Column::Id);
    open.all(db).await?.into_iter().map(Model::into_domain).collect()
}

/// Notes that an open initiative has all the votes that it needs.
pub async fn set_reached(db: &impl ConnectionTrait, id: CollectionId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let reached = Entity::update_many().col_expr(Column::ReachedAt, Expr::value(now));
    reached.filter(Column::Id.eq(id)).filter(Column::EndedAt.is_null()).exec(db).await?;
    Ok(())
}

/// All that a member ever opened.
pub async fn rows_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::OwnerId.eq(owner)).order_by_asc(Column::Id).all(db).await
}

/// The last days of these collections, of those that have one. One query, none for an empty list.
pub async fn last_days(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CollectionId>,
) -> Result<HashMap<CollectionId, NaiveDate>, DbErr> {
    let ids: BTreeSet<CollectionId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let days = Entity::find().select_only().columns([Column::Id, Column::EndsOn]).filter(Column::EndsOn.is_not_null());
    Ok(days.filter(one_of(db, Column::Id, ids)).into_tuple().all(db).await?.into_iter().collect())
}

/// The collection with this id, open or ended.
pub async fn find(db: &impl ConnectionTrait, id: CollectionId) -> Result<Option<Collection>, DbErr> {
    Entity::find_by_id(id).one(db).await?.map(Model::into_domain).transpose()
}

/// The same as [`find`], and nobody else can change it until the transaction ends. (SQLite has one writer at a time anyway.)
pub async fn find_locked(db: &impl ConnectionTrait, id: CollectionId) -> Result<Option<Collection>, DbErr> {
    // SeaORM leaves the lock out of the SQL that it writes for SQLite.
    Entity::find_by_id(id).lock_exclusive().one(db).await?.map(Model::into_domain).transpose()
}

/// These, in no particular order. One query, none for nothing.
pub async fn find_many(db: &impl ConnectionTrait, ids: &[CollectionId]) -> Result<Vec<Collection>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = Entity::find().filter(one_of(db, Column::Id, ids.iter().copied())).all(db).await?;
    found.into_iter().map(Model::into_domain).collect()
}

/// Of which kinds these are. One query, none for nothing.
pub async fn kinds_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CollectionId>,
) -> Result<HashMap<CollectionId, CollectionKind>, DbErr> {
    let ids: BTreeSet<CollectionId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let kinds = Entity::find().select_only().column(Column::Id).column(Column::Kind);
    let found: Vec<(CollectionId, String)> = kinds.filter(one_of(db, Column::Id, ids)).into_tuple().all(db).await?;
    let read = |(id, kind): (CollectionId, String)| {
        Ok((id, CollectionKind::parse(&kind).ok_or_else(|| unreadable("collection.kind", &kind))?))
    };
    found.into_iter().map(read).collect()
}

/// Opens a collection. A unique violation means that the owner has an open one of this kind.
pub async fn insert(
    db: &impl ConnectionTrait,
    owner: MemberId,
    new: Opening,
    now: DateTime<Utc>,
) -> Result<Collection, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        owner_id: Set(owner),
        kind: Set(new.kind.as_str().to_owned()),
        target: Set(new.target.minor()),
        opened_at: Set(now),
        ends_on: Set(new.ends_on),
        reached_at: Set(None),
        ended_at: Set(None),
        ending: Set(None),
        ring: Set(Ring::Near.number()),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Ok(Collection {
        id,
        owner,
        kind: new.kind,
        target: new.target,
        opened_at: now,
        ends_on: new.ends_on,
        reached_at: None,
        ended: None,
        ring: Ring::Near,
    })
}

/// What so much was shared out for among others: nobody declares help to it, so it has ended when it begins.
pub async fn insert_shared_out(
    db: &impl ConnectionTrait,
    owner: MemberId,
    (kind, target): (CollectionKind, Money),
    now: DateTime<Utc>,
) -> Result<CollectionId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        owner_id: Set(owner),
        kind: Set(kind.as_str().to_owned()),
        target: Set(target.minor()),
        opened_at: Set(now),
        ends_on: Set(None),
        reached_at: Set(None),
        ended_at: Set(Some(now)),
        ending: Set(Some(Ending::Ended.as_str().to_owned())),
        ring: Set(Ring::Near.number()),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// Changes the sum of an open collection; false when it has ended.
pub async fn set_target(db: &impl ConnectionTrait, id: CollectionId, target: Money) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Target, Expr::value(target.minor()))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Changes the last day of an open emergency; false when it has ended.
pub async fn set_date(db: &impl ConnectionTrait, id: CollectionId, ends_on: NaiveDate) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::EndsOn, Expr::value(ends_on))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that word of an open collection has gone as far as this; false when it has ended, or had gone as far.
pub async fn set_ring(db: &impl ConnectionTrait, id: CollectionId, ring: Ring) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Ring, Expr::value(ring.number()))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .filter(Column::Ring.lt(ring.number()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that nobody was told when a collection opened, because nobody was there.
pub async fn set_untold(db: &impl ConnectionTrait, id: CollectionId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Ring, Expr::value(Ring::Nobody.number()))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// All open emergencies.
pub async fn open_emergencies(db: &impl ConnectionTrait) -> Result<Vec<Collection>, DbErr> {
    let red = CollectionKind::ALL.into_iter().filter(|kind| kind.means_status() == Some(Status::Red));
    let rows = Entity::find()
        .filter(Column::Kind.is_in(red.map(CollectionKind::as_str)))
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Model::into_domain).collect()
}

/// Ends an open collection; false when it had ended before.
pub async fn end(
    db: &impl ConnectionTrait,
    id: CollectionId,
    ending: Ending,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::Ending, Expr::value(ending.as_str()))
        .filter(Column::Id.eq(id))
        .filter(Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
