//! All that is between one member and the others: as one who leaves leaves it behind, and as it is told to them.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::{Column, Entity, Model};
use crate::domain::{Commitment, MemberId, State};
use crate::store::many::one_of;

/// How many rows one statement changes.
const AT_ONCE: usize = 1_000;

/// All of a member's commitments, to and from them, that are in one of these states; nobody else can change them until the
/// transaction ends. What they gave and got in this month is not carried over any more.
pub async fn of_both_sides_locked(
    db: &impl ConnectionTrait,
    who: MemberId,
    states: &[State],
) -> Result<Vec<Commitment>, DbErr> {
    Entity::update_many()
        .col_expr(Column::Closed, Expr::value(true))
        .filter(either_side(who))
        .filter(Column::State.eq(State::Fulfilled.as_str()))
        .filter(Column::Closed.eq(false))
        .exec(db)
        .await?;
    let rows = Entity::find()
        .filter(either_side(who))
        .filter(Column::State.is_in(states.iter().map(|state| state.as_str())))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    rows.into_iter().map(Model::into_domain).collect()
}

/// Moves these to the settled state `to`.
pub async fn settle(
    db: &impl ConnectionTrait,
    these: &[Commitment],
    to: State,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for these in these.chunks(AT_ONCE) {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(to.as_str()))
            .col_expr(Column::SettledAt, Expr::value(now))
            .filter(one_of(db, Column::Id, these.iter().map(|one| one.id)))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Nothing stands any more that was said about help to or from a member: it may name them.
pub async fn erase_notes(db: &impl ConnectionTrait, who: MemberId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Note, Expr::value(None::<String>))
        .filter(either_side(who))
        .filter(Column::Note.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

fn either_side(who: MemberId) -> Condition {
    Condition::any().add(Column::SupporterId.eq(who)).add(Column::ReceiverId.eq(who))
}

/// All commitments to and from a member, whatever became of them.
pub async fn rows_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(either_side(who)).order_by_asc(Column::Id).all(db).await
}
