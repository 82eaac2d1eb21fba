//! What happened to a member's help, and what they did, one after the other, for a program that follows it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use super::Aid;
use crate::domain::{CollectionId, CommitmentId, MemberId, Money};
use crate::store;
use crate::store::journal::Model;

/// Where several write at once, what was begun first may be there last: for so long nothing behind it is told.
const SETTLES: TimeDelta = TimeDelta::seconds(5);

/// By whom something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    Me,
    Other,
    /// Its time had come.
    Calendar,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// Its place: what happens later has a higher one.
    pub position: i64,
    pub at: DateTime<Utc>,
    pub what: String,
    pub by: Doer,
    pub commitment: Option<CommitmentId>,
    pub collection: Option<CollectionId>,
    /// How much the help came to then.
    pub sum: Option<Money>,
}

/// What happened behind this place, the first of it. One query.
pub async fn events(aid: &Aid<'_>, who: MemberId, after: i64, most: u64) -> Result<Vec<Happened>, DbErr> {
    let until = if store::has_one_writer(aid.tx) { None } else { Some(aid.now - SETTLES) };
    let rows = store::journal::concerning(aid.tx, who, after, until, most).await?;
    Ok(rows.into_iter().map(|row| happened(row, who)).collect())
}

/// The place behind all that has happened so far.
pub async fn last_event(aid: &Aid<'_>) -> Result<i64, DbErr> {
    store::journal::last(aid.tx).await
}

/// Whom what has happened behind this place concerns, and how far that is. One query.
pub async fn concerned_since(aid: &Aid<'_>, after: i64) -> Result<(i64, Vec<MemberId>), DbErr> {
    let until = if store::has_one_writer(aid.tx) { None } else { Some(aid.now - SETTLES) };
    store::journal::concerned(aid.tx, after, until).await
}

fn happened(row: Model, who: MemberId) -> Happened {
    let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap_or_default();
    let by = match row.actor_id {
        None => Doer::Calendar,
        Some(actor) if actor == who => Doer::Me,
        Some(_) => Doer::Other,
    };
    Happened {
        position: row.id.number(),
        at: row.at,
        what: row.what,
        by,
        commitment: row.commitment_id,
        collection: row.collection_id,
        sum: facts["help"]["sum"].as_i64().map(Money::from_minor),
    }
}
