//! What is done when something is due: one step of it.

use chrono::{NaiveDate, TimeDelta};

use super::clearing::{Computed, Prepared, is_undecided};
use super::clearing_notice;
use crate::aid::calendar::{Job, about_month};
use crate::aid::digest::{Digest, Settle, Unclaimed};
use crate::aid::{self, Work, apart, clean_up, clearing, digest, month};
use crate::domain::{AnnouncementId, CaseId, ChainId, ClearingId, CollectionId, CollectionKind, MemberId, Month, Ring};
use crate::notices;
use crate::store;
use crate::store::schedule::Model;
use exodus_engine::conversation::Fault;
use exodus_engine::delivery::Progress;
use exodus_engine::id::Id;

pub(super) async fn step(aid: &Work<'_>, row: &Model, prepared: &Prepared) -> Result<Progress, Fault> {
    let Some(job) = Job::parse(&row.name) else {
        return Err(Fault::Broken(format!("no work is called {}", row.name)));
    };
    let month = || about_month(row).ok_or_else(|| Fault::Broken(format!("{} is no month", row.about)));
    match job {
        Job::Telling => Ok(if notices::tell_next(aid).await? { Progress::To(String::new()) } else { Progress::Done }),
        Job::Announcement => {
            Ok(to(notices::announce_next(aid, AnnouncementId::new(row.about), read(&row.progress)).await?))
        }
        Job::MonthClose => close_month(aid, month()?, &row.progress).await,
        Job::ClearingNotice => clearing_notice::step(aid, month()?, row).await,
        Job::Clearing => clear(aid, row, prepared).await,
        Job::ClearingTrial => {
            if let Some(Computed::Trial(totals)) = prepared.take(row.id) {
                let trial = ClearingId::new(row.about);
                clearing::note_totals(aid, trial, totals).await?;
                clearing::end(aid, trial).await?;
            }
            Ok(Progress::Done)
        }
        Job::SettleReminder => {
            let month = month()?;
            if month != aid.month() {
                return Ok(Progress::Done);
            }
            let (settles, last) = digest::to_settle(aid, read(&row.progress)).await?;
            let name = |settle: &Settle| format!("the reminder of member {}", settle.member);
            apart::each_or_told(aid, &settles, name, |aid, settles| {
                Box::pin(async move { notices::settle_digests(aid, month, settles.to_vec()).await })
            })
            .await?;
            Ok(to(last))
        }
        Job::PromiseReminder => {
            let month = month()?;
            if month != aid.month() {
                return Ok(Progress::Done);
            }
            let (unclaimed, last) = digest::unclaimed(aid, read(&row.progress)).await?;
            remind(aid, CollectionKind::Monthly, month.last_day(), &unclaimed).await?;
            Ok(to(last))
        }
        Job::EmergencyReminder => remind_of_emergency(aid, row).await,
        Job::EmergencyNetwork => {
            aid::widen(aid, CollectionId::new(row.about), Ring::Network, job).await?;
            Ok(Progress::Done)
        }
        Job::EmergencyFar => {
            aid::widen(aid, CollectionId::new(row.about), Ring::Far, job).await?;
            Ok(Progress::Done)
        }
        Job::EmergencyEnd => {
            aid::end_if_over(aid, CollectionId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::Case => {
            let more = aid::pools::go_on(aid, CaseId::new(row.about)).await?;
            Ok(if more { Progress::To(String::new()) } else { Progress::Done })
        }
        Job::CaseShares => Ok(to(aid::pools::tell_next(aid, CaseId::new(row.about), read(&row.progress)).await?)),
        Job::InitiativeReached => {
            aid::initiatives::reach(aid, CollectionId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::InitiativeEnd => {
            aid::initiatives::end_votes(aid, CollectionId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::InitiativePromises => {
            aid::initiatives::end_promises(aid, CollectionId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::InitiativeReminder => {
            notices::remind_voters(aid, CollectionId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::ChainEnd => {
            aid::chains::expire(aid, ChainId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::DailyMessage => {
            notices::daily_message(aid, MemberId::new(row.about)).await?;
            Ok(Progress::Done)
        }
        Job::CleanUp => Ok(clean_up::next(aid, &row.progress).await?.map_or(Progress::Done, Progress::To)),
    }
}

/// First the records, then everybody's digest of what that left to them. What the database refuses is left out: a month
/// that does not end for two members ends for all others.
async fn close_month(aid: &Work<'_>, ended: Month, progress: &str) -> Result<Progress, Fault> {
    // What a clearing has decided comes first, should anything have kept it.
    if clearing::carry_out_next(aid).await? {
        return Ok(Progress::To(progress.to_owned()));
    }
    let words: Vec<&str> = progress.split(' ').collect();
    if let ["told", after] = words[..] {
        let (digests, last) = digest::left_by(aid, ended, read(after)).await?;
        let name = |digest: &Digest| format!("the digest of member {}", digest.member);
        let month = ended.next();
        apart::each_or_told(aid, &digests, name, |aid, digests| {
            Box::pin(async move { notices::month_digests(aid, month, digests.to_vec()).await })
        })
        .await?;
        return Ok(match last {
            Some(last) => Progress::To(format!("told {last}")),
            None => Progress::Done,
        });
    }
    let (after, some_left_out) = match words[..] {
        ["closed", collection, supporter, ref rest @ ..] => ((read(collection), read(supporter)), !rest.is_empty()),
        _ => ((CollectionId::BEFORE_ALL, MemberId::BEFORE_ALL), false),
    };
    Ok(Progress::To(match month::close_next(aid, ended, after).await? {
        Some(month::Part { to: (collection, supporter), left_out }) => {
            let mark = if left_out || some_left_out { " but-some" } else { "" };
            format!("closed {collection} {supporter}{mark}")
        }
        // Whoever began before midnight may have ended behind us. (What was left out would be found again and again.)
        None if !some_left_out && is_open(aid, ended).await? => "closed 0 0".to_owned(),
        None => "told 0".to_owned(),
    }))
}

/// How long to leave those alone who act while a clearing is computed.
const UNTIL_QUIET: TimeDelta = TimeDelta::minutes(5);

/// First the decision, which is one row; then what follows from it, some lines at a time; then everybody's notice.
async fn clear(aid: &Work<'_>, row: &Model, prepared: &Prepared) -> Result<Progress, Fault> {
    if is_undecided(row) {
        let Some(Computed::Run(run)) = prepared.take(row.id) else { return Ok(Progress::Done) };
        if clearing::decide(aid, run).await? {
            return Ok(Progress::To(format!("decided {run}")));
        }
        // Something has changed: it is computed anew, at once the first time, and then when it may be quieter.
        let before: u32 = row.progress.strip_prefix("again ").and_then(|times| times.parse().ok()).unwrap_or(0);
        if before > 0 {
            store::schedule::move_to(aid.tx, row.id, aid.now + UNTIL_QUIET).await?;
        }
        return Ok(Progress::To(format!("again {}", before + 1)));
    }
    let words: Vec<&str> = row.progress.split(' ').collect();
    match words[..] {
        ["told", run, after] => match notices::tell_of_set_off(aid, read(run), read(after)).await? {
            Some(last) => Ok(Progress::To(format!("told {run} {last}"))),
            None => {
                clearing::end(aid, read(run)).await?;
                Ok(Progress::Done)
            }
        },
        ["decided", run] if !clearing::carry_out_next(aid).await? => Ok(Progress::To(format!("told {run} 0"))),
        _ => Ok(Progress::To(row.progress.clone())),
    }
}

/// Whether there is something on which this month, or one before it, is not closed.
async fn is_open(aid: &Work<'_>, month: Month) -> Result<bool, Fault> {
    Ok(store::commitment::oldest_unclosed(aid.tx).await?.is_some_and(|oldest| oldest <= month))
}

/// Not when it comes so late that the emergency is over, or that the next reminder is due already.
async fn remind_of_emergency(aid: &Work<'_>, row: &Model) -> Result<Progress, Fault> {
    if store::schedule::is_overtaken(aid.tx, row, aid.now).await? {
        return Ok(Progress::Done);
    }
    let emergency = store::collection::find(aid.tx, CollectionId::new(row.about)).await?;
    let Some(emergency) = emergency.filter(|one| one.is_open() && !one.is_expired(aid.today())) else {
        return Ok(Progress::Done);
    };
    let Some(ends_on) = emergency.ends_on else { return Ok(Progress::Done) };
    if row.progress.is_empty() {
        notices::date_reminder(aid, &emergency, ends_on).await?;
    }
    let (unclaimed, last) = digest::unclaimed_of(aid, emergency.id, read(&row.progress)).await?;
    remind(aid, emergency.kind, ends_on, &unclaimed).await?;
    Ok(to(last))
}

/// Reminds of each of these promises.
async fn remind(aid: &Work<'_>, kind: CollectionKind, by: NaiveDate, unclaimed: &[Unclaimed]) -> Result<(), Fault> {
    let name = |one: &Unclaimed| format!("the reminder of commitment {}", one.line.commitment);
    apart::each_or_told(aid, unclaimed, name, |aid, unclaimed| {
        Box::pin(async move { notices::promise_reminders(aid, kind, by, unclaimed.to_vec()).await })
    })
    .await
}

fn to(last: Option<MemberId>) -> Progress {
    last.map_or(Progress::Done, |last| Progress::To(last.to_string()))
}

pub(super) fn read<Of>(progress: &str) -> Id<Of> {
    progress.parse().unwrap_or(Id::BEFORE_ALL)
}
