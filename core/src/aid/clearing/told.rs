//! Telling of a clearing, step by step: what it may take is noted, and a day later it is looked who really was told.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DbErr;

use super::super::Work;
use crate::domain::{CommitmentId, MemberId};
use crate::store;
use crate::store::commitment::{Reached, Which};

/// How many promises are noted, and how many members left out, in one transaction.
const NOTED_AT_ONCE: u64 = 500;
const LEFT_OUT_AT_ONCE: u64 = 100;

/// What tells that a clearing comes on this day.
pub fn telling(on: NaiveDate) -> String {
    format!("clearing-on/{on}")
}

/// Notes those of the next promises behind `after` that would take part now: their sides are told of it, and nothing else takes part
/// in the clearing of this month. Says which promise was looked at last; none: all have been.
pub async fn note_told(aid: &Work<'_>, after: CommitmentId) -> Result<Option<CommitmentId>, DbErr> {
    let month = aid.month();
    let found = store::commitment::owing(aid.tx, after, Which::Now(month), aid.at_once(NOTED_AT_ONCE)).await?;
    store::commitment::note_told(aid.tx, &found.owing, month).await?;
    Ok(found.last)
}

/// How many were told in time of the clearing on this day, and how many were not. Who can't be reached at all, or has chosen not to
/// be told, is neither.
pub async fn reached(aid: &Work<'_>, on: NaiveDate, by: DateTime<Utc>) -> Result<Reached, DbErr> {
    store::commitment::reached(aid.tx, &telling(on), by).await
}

/// Nothing is noted for this month's clearing any more.
pub async fn note_none(aid: &Work<'_>) -> Result<(), DbErr> {
    store::commitment::note_none(aid.tx, aid.month()).await
}

/// All are to be told anew, of another day: what was noted is no longer, and nobody is told of this day any more.
pub async fn tell_anew(aid: &Work<'_>, on: NaiveDate) -> Result<(), DbErr> {
    note_none(aid).await?;
    tell_no_more(aid, on).await
}

/// What has not been told of the clearing on this day is not told any more.
pub async fn tell_no_more(aid: &Work<'_>, on: NaiveDate) -> Result<(), DbErr> {
    let record = [telling(on)];
    store::outbox::withdraw(aid.tx, &record).await?;
    store::digest_item::withdraw(aid.tx, &record).await
}

/// Leaves those of the next members behind `after` out of this month's clearing who were not told in time that it is on this day.
/// Says who was the last; none: all are left out.
pub async fn leave_out(
    aid: &Work<'_>,
    on: NaiveDate,
    by: DateTime<Utc>,
    after: MemberId,
) -> Result<Option<MemberId>, DbErr> {
    let untold = store::commitment::untold(aid.tx, &telling(on), by, after, aid.at_once(LEFT_OUT_AT_ONCE)).await?;
    store::commitment::leave_out(aid.tx, &untold, aid.month()).await?;
    Ok(untold.last().copied())
}
