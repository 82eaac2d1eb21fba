//! Commitments: one member's record of help to one collection.
//!
//! Here are the row and its changes; `parts` and `notes` are what belongs to one commitment; `passing` passes it on; `lists` shows many at once, `sums`
//! counts and adds them up, `circle` tells who helps, `closing` ends their months, `clearing` sets them off, `calendar` finds
//! what members are told of then, `leaving` what one who leaves leaves behind.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{FromQueryResult, NotSet, QueryOrder, QuerySelect, QueryTrait, Set};

use super::many::{self, one_of};
use super::{acquaintance, unreadable};
use crate::domain::{
    ClearingId, Collection, CollectionId, Commitment, CommitmentId, MemberId, Money, Month, Note, State,
};

mod calendar;
mod circle;
mod clearing;
mod closing;
mod leaving;
mod lists;
mod notes;
mod parts;
mod passing;
mod sums;
mod told;

pub use calendar::{left_by, obligations_to, unsettled};
pub use circle::{
    Gives, circle, circle_given, circle_listed, circle_page, circle_size, circles_named, hearing, helped_by,
};
pub(in crate::store) use circle::{circle_of, hearing_of};
pub use clearing::{Looked, Owing, Shrunk, Which, counted, made_of, owing, set_off};
pub(in crate::store) use closing::behind;
pub use closing::{Pair, close, first_to_close, is_behind, oldest_unclosed, to_close, to_close_of};
pub use leaving::{erase_notes, of_both_sides_locked, rows_of, settle};
pub use lists::{Listed, by_receiver, by_supporter, of_collection};
pub use notes::{notes_of, set_note};
pub use parts::{beside, insert_part, whole};
pub use passing::{end_part, owe_instead};
pub use sums::{OfMonth, Reliability, Tallies, by_month, owed, promised, reliability, tallies, totals, totals_of};
pub use told::{Reached, is_told, leave_out, note_none, note_told, reached, untold};

/// One commitment as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "commitment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CommitmentId,
    pub collection_id: CollectionId,
    pub supporter_id: MemberId,
    pub receiver_id: MemberId,
    pub sum: i64,
    pub state: String,
    pub month: i32,
    pub declared_at: DateTime<Utc>,
    pub promised_at: Option<DateTime<Utc>>,
    pub claimed_at: Option<DateTime<Utc>>,
    /// Its month was not over when it was claimed.
    pub claimed_in_time: bool,
    /// When it came to rest.
    pub settled_at: Option<DateTime<Utc>>,
    pub asked_at: Option<DateTime<Utc>>,
    pub reminded_at: Option<DateTime<Utc>>,
    /// The month that it was fulfilled in is over, and what follows from that is done.
    pub closed: bool,
    /// It is an intention that was made, or added to, from what was fulfilled in this month.
    pub carried_from: Option<i32>,
    /// The promise that it was a part of, where it was claimed by itself.
    pub part_of: Option<CommitmentId>,
    /// What its supporter says about it.
    pub note: Option<String>,
    /// The clearing that has fulfilled it.
    pub clearing_id: Option<ClearingId>,
    /// The last month whose clearing its two sides were told of.
    pub told_of_clearing: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::collection::Entity",
        from = "Column::CollectionId",
        to = "super::collection::Column::Id"
    )]
    Collection,
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::SupporterId", to = "super::member::Column::Id")]
    Supporter,
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::ReceiverId", to = "super::member::Column::Id")]
    Receiver,
}

impl Related<super::collection::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Collection.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    fn into_domain(self) -> Result<Commitment, DbErr> {
        Ok(Commitment {
            id: self.id,
            collection: self.collection_id,
            supporter: self.supporter_id,
            receiver: self.receiver_id,
            sum: Money::from_minor(self.sum),
            state: State::parse(&self.state).ok_or_else(|| unreadable("commitment.state", &self.state))?,
            month: Month::from_number(self.month)
                .ok_or_else(|| unreadable("commitment.month", &self.month.to_string()))?,
            asked_at: self.asked_at,
            reminded_at: self.reminded_at,
            settled_at: self.settled_at,
            part_of: self.part_of,
            claimed_in_time: self.claimed_in_time,
            set_off_by: self.clearing_id,
        })
    }
}

/// A commitment to be declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct New {
    pub collection: CollectionId,
    pub supporter: MemberId,
    /// The collection's owner.
    pub receiver: MemberId,
    pub sum: Money,
    /// An intention, or an obligation to an emergency.
    pub state: State,
    pub month: Month,
}

/// The row of a new commitment.
fn row_of(new: New, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        collection_id: Set(new.collection),
        supporter_id: Set(new.supporter),
        receiver_id: Set(new.receiver),
        sum: Set(new.sum.minor()),
        state: Set(new.state.as_str().to_owned()),
        month: Set(new.month.number()),
        declared_at: Set(now),
        promised_at: Set((new.state == State::Obligation).then_some(now)),
        ..Default::default()
    }
}

/// The commitment with this id.
pub async fn find(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Option<Commitment>, DbErr> {
    Entity::find_by_id(id).one(db).await?.map(Model::into_domain).transpose()
}

/// A commitment with what it is given to and what its supporter says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    pub commitment: Commitment,
    pub collection: Collection,
    pub note: Option<Note>,
}

/// The commitment with this id as its page shows it.
pub async fn find_whole(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Option<Whole>, DbErr> {
    let found = Entity::find_by_id(id).find_also_related(super::collection::Entity).one(db).await?;
    let Some((mut row, Some(collection))) = found else { return Ok(None) };
    let note = row.note.take().map(Note::kept);
    Ok(Some(Whole { commitment: row.into_domain()?, collection: collection.into_domain()?, note }))
}

/// The collection that this commitment is given to, which never changes; nobody else can change it until the transaction ends.
pub async fn given_to_locked(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Option<Collection>, DbErr> {
    let given_to = Entity::find_by_id(id).select_only().column(Column::CollectionId).into_query();
    let found = super::collection::Entity::find().filter(super::collection::Column::Id.in_subquery(given_to));
    found.lock_exclusive().one(db).await?.map(super::collection::Model::into_domain).transpose()
}

/// The same as [`find`], and nobody else can change it until the transaction ends: for whoever is about to [`update`] it.
/// (SQLite has one writer at a time anyway.)
pub async fn find_locked(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Option<Commitment>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await?.map(Model::into_domain).transpose()
}

/// In which states these are now: one query, none for nothing.
pub async fn states_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CommitmentId>,
) -> Result<HashMap<CommitmentId, State>, DbErr> {
    let ids: Vec<CommitmentId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let states = Entity::find().select_only().column(Column::Id).column(Column::State);
    let found: Vec<(CommitmentId, String)> = states.filter(one_of(db, Column::Id, ids)).into_tuple().all(db).await?;
    let read = |(id, state): (CommitmentId, String)| {
        Ok((id, State::parse(&state).ok_or_else(|| unreadable("commitment.state", &state))?))
    };
    found.into_iter().map(read).collect()
}

/// The supporter's live commitment to this collection: what is intended or promised, or else the newest of what is claimed.
pub async fn live_of(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    supporter: MemberId,
) -> Result<Option<Commitment>, DbErr> {
    let row = Entity::find()
        .filter(Column::CollectionId.eq(collection))
        .filter(Column::SupporterId.eq(supporter))
        // Spelled out, so that the partial index for live commitments serves it.
        .filter(Expr::cust("state IN ('intention', 'obligation', 'claimed')"))
        .order_by_asc(Expr::cust("CASE state WHEN 'claimed' THEN 1 ELSE 0 END"))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(db)
        .await?;
    row.map(Model::into_domain).transpose()
}

/// The last thing that this supporter declared to this collection, whatever became of it; a part of it that was claimed is
/// nothing that was declared. Looked for among what they give,
/// which is little, and not (`+ 0`) among what the collection gets.
pub async fn newest_of(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    supporter: MemberId,
) -> Result<Option<Commitment>, DbErr> {
    let row = Entity::find()
        .filter(Column::SupporterId.eq(supporter))
        .filter(Expr::col(Column::CollectionId).add(0).eq(collection))
        .filter(Column::PartOf.is_null())
        .order_by_desc(Column::Id)
        .limit(1)
        .one(db)
        .await?;
    row.map(Model::into_domain).transpose()
}

/// Of what this supporter ever declared to these collections, the newest to each: their ids.
pub async fn newest_of_each(
    db: &impl ConnectionTrait,
    supporter: MemberId,
    collections: impl IntoIterator<Item = CollectionId>,
) -> Result<HashSet<CommitmentId>, DbErr> {
    let collections: Vec<CollectionId> = collections.into_iter().collect();
    if collections.is_empty() {
        return Ok(HashSet::new());
    }
    let ids: Vec<CommitmentId> = Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "newest")
        .filter(Column::SupporterId.eq(supporter))
        .filter(one_of(db, Column::CollectionId, collections))
        .filter(Column::PartOf.is_null())
        .group_by(Column::CollectionId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Stores a new commitment, by which its two sides become acquainted. A unique violation means that the supporter intends or
/// owes something to this collection already.
pub async fn insert(db: &impl ConnectionTrait, new: New, now: DateTime<Utc>) -> Result<Commitment, DbErr> {
    let id = Entity::insert(row_of(new, now)).exec(db).await?.last_insert_id;
    acquaintance::by_help(db, (new.supporter, new.receiver), now).await?;
    Ok(Commitment {
        id,
        collection: new.collection,
        supporter: new.supporter,
        receiver: new.receiver,
        sum: new.sum,
        state: new.state,
        month: new.month,
        asked_at: None,
        reminded_at: None,
        settled_at: None,
        part_of: None,
        claimed_in_time: false,
        set_off_by: None,
    })
}

/// Stores these new commitments to one collection, by which their supporters become acquainted with its owner: a few statements,
/// however many they are. In the order of their supporters.
pub async fn insert_many(db: &impl ConnectionTrait, new: &[New], now: DateTime<Utc>) -> Result<Vec<Commitment>, DbErr> {
    let Some(first) = new.first() else { return Ok(Vec::new()) };
    many::insert(db, new.iter().map(|new| row_of(*new, now)).collect()).await?;
    acquaintance::by_help_of_many(db, first.receiver, new.iter().map(|new| new.supporter), now).await?;
    let supporters = one_of(db, Column::SupporterId, new.iter().map(|new| new.supporter));
    let stored = Entity::find().filter(Column::CollectionId.eq(first.collection)).filter(supporters);
    let stored = stored.order_by_asc(Column::SupporterId).all(db).await?;
    stored.into_iter().map(Model::into_domain).collect()
}

/// Stores what became of a commitment, provided that it is still in the state `expected`; false when it is not, and
/// then nothing was changed.
///
/// The times of promising, claiming and settling follow from the change of state: a promise is noted once, a claim is
/// noted anew each time and forgotten when nothing was received; what waits again for its confirmation was claimed when it was.
pub async fn update(
    db: &impl ConnectionTrait,
    new: &Commitment,
    expected: State,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let is_claim = State::is_claimed;
    let row = ActiveModel {
        sum: Set(new.sum.minor()),
        state: Set(new.state.as_str().to_owned()),
        month: Set(new.month.number()),
        asked_at: Set(new.asked_at),
        reminded_at: Set(new.reminded_at),
        claimed_in_time: Set(new.claimed_in_time),
        promised_at: if expected == State::Intention && new.state == State::Obligation {
            Set(Some(now))
        } else {
            NotSet
        },
        claimed_at: match new.state {
            state if is_claim(state) && !is_claim(expected) && !expected.is_settled() => Set(Some(now)),
            State::Obligation | State::Overdue if is_claim(expected) => Set(None),
            _ => NotSet,
        },
        settled_at: match (expected.is_settled(), new.state.is_settled()) {
            (false, true) => Set(Some(now)),
            (true, false) => Set(None),
            _ => NotSet,
        },
        ..Default::default()
    };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(new.id))
        .filter(Column::State.eq(expected.as_str()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Moves all commitments to this collection that are in the state `from` to the settled state `to`, in one statement.
/// Returns them as they are now.
pub async fn end_for_collection(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    from: State,
    to: State,
    now: DateTime<Utc>,
) -> Result<Vec<Commitment>, DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::SettledAt, Expr::value(now))
        .filter(Column::CollectionId.eq(collection))
        .filter(Column::State.eq(from.as_str()))
        .into_query();
    update.returning(Query::returning().all());
    let rows = db.query_all(&update).await?;
    let mut ended =
        rows.iter().map(|row| Model::from_query_result(row, "")?.into_domain()).collect::<Result<Vec<_>, _>>()?;
    ended.sort_by_key(|commitment| commitment.id);
    Ok(ended)
}
