//! What is done when something is due: one step of it.

use crate::aid::calendar::{Job, about_month};
use crate::aid::{self, Aid, clean_up, digest, month};
use crate::conversation::Fault;
use crate::domain::{CollectionKind, MemberId, Month, Ring};
use crate::notices;
use crate::store;
use crate::store::schedule::Model;

/// How far a piece of work has come with this step.
pub(super) enum Came {
    /// So far, as the next step will read it.
    To(String),
    /// All is done.
    ToItsEnd,
}

pub(super) async fn step(aid: &Aid<'_>, row: &Model) -> Result<Came, Fault> {
    let Some(job) = Job::parse(&row.name) else {
        return Err(Fault::Broken(format!("no work is called {}", row.name)));
    };
    let month = || about_month(row).ok_or_else(|| Fault::Broken(format!("{} is no month", row.about)));
    match job {
        Job::Telling => Ok(if notices::tell_next(aid).await? { Came::To(String::new()) } else { Came::ToItsEnd }),
        Job::MonthClose => close_month(aid, month()?, &row.progress).await,
        Job::SettleReminder => {
            let month = month()?;
            if month != aid.month() {
                return Ok(Came::ToItsEnd);
            }
            let (settles, last) = digest::to_settle(aid, read(&row.progress)).await?;
            notices::settle_digests(aid, month, settles).await?;
            Ok(to(last))
        }
        Job::PromiseReminder => {
            let month = month()?;
            if month != aid.month() {
                return Ok(Came::ToItsEnd);
            }
            let (unclaimed, last) = digest::unclaimed(aid, read(&row.progress)).await?;
            notices::promise_reminders(aid, CollectionKind::Monthly, month.last_day(), unclaimed).await?;
            Ok(to(last))
        }
        Job::EmergencyReminder => remind_of_emergency(aid, row).await,
        Job::EmergencyNetwork => {
            aid::widen(aid, row.about, Ring::Network).await?;
            Ok(Came::ToItsEnd)
        }
        Job::EmergencyFar => {
            aid::widen(aid, row.about, Ring::Far).await?;
            Ok(Came::ToItsEnd)
        }
        Job::EmergencyEnd => {
            aid::end_if_over(aid, row.about).await?;
            Ok(Came::ToItsEnd)
        }
        Job::DailyMessage => {
            notices::daily_message(aid, row.about).await?;
            Ok(Came::ToItsEnd)
        }
        Job::CleanUp => Ok(clean_up::next(aid, &row.progress).await?.map_or(Came::ToItsEnd, Came::To)),
    }
}

/// First the records, then everybody's digest of what that left to them.
async fn close_month(aid: &Aid<'_>, ended: Month, progress: &str) -> Result<Came, Fault> {
    let mut words = progress.split(' ');
    if words.next() == Some("told") {
        let after = words.next().map_or(0, read);
        let (digests, last) = digest::left_by(aid, ended, after).await?;
        notices::month_digests(aid, ended.next(), digests).await?;
        return Ok(match last {
            Some(last) => Came::To(format!("told {last}")),
            None => Came::ToItsEnd,
        });
    }
    let after = (words.next().map_or(0, read), words.next().map_or(0, read));
    Ok(Came::To(match month::close_next(aid, ended, after).await? {
        Some((collection, supporter)) => format!("closed {collection} {supporter}"),
        // Whoever began before midnight may have ended behind us.
        None if store::commitment::oldest_unclosed(aid.tx).await?.is_some_and(|oldest| oldest <= ended) => {
            "closed 0 0".to_owned()
        }
        None => "told 0".to_owned(),
    }))
}

/// Not when it comes so late that the emergency is over, or that the next reminder is due already.
async fn remind_of_emergency(aid: &Aid<'_>, row: &Model) -> Result<Came, Fault> {
    if store::schedule::is_overtaken(aid.tx, row, aid.now).await? {
        return Ok(Came::ToItsEnd);
    }
    let emergency = store::collection::find(aid.tx, row.about).await?;
    let Some(emergency) = emergency.filter(|one| one.is_open() && !one.is_expired(aid.today())) else {
        return Ok(Came::ToItsEnd);
    };
    let Some(ends_on) = emergency.ends_on else { return Ok(Came::ToItsEnd) };
    let (unclaimed, last) = digest::unclaimed_of(aid, emergency.id, read(&row.progress)).await?;
    notices::promise_reminders(aid, CollectionKind::Emergency, ends_on, unclaimed).await?;
    Ok(to(last))
}

fn to(last: Option<MemberId>) -> Came {
    last.map_or(Came::ToItsEnd, |last| Came::To(last.to_string()))
}

fn read(progress: &str) -> i64 {
    progress.parse().unwrap_or_default()
}
