//! A run, step by step. Each of these functions is a short transaction of its own.

use super::super::{Aid, Work, apart};
use super::seen::to_come;
use crate::domain::clearing::Totals;
use crate::domain::{ClearingId, CommitmentId, Event, MemberId, Month, Owed, SetOff, local_date};
use crate::store;
use crate::store::clearing::Kind;
use crate::store::commitment::Which;
use exodus_engine::conversation::Fault;
use sea_orm::DbErr;

/// How many promises are read, and how many lines carried out, in one transaction: so few that nobody who waits notices.
const READ_AT_ONCE: u64 = 500;
const DONE_AT_ONCE: u64 = 100;

/// Begins a run of this month. What is changed from its commit on disturbs it.
pub async fn begin(aid: &Work<'_>) -> Result<ClearingId, Fault> {
    Ok(store::clearing::begin(aid.tx, Kind::Month, aid.month(), aid.now).await?)
}

/// What a look at the next promises has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// These take part; up to there all were looked at.
    Some(Vec<Owed>, CommitmentId),
    /// There are no more.
    All,
    /// Something has changed since the run began, so that it is worth nothing.
    Disturbed,
}

/// Reads what takes part, behind `after`. Before the first of it, whoever was changing something when the run began has come to
/// an end: what they did is read.
pub async fn read_next(aid: &Work<'_>, clearing: ClearingId, after: CommitmentId) -> Result<Read, Fault> {
    if after == CommitmentId::BEFORE_ALL {
        store::clearing::close_gate(aid.tx).await?;
    }
    let Some(run) = store::clearing::find(aid.tx, clearing).await? else { return Ok(Read::Disturbed) };
    let which = match run.kind == Kind::Month.as_str() {
        true if run.disturbed => return Ok(Read::Disturbed),
        true => Which::Told(aid.month()),
        // Of a trial nothing comes: it may be a moment out of date.
        false => to_come(aid).await?,
    };
    let found = store::commitment::owing(aid.tx, after, which, aid.at_once(READ_AT_ONCE)).await?;
    let Some(last) = found.last else { return Ok(Read::All) };
    let owed = found.owing.into_iter().map(|one| Owed {
        commitment: one.id,
        supporter: one.supporter_id,
        receiver: one.receiver_id,
        sum: crate::domain::Money::from_minor(one.sum),
        since: local_date(one.since, &aid.rules.zone),
    });
    Ok(Read::Some(owed.collect(), last))
}

/// Notes some of the lines of a run.
pub async fn note_lines(aid: &Work<'_>, clearing: ClearingId, lines: &[SetOff]) -> Result<(), Fault> {
    Ok(store::set_off::push_many(aid.tx, clearing, lines).await?)
}

/// Notes what a run comes to.
pub async fn note_totals(aid: &Work<'_>, clearing: ClearingId, totals: Totals) -> Result<(), Fault> {
    Ok(store::clearing::note_totals(aid.tx, clearing, totals).await?)
}

/// Whether this month has its clearing.
pub async fn is_cleared(aid: &Aid<'_>, month: Month) -> Result<bool, DbErr> {
    let newest = store::clearing::newest(aid.tx, Kind::Month).await?;
    Ok(newest.is_some_and(|newest| newest.month >= month.number()))
}

/// From the commit on all lines of the run count, for everybody and for good. False: something has changed since it began, and
/// none does.
pub async fn decide(aid: &Work<'_>, clearing: ClearingId) -> Result<bool, Fault> {
    Ok(store::clearing::decide(aid.tx, clearing, aid.now).await?)
}

/// Carries out the next lines of a decided clearing. False: there are none left.
pub async fn carry_out_next(aid: &Work<'_>) -> Result<bool, Fault> {
    let Some(clearing) = store::clearing::decided(aid.tx).await? else { return Ok(false) };
    let lines = store::set_off::to_do(aid.tx, clearing, aid.at_once(DONE_AT_ONCE)).await?;
    carry_out(aid, clearing, &lines).await?;
    Ok(!lines.is_empty())
}

/// Carries out what a decided clearing sets off of a member's promises and of those to them, if the calendar has not come by
/// yet: nobody sees or does anything to what it has changed.
pub async fn carry_out_for(aid: &Work<'_>, member: MemberId) -> Result<(), Fault> {
    let Some(clearing) = store::clearing::decided(aid.tx).await? else { return Ok(()) };
    let lines = store::set_off::to_do_of(aid.tx, clearing, member).await?;
    if lines.is_empty() {
        return Ok(());
    }
    let all = [lines];
    let done = apart::each(aid, &all, |aid, lines| {
        Box::pin(async move {
            for lines in lines {
                carry_out(aid, clearing, lines).await?;
            }
            Ok(())
        })
    });
    match done.await {
        // What the database refuses keeps nobody from talking. The calendar tells the operator.
        Ok(_) | Err(Fault::Broken(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}

async fn carry_out(aid: &Work<'_>, clearing: ClearingId, lines: &[SetOff]) -> Result<(), Fault> {
    if lines.is_empty() {
        return Ok(());
    }
    for shrunk in store::commitment::set_off(aid.tx, clearing, lines, aid.now).await? {
        let (help, state) = (shrunk.fulfilled.help(), shrunk.fulfilled.state);
        aid.happened(Event::SetOff { help, state, rest: shrunk.rest.map(|rest| rest.help()), clearing });
    }
    Ok(store::set_off::done(aid.tx, clearing, lines, aid.now).await?)
}

/// All is carried out, and all are told.
pub async fn end(aid: &Work<'_>, clearing: ClearingId) -> Result<(), Fault> {
    Ok(store::clearing::done(aid.tx, clearing).await?)
}
