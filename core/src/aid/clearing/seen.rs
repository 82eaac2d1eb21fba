//! What is seen of clearing: by a member, by everybody without names, and by those who administer.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::super::calendar::{Job, plan_trial};
use super::super::{Admin, Aid, Refused, Work};
use crate::domain::calendar::{clearing_at, clearing_notice};
use crate::domain::clearing::Totals;
use crate::domain::{ClearingId, MemberId, Money, Month, Refusal, SetOff};
use crate::store::clearing::{Kind, Stage};
use crate::store::set_off::Own;
use crate::store::{self, Slice};

/// What a member sees of clearing.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// Since when they allow it; not at all.
    pub since: Option<DateTime<Utc>>,
    /// When the next one is.
    pub next: DateTime<Utc>,
    /// How many of their promises, and of those to them, would take part now, and what they come to.
    pub now: [(u64, Money); 2],
    /// The last one.
    pub last: Option<Last>,
}

/// A clearing that was.
#[derive(Clone, Debug, PartialEq)]
pub struct Last {
    pub id: ClearingId,
    pub at: DateTime<Utc>,
    /// Of everybody's promises.
    pub totals: Totals,
    /// Of the member's own.
    pub own: Own,
}

/// Clearing as this member sees it.
pub async fn around(aid: &Aid<'_>, who: MemberId) -> Result<Around, DbErr> {
    let since = store::clearing_consent::of(aid.tx, who).await?.map(|consent| consent.since);
    let now = store::commitment::counted(aid.tx, &[who], aid.month()).await?.remove(&who).unwrap_or_default();
    Ok(Around { since, next: next(aid).await?, now, last: last(aid, who).await? })
}

/// When the next clearing is: as planned, or on the 25th of the first month in which members are still to be told of it.
async fn next(aid: &Aid<'_>) -> Result<DateTime<Utc>, DbErr> {
    let planned = store::schedule::planned(aid.tx, &[Job::Clearing.name()]).await?;
    if let Some(row) = planned.first().filter(|row| row.progress.is_empty()) {
        return Ok(row.due_at);
    }
    let (zone, month) = (&aid.rules.zone, aid.month());
    let month = if clearing_notice(month, zone) > aid.now { month } else { month.next() };
    Ok(clearing_at(month, zone))
}

async fn last(aid: &Aid<'_>, who: MemberId) -> Result<Option<Last>, DbErr> {
    let Some(row) = store::clearing::newest(aid.tx, Kind::Month).await? else { return Ok(None) };
    let own = store::set_off::own(aid.tx, row.id, who).await?;
    Ok(Some(Last { id: row.id, at: row.decided_at.unwrap_or(row.began_at), totals: row.totals(), own }))
}

/// A page of what a clearing has set off of a member's own promises and of those to them, with what the others are called, and
/// how much there is of it in all.
pub async fn lines(
    aid: &Aid<'_>,
    who: MemberId,
    clearing: ClearingId,
    slice: Slice,
) -> Result<(Own, Vec<SetOff>, Month), Refused> {
    let row = store::clearing::find(aid.tx, clearing).await?.ok_or(Refusal::Unknown)?;
    if row.kind != Kind::Month.as_str() || row.stage()? == Stage::Running {
        return Err(Refusal::Unknown.into());
    }
    let month = Month::from_number(row.month).ok_or(Refusal::Unknown)?;
    let own = store::set_off::own(aid.tx, clearing, who).await?;
    Ok((own, store::set_off::page_of(aid.tx, clearing, who, slice).await?, month))
}

/// Those of the next members behind `after` of whom something would take part now, with how much on each side; and who was
/// looked at last.
pub async fn concerned(
    aid: &Aid<'_>,
    after: MemberId,
) -> Result<(BTreeMap<MemberId, [(u64, Money); 2]>, Option<MemberId>), DbErr> {
    let members = store::member::ids_after(aid.tx, after, aid.at_once(100)).await?;
    Ok((store::commitment::counted(aid.tx, &members, aid.month()).await?, members.last().copied()))
}

/// A trial: what would be set off, if it were now.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    pub id: ClearingId,
    pub at: DateTime<Utc>,
    /// None: it is being computed.
    pub totals: Option<Totals>,
}

/// The last trial, if there was one, and how many members allow clearing.
pub async fn trial(aid: &Aid<'_>, _: &Admin) -> Result<(Option<Trial>, u64), DbErr> {
    let consents = store::clearing_consent::count(aid.tx).await?;
    let Some(row) = store::clearing::newest(aid.tx, Kind::Trial).await? else { return Ok((None, consents)) };
    let totals = (row.stage()? == Stage::Done).then(|| row.totals());
    Ok((Some(Trial { id: row.id, at: row.began_at, totals }), consents))
}

/// Computes what would be set off now: at once, but not in this turn.
///
/// # Errors
/// [`Refusal::Unchanged`]: it is being computed already.
pub async fn try_out(aid: &Work<'_>, _: &Admin) -> Result<(), Refused> {
    let newest = store::clearing::newest(aid.tx, Kind::Trial).await?;
    let planned = store::schedule::planned(aid.tx, &[Job::ClearingTrial.name()]).await?;
    if newest.is_some_and(|newest| planned.iter().any(|row| row.about == newest.id.number())) {
        return Err(Refusal::Unchanged.into());
    }
    let id = store::clearing::begin(aid.tx, Kind::Trial, aid.month(), aid.now).await?;
    store::clearing::forget_trials(aid.tx, id).await?;
    Ok(plan_trial(aid, id).await?)
}
