//! What waits of one record, for a later word on it to take its place.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};

use super::{Column, Entity, Model, NoticeId};
use crate::store::many::one_of;

/// For so long a later word takes the place of an earlier one: it is a correction then, and no news.
pub const CORRECTED: TimeDelta = TimeDelta::minutes(1);

/// How many records one statement names.
const RECORDS: usize = 1_000;

/// What was queued of these records since then and nobody has in hand, the latest last.
pub async fn untold_of(db: &impl ConnectionTrait, records: &[&str], since: DateTime<Utc>) -> Result<Vec<Model>, DbErr> {
    let rows = Entity::find()
        .filter(untouched())
        .filter(Column::Record.is_in(records.iter().copied()))
        .filter(Column::CreatedAt.gte(since))
        .order_by_asc(Column::Id);
    rows.all(db).await
}

/// These are not told: something later is, or there is nothing to tell any more.
pub async fn replace(db: &impl ConnectionTrait, ids: Vec<NoticeId>) -> Result<(), DbErr> {
    if !ids.is_empty() {
        Entity::delete_many().filter(one_of(db, Column::Id, ids)).filter(untouched()).exec(db).await?;
    }
    Ok(())
}

/// Nothing of these records that waits is told any more, but for what somebody has in hand.
pub async fn withdraw(db: &impl ConnectionTrait, records: &[String]) -> Result<(), DbErr> {
    for records in records.chunks(RECORDS) {
        Entity::delete_many().filter(Column::Record.is_in(records)).filter(untouched()).exec(db).await?;
    }
    Ok(())
}

/// Nobody has tried to send it.
fn untouched() -> Condition {
    Condition::all().add(Column::SentAt.is_null()).add(Column::FailedAt.is_null()).add(Column::LeaseUntil.is_null())
}
