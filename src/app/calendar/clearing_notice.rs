//! Members are told that a clearing comes. A day later it is looked whether they really were: nothing is set off of whoever was not.

use chrono::{DateTime, NaiveDate, Utc};

use super::jobs::read;
use crate::aid::{Work, calendar, clearing};
use crate::domain::calendar::{clearing_told_by, clearing_told_on};
use crate::domain::{CommitmentId, MemberId, Month, local_date};
use crate::notices;
use crate::store;
use crate::store::schedule::Model;
use exodus_engine::conversation::Fault;
use exodus_engine::delivery::Progress;

/// On which day members are told, and when the clearing is of which they are.
#[derive(Clone, Copy)]
struct Telling {
    told: NaiveDate,
    run: DateTime<Utc>,
}

impl Telling {
    /// None: on that day it is too late in the month.
    fn on(aid: &Work<'_>, month: Month, told: NaiveDate) -> Option<Telling> {
        clearing_told_on(told, month, &aid.rules.zone).map(|run| Telling { told, run })
    }

    /// The day of the clearing.
    fn day(self, aid: &Work<'_>) -> NaiveDate {
        local_date(self.run, &aid.rules.zone)
    }

    /// Until when whoever is told is told in time.
    fn by(self, aid: &Work<'_>) -> DateTime<Utc> {
        clearing_told_by(self.told, &aid.rules.zone)
    }
}

/// First what would take part now is noted, since nothing else will; then those members are told of whom something of that may be
/// set off; then it is looked who was. Not when it is too late in the month for that.
pub(super) async fn step(aid: &Work<'_>, month: Month, row: &Model) -> Result<Progress, Fault> {
    if month != aid.month() {
        return Ok(Progress::Done);
    }
    let words: Vec<&str> = row.progress.split(' ').collect();
    let telling = |told: &str| Telling::on(aid, month, told.parse().ok()?);
    match words[..] {
        ["told", day, after] => match telling(day) {
            Some(telling) => tell(aid, month, row, telling, read(after)).await,
            None => Ok(Progress::Done),
        },
        ["look", day] => match telling(day) {
            Some(telling) => look(aid, month, telling).await,
            None => Ok(Progress::Done),
        },
        ["left-out", day, after] => match telling(day) {
            Some(telling) => leave_out(aid, telling, read(after)).await,
            None => Ok(Progress::Done),
        },
        _ => note(aid, month, &row.progress).await,
    }
}

async fn note(aid: &Work<'_>, month: Month, progress: &str) -> Result<Progress, Fault> {
    let today = aid.today();
    if Telling::on(aid, month, today).is_none() {
        // It has become so while they were noted: nobody is told of that.
        if !progress.is_empty() {
            clearing::note_none(aid).await?;
        }
        return Ok(Progress::Done);
    }
    let after = progress.strip_prefix("noted ").map_or(CommitmentId::BEFORE_ALL, read);
    Ok(Progress::To(match clearing::note_told(aid, after).await? {
        Some(last) => format!("noted {last}"),
        None => format!("told {today} 0"),
    }))
}

/// After the last of them the clearing is planned, and the look whether they were told.
async fn tell(aid: &Work<'_>, month: Month, row: &Model, telling: Telling, after: MemberId) -> Result<Progress, Fault> {
    let (concerned, last) = clearing::concerned(aid, after).await?;
    notices::clearing_to_come(aid, telling.day(aid), concerned).await?;
    if let Some(last) = last {
        return Ok(Progress::To(format!("told {} {last}", telling.told)));
    }
    calendar::plan_clearing(aid, month, telling.run).await?;
    store::schedule::move_to(aid.tx, row.id, telling.by(aid)).await?;
    Ok(Progress::To(format!("look {}", telling.told)))
}

/// When more were told too late, or not at all, than in time, it was no trouble of theirs: the bot was off. All are told anew, and
/// the clearing is so much later, if the month has room for that. Otherwise the few wait for the next one, and nobody for them.
async fn look(aid: &Work<'_>, month: Month, telling: Telling) -> Result<Progress, Fault> {
    let day = telling.day(aid);
    let reached = clearing::reached(aid, day, telling.by(aid)).await?;
    if reached.untold > reached.told && Telling::on(aid, month, aid.today()).is_some() {
        clearing::tell_anew(aid, day).await?;
        return Ok(Progress::To(String::new()));
    }
    Ok(Progress::To(format!("left-out {} 0", telling.told)))
}

async fn leave_out(aid: &Work<'_>, telling: Telling, after: MemberId) -> Result<Progress, Fault> {
    let day = telling.day(aid);
    if let Some(last) = clearing::leave_out(aid, day, telling.by(aid), after).await? {
        return Ok(Progress::To(format!("left-out {} {last}", telling.told)));
    }
    clearing::tell_no_more(aid, day).await?;
    Ok(Progress::Done)
}
