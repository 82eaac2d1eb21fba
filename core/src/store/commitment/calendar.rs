//! What the calendar tells members of: commitments of many members at once.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{Condition, JoinType, QueryOrder, QuerySelect, Select};

use super::closing::{Row, entries};
use super::{Column, Entity, Model, Relation};
use crate::domain::{CollectionId, Commitment, Entry, MemberId, Month, Role, State};
use crate::store::collection;
use crate::store::many::one_of;

/// What is not settled.
const UNSETTLED: [State; 5] =
    [State::Intention, State::Obligation, State::Claimed, State::Overdue, State::OverdueClaimed];

/// What the close of a month left to these members, as one of the sides: what it carried over and is still intended, what
/// it made lapse, and all that is overdue.
pub async fn left_by(
    db: &impl ConnectionTrait,
    ended: Month,
    side: Role,
    members: &[MemberId],
) -> Result<Vec<Commitment>, DbErr> {
    const LEFT: [State; 4] = [State::Intention, State::Lapsed, State::Overdue, State::OverdueClaimed];
    let of_this_close = Condition::any()
        .add(Column::State.is_in([State::Overdue, State::OverdueClaimed].map(State::as_str)))
        .add(Column::State.eq(State::Lapsed.as_str()).and(Column::Month.eq(ended.number())))
        .add(Column::State.eq(State::Intention.as_str()).and(Column::CarriedFrom.eq(ended.number())));
    let rows = Entity::find()
        .filter(one_of(db, column(side), members.iter().copied()))
        .filter(Column::State.is_in(LEFT.map(State::as_str)))
        .filter(of_this_close)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Model::into_domain).collect()
}

/// All that is not settled with these members on one of its sides, with what the rules have to know of it.
pub async fn unsettled(db: &impl ConnectionTrait, side: Role, members: &[MemberId]) -> Result<Vec<Entry>, DbErr> {
    let rows = Entity::find()
        .filter(one_of(db, column(side), members.iter().copied()))
        .filter(Column::State.is_in(UNSETTLED.map(State::as_str)));
    with_collections(db, rows).await
}

/// At most `limit` obligations to one collection, in the order of their supporters, beginning behind `after`.
pub async fn obligations_to(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    after: MemberId,
    limit: u64,
) -> Result<Vec<Entry>, DbErr> {
    let rows = Entity::find()
        .filter(Column::CollectionId.eq(collection))
        .filter(Column::State.eq(State::Obligation.as_str()))
        .filter(Column::SupporterId.gt(after))
        .order_by_asc(Column::SupporterId)
        .limit(limit);
    with_collections(db, rows).await
}

async fn with_collections(db: &impl ConnectionTrait, rows: Select<Entity>) -> Result<Vec<Entry>, DbErr> {
    let rows = rows
        .join(JoinType::InnerJoin, Relation::Collection.def())
        .column_as(collection::Column::Kind, "collection_kind")
        .column_as(Expr::col((collection::Entity, collection::Column::EndedAt)).is_null(), "collection_open")
        .order_by_asc(Column::Id)
        .into_model::<Row>()
        .all(db)
        .await?;
    entries(db, rows).await
}

fn column(side: Role) -> Column {
    match side {
        Role::Supporter => Column::SupporterId,
        Role::Receiver => Column::ReceiverId,
    }
}
