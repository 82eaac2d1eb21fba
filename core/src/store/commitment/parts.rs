//! What a supporter gives to a collection beside one commitment: parts of a promise, and what is left of it.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{QueryOrder, QuerySelect, Set};

use super::{ActiveModel, Column, Entity, Model, New, row_of};
use crate::domain::{Commitment, Part, State};

/// Stores a part that was claimed of a commitment, with what its supporter says about it.
pub async fn insert_part(
    db: &impl ConnectionTrait,
    rest: &Commitment,
    part: Part,
    note: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Commitment, DbErr> {
    let declared = Entity::find_by_id(rest.id).one(db).await?;
    let new = New {
        collection: rest.collection,
        supporter: rest.supporter,
        receiver: rest.receiver,
        sum: part.sum,
        state: part.state,
        month: rest.month,
    };
    let row = ActiveModel {
        declared_at: Set(declared.as_ref().map_or(now, |rest| rest.declared_at)),
        promised_at: Set(declared.and_then(|rest| rest.promised_at)),
        claimed_at: Set(Some(now)),
        claimed_in_time: Set(part.state == State::Claimed),
        asked_at: Set(rest.asked_at),
        part_of: Set(Some(part.of)),
        note: Set(note.map(str::to_owned)),
        ..row_of(new, now)
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    let Part { sum, state, of } = part;
    let claimed_in_time = state == State::Claimed;
    Ok(Commitment { id, sum, state, part_of: Some(of), reminded_at: None, claimed_in_time, ..rest.clone() })
}

/// What is still owed of what this was a part of, or is one with.
pub async fn whole(db: &impl ConnectionTrait, part: &Commitment) -> Result<Option<Commitment>, DbErr> {
    let owed = [State::Obligation, State::Overdue].map(State::as_str);
    let row = Entity::find()
        .filter(Column::SupporterId.eq(part.supporter))
        .filter(Column::CollectionId.eq(part.collection))
        .filter(Column::State.is_in(owed))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(db)
        .await?;
    row.map(Model::into_domain).transpose()
}

/// What matters beside a commitment that may become an obligation again: what the same supporter intends or owes to the same
/// collection; beside something overdue, what else is overdue of the same promise.
pub async fn beside(db: &impl ConnectionTrait, commitment: &Commitment) -> Result<Option<Commitment>, DbErr> {
    let of_the_pair = Entity::find()
        .filter(Column::CollectionId.eq(commitment.collection))
        .filter(Column::SupporterId.eq(commitment.supporter))
        .filter(Column::Id.ne(commitment.id));
    let query = match commitment.state {
        // Spelled out, so that the partial index for what is owed serves it.
        State::Claimed | State::Fulfilled => of_the_pair.filter(Expr::cust("state IN ('intention', 'obligation')")),
        State::OverdueClaimed => {
            let promise = Func::coalesce([Expr::col(Column::PartOf), Expr::col(Column::Id)]);
            of_the_pair
                .filter(Column::State.eq(State::Overdue.as_str()))
                .filter(Expr::expr(promise).eq(commitment.part_of.unwrap_or(commitment.id)))
        }
        _ => return Ok(None),
    };
    query.limit(1).one(db).await?.map(Model::into_domain).transpose()
}
