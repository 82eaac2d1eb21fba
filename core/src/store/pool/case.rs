//! Cases: what has happened to a member of a pool, and how far it has come with it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QueryOrder, QuerySelect, Set};

use super::super::many::one_of;
use super::super::unreadable;
use crate::domain::{Case, CaseEnding, CaseId, CaseWords, CollectionId, MemberId, Money, Phase, PoolId};

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "pool_case")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CaseId,
    pub pool_id: PoolId,
    pub owner_id: MemberId,
    pub words: String,
    pub sum: i64,
    /// What its owner was told last that it can come to.
    pub owner_told: i64,
    pub opened_at: DateTime<Utc>,
    pub phase: String,
    pub until: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ending: Option<String>,
    pub collection_id: Option<CollectionId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What the rules know of it.
    ///
    /// # Errors
    /// A newer release has written it.
    pub fn domain(&self) -> Result<Case, DbErr> {
        Ok(Case {
            id: self.id,
            pool: self.pool_id,
            owner: self.owner_id,
            sum: Money::from_minor(self.sum),
            opened_at: self.opened_at,
            phase: Phase::parse(&self.phase).ok_or_else(|| unreadable("pool_case.phase", &self.phase))?,
            until: self.until,
            ending: match &self.ending {
                Some(ending) => Some(CaseEnding::parse(ending).ok_or_else(|| unreadable("pool_case.ending", ending))?),
                None => None,
            },
            collection: self.collection_id,
        })
    }
}

/// Opens a case. A unique violation means that its owner has another one in this pool that has not come to its end.
pub async fn insert(
    db: &impl ConnectionTrait,
    (pool, owner): (PoolId, MemberId),
    words: &CaseWords,
    sum: Money,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<CaseId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        pool_id: Set(pool),
        owner_id: Set(owner),
        words: Set(words.as_str().to_owned()),
        sum: Set(sum.minor()),
        owner_told: Set(sum.minor()),
        opened_at: Set(now),
        phase: Set(Phase::Discussed.as_str().to_owned()),
        until: Set(until),
        ended_at: Set(None),
        ending: Set(None),
        collection_id: Set(None),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The case with this id.
pub async fn find(db: &impl ConnectionTrait, id: CaseId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The case whose shares have become obligations to this collection.
pub async fn of_collection(db: &impl ConnectionTrait, id: CollectionId) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::CollectionId.eq(id)).one(db).await
}

/// Of which pool the cases are whose shares have become obligations to these collections. One query, none for nothing.
pub async fn pools_of(
    db: &impl ConnectionTrait,
    these: Vec<CollectionId>,
) -> Result<HashMap<CollectionId, PoolId>, DbErr> {
    if these.is_empty() {
        return Ok(HashMap::new());
    }
    let cases = Entity::find().select_only().column(Column::CollectionId).column(Column::PoolId);
    let found: Vec<(CollectionId, PoolId)> =
        cases.filter(one_of(db, Column::CollectionId, these)).into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}

/// The cases of this member that were over since then because they could not go on with them.
pub async fn given_up(db: &impl ConnectionTrait, owner: MemberId, since: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    let theirs = Entity::find().filter(Column::OwnerId.eq(owner)).filter(Column::EndedAt.gte(since));
    theirs.filter(Column::Ending.eq(CaseEnding::OwnerGone.as_str())).order_by_asc(Column::Id).all(db).await
}

/// The cases of a pool that have not come to their end, the older first.
pub async fn running(db: &impl ConnectionTrait, pool: PoolId) -> Result<Vec<Case>, DbErr> {
    let rows = Entity::find().filter(Column::PoolId.eq(pool)).filter(Column::EndedAt.is_null());
    rows.order_by_asc(Column::Id).all(db).await?.iter().map(Model::domain).collect()
}

/// The same of these pools, pool by pool. One query, none for nothing.
pub async fn running_in(db: &impl ConnectionTrait, pools: &[PoolId]) -> Result<Vec<Case>, DbErr> {
    if pools.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(one_of(db, Column::PoolId, pools.iter().copied()));
    let rows = rows.filter(Column::EndedAt.is_null()).order_by_asc(Column::PoolId).order_by_asc(Column::Id);
    rows.all(db).await?.iter().map(Model::domain).collect()
}

/// All cases that have not come to their end.
pub async fn all_running(db: &impl ConnectionTrait) -> Result<Vec<Case>, DbErr> {
    let rows = Entity::find().filter(Column::EndedAt.is_null()).order_by_asc(Column::Id).all(db).await?;
    rows.iter().map(Model::domain).collect()
}

/// It asks for so much from now on.
pub async fn set_sum(db: &impl ConnectionTrait, id: CaseId, sum: Money) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Sum, Expr::value(sum.minor())).filter(Column::Id.eq(id)).exec(db).await?;
    tell_owner(db, id, sum).await.map(drop)
}

/// Its owner knows that it can come to no more than this. False: they knew it.
pub async fn tell_owner(db: &impl ConnectionTrait, id: CaseId, comes_to: Money) -> Result<bool, DbErr> {
    let told = Entity::update_many().col_expr(Column::OwnerTold, Expr::value(comes_to.minor()));
    let told = told.filter(Column::Id.eq(id)).filter(Column::OwnerTold.gt(comes_to.minor())).exec(db).await?;
    Ok(told.rows_affected > 0)
}

/// It has come so far, and answers are waited for until then.
pub async fn set_phase(db: &impl ConnectionTrait, id: CaseId, phase: Phase, until: DateTime<Utc>) -> Result<(), DbErr> {
    let phase = Expr::value(phase.as_str());
    let one = Entity::update_many().col_expr(Column::Phase, phase).col_expr(Column::Until, Expr::value(until));
    one.filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Its shares become obligations to this collection.
pub async fn set_settling(db: &impl ConnectionTrait, id: CaseId, collection: CollectionId) -> Result<(), DbErr> {
    let one = Entity::update_many()
        .col_expr(Column::Phase, Expr::value(Phase::Settling.as_str()))
        .col_expr(Column::CollectionId, Expr::value(collection));
    one.filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// They have come to their end: nothing came of them, for this reason, or their shares are obligations. One statement, none
/// for nothing.
pub async fn end(
    db: &impl ConnectionTrait,
    these: &[CaseId],
    ending: Option<CaseEnding>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if these.is_empty() {
        return Ok(());
    }
    let phase = if ending.is_some() { Phase::Over } else { Phase::Settled };
    let end = Entity::update_many()
        .col_expr(Column::Phase, Expr::value(phase.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::Ending, Expr::value(ending.map(CaseEnding::as_str)));
    end.filter(one_of(db, Column::Id, these.iter().copied())).exec(db).await?;
    Ok(())
}

/// All that a member ever opened.
pub async fn rows_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::OwnerId.eq(owner)).order_by_asc(Column::Id).all(db).await
}

/// What a member has written about their cases goes.
pub async fn erase_words(db: &impl ConnectionTrait, owner: MemberId) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Words, Expr::value("")).filter(Column::OwnerId.eq(owner)).exec(db).await?;
    Ok(())
}
