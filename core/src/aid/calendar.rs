//! What the calendar has to do, and when: noted in the same transaction as what it follows from.

mod of_initiatives;

pub(super) use of_initiatives::{forget_initiative, plan_initiative, plan_promises};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use super::{Aid, Work};
use crate::domain::calendar::{
    EmergencyDates, clearing_notice, emergency_dates, next_clean_up, promise_reminder, settle_reminder,
};
use crate::domain::{AnnouncementId, ChainId, ClearingId, Collection, CollectionId, Month, Ring};
use crate::store;
use crate::store::schedule::New;

/// The kinds of work of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Very many are told of one event, in steps. About: the first of its parts.
    Telling,
    /// What administrators tell everybody is put into the outbox, in steps. About: the announcement.
    Announcement,
    /// A month has ended. About: its number.
    MonthClose,
    /// The last day of an emergency is over. About: the collection, as in all that follow of an emergency.
    EmergencyEnd,
    /// A third of an emergency's time is over: its network hears of it.
    EmergencyNetwork,
    /// Two thirds are: the far circle does.
    EmergencyFar,
    /// An emergency's date comes near: whoever promised is reminded.
    EmergencyReminder,
    /// The 20th: members are told that their promises may be set off; a day later it is looked who was. About: the month's number.
    ClearingNotice,
    /// Five days later: they are. About: the month's number.
    Clearing,
    /// The 25th: what to settle before the month's end. About: the month's number.
    SettleReminder,
    /// Three days before the month's end: whoever promised is reminded. About: the month's number.
    PromiseReminder,
    /// A case of a pool goes on: those are asked once more who have not answered, they leave, it settles. About: the case.
    Case,
    /// The time of an offer to pass something on is over. About: the offer.
    ChainEnd,
    /// Those are told, in steps, whose share of a case has changed. About: the case.
    CaseShares,
    /// What waits for a member's daily message is sent. About: the member.
    DailyMessage,
    /// What would be set off now is computed, for those who administer. About: the trial.
    ClearingTrial,
    /// An initiative has had all the votes that it needs for a moment. About: the collection, as in all that follow of an
    /// initiative.
    InitiativeReached,
    /// The last day of an initiative is over.
    InitiativeEnd,
    /// The days in which its voters can promise come to their end: whoever has not is reminded.
    InitiativeReminder,
    /// They are over.
    InitiativePromises,
    /// What has no further use is thrown away.
    CleanUp,
}

impl Job {
    /// All of them, in the order in which they are done when several are due at the same moment. What has
    /// happened is told before more happens. The month is closed
    /// before the emergencies end that end with it: what was promised to them has time until the next month's end.
    pub const ALL: [Job; 21] = [
        Job::Telling,
        Job::Announcement,
        Job::MonthClose,
        Job::EmergencyEnd,
        Job::EmergencyNetwork,
        Job::EmergencyFar,
        Job::EmergencyReminder,
        Job::ClearingNotice,
        Job::Clearing,
        Job::SettleReminder,
        Job::PromiseReminder,
        Job::Case,
        Job::CaseShares,
        Job::ChainEnd,
        Job::InitiativeReached,
        Job::InitiativeEnd,
        Job::InitiativeReminder,
        Job::InitiativePromises,
        Job::DailyMessage,
        Job::ClearingTrial,
        Job::CleanUp,
    ];

    /// The names of all of them, in their order.
    pub const NAMES: [&'static str; 21] = {
        let (mut names, mut at) = ([""; 21], 0);
        while at < names.len() {
            names[at] = Job::ALL[at].name();
            at += 1;
        }
        names
    };

    /// What follows from an open emergency.
    const OF_EMERGENCY: [Job; 4] =
        [Job::EmergencyEnd, Job::EmergencyNetwork, Job::EmergencyFar, Job::EmergencyReminder];

    /// Whether it has to wait for the close of a month that is due at the same time or before, though that breaks each time.
    ///
    /// An emergency that ended first would leave its obligations behind: the close would make them overdue, a month before
    /// their time. A later month that was closed first would end what the earlier one should have. And whoever is told what
    /// to settle would be told of what that close has ended. What else the calendar does neither changes what a close
    /// looks at nor depends on it. (The other way round a close waits for nothing: an emergency whose end breaks is one
    /// person's trouble, a month that does not end everybody's.)
    pub fn waits_for_close(self) -> bool {
        match self {
            Job::MonthClose
            | Job::EmergencyEnd
            | Job::ClearingNotice
            | Job::Clearing
            | Job::SettleReminder
            | Job::PromiseReminder => true,
            Job::Telling
            | Job::Announcement
            | Job::EmergencyNetwork
            | Job::EmergencyFar
            | Job::EmergencyReminder
            | Job::Case
            | Job::CaseShares
            | Job::ChainEnd
            | Job::InitiativeReached
            | Job::InitiativeEnd
            | Job::InitiativeReminder
            | Job::InitiativePromises
            | Job::DailyMessage
            | Job::ClearingTrial
            | Job::CleanUp => false,
        }
    }

    /// The short name that is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Job::Telling => "telling",
            Job::Announcement => "announcement",
            Job::MonthClose => "month-close",
            Job::EmergencyEnd => "emergency-end",
            Job::EmergencyNetwork => "emergency-network",
            Job::EmergencyFar => "emergency-far",
            Job::EmergencyReminder => "emergency-reminder",
            Job::ClearingNotice => "clearing-notice",
            Job::Clearing => "clearing",
            Job::ClearingTrial => "clearing-trial",
            Job::SettleReminder => "settle-reminder",
            Job::PromiseReminder => "promise-reminder",
            Job::Case => "case",
            Job::CaseShares => "case-shares",
            Job::ChainEnd => "chain-end",
            Job::InitiativeReached => "initiative-reached",
            Job::InitiativeEnd => "initiative-end",
            Job::InitiativeReminder => "initiative-reminder",
            Job::InitiativePromises => "initiative-promises",
            Job::DailyMessage => "daily-message",
            Job::CleanUp => "clean-up",
        }
    }

    /// The work of a stored name.
    pub fn parse(name: &str) -> Option<Job> {
        Job::ALL.into_iter().find(|job| job.name() == name)
    }
}

/// Notes what is to be done every month and every day, and for each open emergency: at every start, because the database
/// may be older than the calendar, and the community may have moved to another time zone; and when the clock was set back,
/// because what was noted by a clock that was ahead comes too late. What is noted already stays.
pub async fn ensure(aid: &Work<'_>) -> Result<(), DbErr> {
    // What comes daily is never noted for so late.
    let daily = [Job::DailyMessage, Job::CleanUp].map(Job::name);
    store::schedule::cancel_after(aid.tx, &daily, aid.now + TimeDelta::days(2)).await?;
    let planned = store::schedule::planned(aid.tx, &Job::NAMES).await?;
    let missing = |job: Job| !planned.iter().any(|row| row.name == job.name());
    // A month that was closed before the clock went back is not closed again: what happens now ends with the next one. Where
    // that is still far, the clock had been wrong by months.
    let is_far = |job: Job, month: Month| {
        let mut months = planned.iter().filter(|row| row.name == job.name()).filter_map(about_month);
        months.all(|planned| planned > month.next())
    };
    let mut new = Vec::new();
    if missing(Job::MonthClose) {
        // Months that nobody has closed come first.
        let behind = store::commitment::oldest_unclosed(aid.tx).await?;
        new.push(of_month(aid, Job::MonthClose, behind.unwrap_or(aid.month()).min(aid.month())));
    } else if is_far(Job::MonthClose, aid.month()) {
        new.push(of_month(aid, Job::MonthClose, aid.month()));
    }
    for job in [Job::ClearingNotice, Job::SettleReminder, Job::PromiseReminder] {
        let this = of_month(aid, job, aid.month());
        let next = if this.due_at > aid.now { aid.month() } else { aid.month().next() };
        if is_far(job, next) {
            new.push(of_month(aid, job, next));
        }
    }
    if missing(Job::CleanUp) {
        new.push(clean_up(aid, aid.now));
    }
    // What has happened is told, whatever the clock showed when it did.
    let is_told = |name: &str| [Job::Telling, Job::Announcement].iter().any(|job| job.name() == name);
    for row in planned.iter().filter(|row| is_told(&row.name) && row.due_at > aid.now) {
        store::schedule::move_to(aid.tx, row.id, aid.now).await?;
    }
    for row in &planned {
        if let Some(moved) = moved(aid, row) {
            store::schedule::move_to(aid.tx, row.id, moved).await?;
        }
    }
    for emergency in store::collection::open_emergencies(aid.tx).await? {
        let ends =
            planned.iter().find(|row| row.name == Job::EmergencyEnd.name() && row.about == emergency.id.number());
        if ends.map(|row| row.due_at) != dates(aid, &emergency).map(|dates| dates.ends_at) {
            plan_emergency(aid, &emergency).await?;
        }
    }
    of_initiatives::plan_all(aid, &planned).await?;
    plan_cases(aid, &planned).await?;
    store::schedule::plan_in_time(aid.tx, new, aid.now).await
}

/// Notes when the cases of pools are to be looked at that run, as far as it is not noted.
async fn plan_cases(aid: &Work<'_>, planned: &[store::schedule::Model]) -> Result<(), DbErr> {
    let name = Job::Case.name();
    let is_planned = |about: i64| planned.iter().any(|row| row.name == name && row.about == about);
    let running = store::pool::case::all_running(aid.tx).await?.into_iter();
    let rows = running.filter(|case| !is_planned(case.id.number())).map(|case| {
        let due_at = if case.phase.is_open() { case.until.max(aid.now) } else { aid.now };
        New { name, about: case.id.number(), due_at }
    });
    store::schedule::plan(aid.tx, rows.collect::<Vec<_>>(), aid.now).await
}

/// What comes after this, when it comes again and again. Of what was missed while nobody was at work, or while the clock
/// was years behind, each comes once, and not once for every night and month that has passed.
pub async fn plan_next(aid: &Work<'_>, done: &store::schedule::Model) -> Result<(), DbErr> {
    let next = match (Job::parse(&done.name), about_month(done)) {
        (Some(job @ Job::MonthClose), Some(month)) => Some(of_month(aid, job, next_to_close(aid, month.next()).await?)),
        // Of a month that is over, nobody is reminded.
        (Some(job @ (Job::ClearingNotice | Job::SettleReminder | Job::PromiseReminder)), Some(month)) => {
            Some(of_month(aid, job, month.next().max(aid.month())))
        }
        (Some(Job::CleanUp), _) => Some(clean_up(aid, aid.now.max(done.due_at))),
        _ => None,
    };
    store::schedule::plan_in_time(aid.tx, next, aid.now).await
}

/// The first month from `next` on whose close changes or tells anything. Those before it are passed over in one step: to
/// close them one by one would come to the same.
async fn next_to_close(aid: &Aid<'_>, next: Month) -> Result<Month, DbErr> {
    if next >= aid.month() {
        return Ok(next);
    }
    let first = store::commitment::first_to_close(aid.tx, next, aid.month().previous()).await?;
    Ok(first.unwrap_or(aid.month()).clamp(next, aid.month()))
}

/// Notes what is to be done for an open emergency, and forgets what was noted for it when its date was another.
pub(super) async fn plan_emergency(aid: &Aid<'_>, emergency: &Collection) -> Result<(), DbErr> {
    forget(aid, emergency.id).await?;
    let Some(dates) = dates(aid, emergency) else { return Ok(()) };
    let row = |job: Job, due_at| New { name: job.name(), about: emergency.id.number(), due_at };
    let mut rows = vec![row(Job::EmergencyEnd, dates.ends_at)];
    // Nobody is reminded of a date of which a reminder has come too late.
    rows.extend(dates.reminders.into_iter().filter(|at| *at > aid.now).map(|at| row(Job::EmergencyReminder, at)));
    for (job, ring, at) in
        [(Job::EmergencyNetwork, Ring::Network, dates.rings[0]), (Job::EmergencyFar, Ring::Far, dates.rings[1])]
    {
        if emergency.ring < ring {
            rows.push(row(job, at.max(aid.now)));
        }
    }
    store::schedule::plan(aid.tx, rows, aid.now).await
}

/// Notes one more thing to be done about a collection.
pub(super) async fn plan_about(
    aid: &Aid<'_>,
    job: Job,
    about: CollectionId,
    due_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    store::schedule::plan(aid.tx, [New { name: job.name(), about: about.number(), due_at }], aid.now).await
}

/// Notes that an announcement is to be told, at once.
pub(super) async fn plan_announcement(aid: &Aid<'_>, id: AnnouncementId) -> Result<(), DbErr> {
    let row = New { name: Job::Announcement.name(), about: id.number(), due_at: aid.now };
    store::schedule::plan(aid.tx, [row], aid.now).await
}

/// Notes that a trial of clearing is to be computed, at once.
pub(super) async fn plan_trial(aid: &Aid<'_>, id: ClearingId) -> Result<(), DbErr> {
    let row = New { name: Job::ClearingTrial.name(), about: id.number(), due_at: aid.now };
    store::schedule::plan(aid.tx, [row], aid.now).await
}

/// Notes when the time of an offer to pass something on is over.
pub(super) async fn plan_chain_end(aid: &Aid<'_>, id: ChainId, ends_at: DateTime<Utc>) -> Result<(), DbErr> {
    let row = New { name: Job::ChainEnd.name(), about: id.number(), due_at: ends_at };
    store::schedule::plan(aid.tx, [row], aid.now).await
}

/// Notes when the clearing of a month is, of which members have just been told. Where they were told of another day before, it is
/// not then any more.
pub async fn plan_clearing(aid: &Aid<'_>, month: Month, due_at: DateTime<Utc>) -> Result<(), DbErr> {
    let (name, about) = (Job::Clearing.name(), month.number().into());
    let planned = store::schedule::planned(aid.tx, &[name]).await?;
    match planned.iter().find(|row| row.about == about) {
        Some(row) => store::schedule::move_to(aid.tx, row.id, due_at).await,
        None => store::schedule::plan_in_time(aid.tx, [New { name, about, due_at }], aid.now).await,
    }
}

/// Nothing more is to be done for this emergency: it has ended.
pub(super) async fn forget(aid: &Aid<'_>, emergency: CollectionId) -> Result<(), DbErr> {
    store::schedule::cancel(aid.tx, &Job::OF_EMERGENCY.map(Job::name), emergency.number(), aid.now).await
}

/// The month that a row is about.
pub fn about_month(row: &store::schedule::Model) -> Option<Month> {
    Month::from_number(i32::try_from(row.about).ok()?)
}

fn of_month(aid: &Aid<'_>, job: Job, month: Month) -> New {
    New { name: job.name(), about: month.number().into(), due_at: due_in(aid, job, month) }
}

/// When this work of this month is due where the community lives.
fn due_in(aid: &Aid<'_>, job: Job, month: Month) -> DateTime<Utc> {
    let zone = &aid.rules.zone;
    match job {
        Job::ClearingNotice => clearing_notice(month, zone),
        Job::SettleReminder => settle_reminder(month, zone),
        Job::PromiseReminder => promise_reminder(month, zone),
        _ => month.next().first_instant(zone),
    }
}

/// Where a row of a month belongs if the community has moved to another time zone since.
fn moved(aid: &Aid<'_>, row: &store::schedule::Model) -> Option<DateTime<Utc>> {
    let job = Job::parse(&row.name).filter(|job| {
        matches!(job, Job::MonthClose | Job::ClearingNotice | Job::SettleReminder | Job::PromiseReminder)
    })?;
    // Where members are told already, what is left of that comes a day later.
    if job == Job::ClearingNotice && !row.progress.is_empty() {
        return None;
    }
    let due_at = due_in(aid, job, about_month(row)?);
    (due_at != row.due_at).then_some(due_at)
}

fn clean_up(aid: &Aid<'_>, after: DateTime<Utc>) -> New {
    New { name: Job::CleanUp.name(), about: 0, due_at: next_clean_up(after, &aid.rules.zone) }
}

fn dates(aid: &Aid<'_>, emergency: &Collection) -> Option<EmergencyDates> {
    Some(emergency_dates(emergency.opened_at, emergency.ends_on?, &aid.rules.zone))
}
