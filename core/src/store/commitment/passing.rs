//! What is passed on along a chain of promises: two shrink, and one grows.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{NotSet, Set};

use super::{ActiveModel, Column, Entity, New};
use crate::domain::{Commitment, Money, State};

/// Ends so much of an obligation in the settled state `to`: all of it, or a part, which is a record of its own from then on, while
/// the rest stays what it was. Gives what has ended, and what is left.
///
/// # Errors
/// It is not as it was when it was read: nothing of this may be kept.
pub async fn end_part(
    db: &impl ConnectionTrait,
    owed: &Commitment,
    sum: Money,
    to: State,
    now: DateTime<Utc>,
) -> Result<(Commitment, Option<Commitment>), DbErr> {
    let as_it_was = Entity::update_many()
        .filter(Column::Id.eq(owed.id))
        .filter(Column::State.eq(owed.state.as_str()))
        .filter(Column::Sum.eq(owed.sum.minor()));
    let ended = Commitment { state: to, sum, settled_at: Some(now), ..owed.clone() };
    let rest = owed.sum.saturating_sub(sum);
    let changed = match rest.is_positive() {
        true => as_it_was.col_expr(Column::Sum, Expr::value(rest.minor())),
        false => {
            as_it_was.col_expr(Column::State, Expr::value(to.as_str())).col_expr(Column::SettledAt, Expr::value(now))
        }
    };
    if changed.exec(db).await?.rows_affected != 1 {
        return Err(DbErr::Custom(format!("commitment {} is not what was passed on", owed.id)));
    }
    if !rest.is_positive() {
        return Ok((ended, None));
    }
    let before = Entity::find_by_id(owed.id).one(db).await?;
    let root = owed.part_of.unwrap_or(owed.id);
    let row = ActiveModel {
        id: NotSet,
        collection_id: Set(owed.collection),
        supporter_id: Set(owed.supporter),
        receiver_id: Set(owed.receiver),
        sum: Set(sum.minor()),
        state: Set(to.as_str().to_owned()),
        month: Set(owed.month.number()),
        declared_at: Set(before.as_ref().map_or(now, |row| row.declared_at)),
        promised_at: Set(before.and_then(|row| row.promised_at)),
        settled_at: Set(Some(now)),
        part_of: Set(Some(root)),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    let rest = Commitment { sum: rest, ..owed.clone() };
    Ok((Commitment { id, part_of: Some(root), ..ended }, Some(rest)))
}

/// Has a supporter owe so much to this collection in this month: more of what they owe it already, or an obligation of its own. What
/// its sides were told of a clearing stays so: it takes part with all that it is by then.
pub async fn owe_instead(
    db: &impl ConnectionTrait,
    owed: Option<&Commitment>,
    new: New,
    now: DateTime<Utc>,
) -> Result<Commitment, DbErr> {
    let Some(owed) = owed else { return super::insert(db, new, now).await };
    Entity::update_many()
        .col_expr(Column::Sum, Expr::col(Column::Sum).add(new.sum.minor()))
        .filter(Column::Id.eq(owed.id))
        .filter(Column::State.eq(State::Obligation.as_str()))
        .exec(db)
        .await?;
    Ok(Commitment { sum: owed.sum.saturating_add(new.sum), ..owed.clone() })
}
