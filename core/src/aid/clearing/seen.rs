//! What is seen of clearing: by a member, by everybody without names, and by those who administer.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::super::calendar::{Job, plan_trial};
use super::super::{Admin, Aid, Refused, Work, collections};
use crate::domain::calendar::{clearing_at, clearing_notice};
use crate::domain::clearing::Totals;
use crate::domain::{ClearingId, Commitment, CommitmentId, MemberId, Money, Month, Refusal, SetOff, State, Status};
use crate::store::clearing::{Kind, Stage};
use crate::store::commitment::Which;
use crate::store::set_off::Own;
use crate::store::{self, Slice};

/// What a member sees of clearing.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// Since when they allow it; not at all.
    pub since: Option<DateTime<Utc>>,
    /// When the next one is.
    pub next: DateTime<Utc>,
    /// Whoever is concerned has been told of that one: what comes now waits for the one after it.
    pub told: bool,
    /// They have an emergency, so nothing of theirs takes part.
    pub in_need: bool,
    /// How many of their promises, and of those to them, would take part now, and what they come to.
    pub now: [(u64, Money); 2],
    /// The last one.
    pub last: Option<Last>,
    /// The last one that has set something of theirs off.
    pub mine: Option<ClearingId>,
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
    let (next, told) = next(aid).await?;
    let which = taking_part(aid, told);
    let now = store::commitment::counted(aid.tx, &[who], which).await?.remove(&who).unwrap_or_default();
    let in_need = collections::standing_of(aid, who).await?.0 == Status::Red;
    let mine = store::set_off::newest_of(aid.tx, who).await?;
    Ok(Around { since, next, told, in_need, now, last: last(aid, who).await?, mine })
}

/// When the next clearing is: as planned, or on the 25th of the first month in which members are still to be told of it. And whether
/// they have been told of that one.
async fn next(aid: &Aid<'_>) -> Result<(DateTime<Utc>, bool), DbErr> {
    let planned = store::schedule::planned(aid.tx, &[Job::Clearing.name()]).await?;
    if let Some(row) = planned.first().filter(|row| row.progress.is_empty()) {
        return Ok((row.due_at, true));
    }
    let (zone, month) = (&aid.rules.zone, aid.month());
    let month = if clearing_notice(month, zone) > aid.now { month } else { month.next() };
    Ok((clearing_at(month, zone), false))
}

/// What the next clearing would take if it were now: of one that members were told of, only what they were told of.
pub(super) async fn to_come(aid: &Aid<'_>) -> Result<Which, DbErr> {
    Ok(taking_part(aid, next(aid).await?.1))
}

fn taking_part(aid: &Aid<'_>, told: bool) -> Which {
    if told { Which::Told(aid.month()) } else { Which::Now(aid.month()) }
}

/// When the first clearing is in which this promise may take part: the next one, or the one after it where nobody was told of this
/// promise.
pub(super) async fn first_for(aid: &Aid<'_>, id: CommitmentId) -> Result<DateTime<Utc>, DbErr> {
    let (next, told) = next(aid).await?;
    let waits = told && !store::commitment::is_told(aid.tx, id, aid.month()).await?;
    Ok(if waits { clearing_at(aid.month().next(), &aid.rules.zone) } else { next })
}

/// A part of a promise that was set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSetOff {
    /// How much, and how much the promise was before.
    pub sum: Money,
    pub of: Money,
    pub at: DateTime<Utc>,
}

/// What clearings have set off of this promise of theirs, of which something was left each time; the first one first.
pub async fn parts_of(aid: &Aid<'_>, who: MemberId, one: &Commitment) -> Result<Vec<PartSetOff>, DbErr> {
    // Nothing of the kind happens to what was not promised yet.
    if one.role_of(who).is_none() || one.state == State::Intention {
        return Ok(Vec::new());
    }
    let rows = store::set_off::parts_of(aid.tx, one.id).await?;
    Ok(rows.into_iter().map(|(sum, of, at)| PartSetOff { sum, of, at }).collect())
}

async fn last(aid: &Aid<'_>, who: MemberId) -> Result<Option<Last>, DbErr> {
    let Some(row) = store::clearing::newest(aid.tx, Kind::Month).await? else { return Ok(None) };
    let own = store::set_off::own(aid.tx, row.id, who).await?;
    Ok(Some(Last { id: row.id, at: row.decided_at.unwrap_or(row.began_at), totals: row.totals(), own }))
}

/// A page of what a clearing has set off of a member's own promises and of those to them, and how much there is of it in all. Each
/// line is of the record that is fulfilled by it: where only a part was set off, not of the promise that is left.
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
    let mut page = store::set_off::page_of(aid.tx, clearing, who, slice).await?;
    let parts = page.iter().filter(|line| line.sum < line.of).map(|line| line.commitment);
    let made = store::commitment::made_of(aid.tx, clearing, parts.collect()).await?;
    for line in &mut page {
        line.commitment = made.get(&line.commitment).copied().unwrap_or(line.commitment);
    }
    Ok((own, page, month))
}

/// Those of the next members behind `after` of whom something may be set off, with how much on each side of what was noted; and who
/// was looked at last. Who only gives or only gets is not on any ring, and none can come of what is noted.
pub async fn concerned(
    aid: &Aid<'_>,
    after: MemberId,
) -> Result<(BTreeMap<MemberId, [(u64, Money); 2]>, Option<MemberId>), DbErr> {
    let members = store::member::ids_after(aid.tx, after, aid.at_once(100)).await?;
    let mut noted = store::commitment::counted(aid.tx, &members, Which::Noted(aid.month())).await?;
    noted.retain(|_, sides| sides.iter().all(|(count, _)| *count > 0));
    Ok((noted, members.last().copied()))
}

/// A trial: what would be set off, if it were now; of what members were told of, where they were.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    pub id: ClearingId,
    pub at: DateTime<Utc>,
    /// None: it is being computed.
    pub totals: Option<Totals>,
}

/// What is seen of trials.
#[derive(Clone, Debug, PartialEq)]
pub struct Trials {
    /// The last one, if there was one.
    pub last: Option<Trial>,
    /// How many members allow clearing.
    pub consents: u64,
    /// When the clearing is that members have been told of: nothing else than what they were told of is tried out then.
    pub told: Option<DateTime<Utc>>,
}

/// The last trial, and what another one would be of.
pub async fn trial(aid: &Aid<'_>, _: &Admin) -> Result<Trials, DbErr> {
    let consents = store::clearing_consent::count(aid.tx).await?;
    let (next, told) = next(aid).await?;
    let row = store::clearing::newest(aid.tx, Kind::Trial).await?;
    let last = row.map(|row| {
        let totals = (row.stage()? == Stage::Done).then(|| row.totals());
        Ok::<Trial, DbErr>(Trial { id: row.id, at: row.began_at, totals })
    });
    Ok(Trials { last: last.transpose()?, consents, told: told.then_some(next) })
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
