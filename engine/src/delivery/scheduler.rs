use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::backoff::backoff;
use super::calendar::{Aside, Calendar, Progress};
use super::meters::Meters;
use super::unknown::Unknown;
use super::upkeep;
use crate::conversation::{Chance, Clock, Fault, Moment, Tries, Waiting, Waits, caught};
use crate::hours::Zone;
use crate::id::Id;
use crate::store;
use crate::store::schedule::{Due, Model, PassedOver};

/// The longest sleep: so late the calendar may notice that its clock was moved, or that another process has planned
/// something.
const LONGEST_SLEEP: Duration = Duration::from_secs(2);

/// The shortest.
const SHORTEST_SLEEP: Duration = Duration::from_millis(10);

/// How long to leave alone what another process has in hand.
const ELSEWHERE: Duration = Duration::from_millis(200);

/// A clock that goes back by more was set back.
const SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// Does what the calendar has to do: each row of the schedule once, whoever does it, the earlier before the later.
///
/// A row is done in the transaction that does its work; work for many people is cut into steps, each a short transaction
/// that also writes down how far it has come. So a process that dies loses nothing and repeats nothing, another may go on
/// in its place, and no turn waits for long.
pub struct Scheduler {
    db: DatabaseConnection,
    calendar: Arc<dyn Calendar>,
    /// All work that is known here: the bot's, and the engine's own.
    jobs: Vec<&'static str>,
    zone: Zone,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    bell: Arc<Notify>,
    meters: Meters,
    waits: Waits,
    /// What broke, and was told.
    told: Mutex<HashSet<Id<Model>>>,
    unknown: Unknown,
}

/// What became of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fired {
    /// A step was done, perhaps the last one.
    Here,
    /// It was done before, or another process has it in hand.
    Elsewhere,
}

/// What a look at the schedule came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// How many steps were done.
    pub steps: usize,
    /// Another process has the first of what is due in hand.
    pub elsewhere: bool,
    /// Something broke, and is tried again at the next look.
    pub broken: bool,
}

impl Scheduler {
    /// Does what this calendar has to do.
    pub fn new(
        calendar: Arc<dyn Calendar>,
        db: DatabaseConnection,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Scheduler {
        let jobs = calendar.jobs().iter().copied().chain([upkeep::NAME]).collect();
        let (bell, meters, waits, told, unknown) = Default::default();
        Scheduler { db, calendar, jobs, zone: Zone::UTC, clock, chance, bell, meters, waits, told, unknown }
    }

    /// The same, where it is night by the clock of this zone, and not of UTC.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Scheduler {
        Scheduler { zone, ..self }
    }

    /// The same, which rings when there is something new to be sent.
    #[must_use]
    pub fn ringing(mut self, bell: Arc<Notify>) -> Scheduler {
        self.bell = bell;
        self
    }

    /// The same, which counts here.
    #[must_use]
    pub fn counted_by(mut self, meters: Meters) -> Scheduler {
        self.meters = meters;
        self
    }

    /// The same, which says here that it waits for the database.
    #[must_use]
    pub fn waiting_with(mut self, waits: Waits) -> Scheduler {
        self.waits = waits;
        self
    }

    fn at<'a>(&'a self, tx: &'a DatabaseTransaction) -> Moment<'a> {
        Moment { tx, now: self.clock.now(), chance: self.chance.as_ref() }
    }

    /// Notes what is to be done by and by. Once at every start.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn ensure(&self) -> Result<(), Fault> {
        let mut tries = Tries::of("ensure");
        loop {
            match caught(self.note_what_comes()).await {
                Ok(()) => return Ok(()),
                Err(fault) => tries.once_more(fault).await?,
            }
        }
    }

    async fn note_what_comes(&self) -> Result<(), Fault> {
        let tx = store::begin(&self.db).await.map_err(Fault::Away)?;
        let at = self.at(&tx);
        at.plan([upkeep::next(at.now, &self.zone)]).await?;
        self.calendar.ensure(&at).await?;
        Ok(tx.commit().await?)
    }

    /// Does all that is due, in its order, and waits for what other processes have in hand: when it returns, nothing is
    /// overdue but what breaks.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn catch_up(&self, stop: &CancellationToken) -> Result<(), Fault> {
        self.ensure().await?;
        while self.pass(stop).await?.elsewhere && !stop.is_cancelled() {
            tokio::time::sleep(ELSEWHERE).await;
        }
        Ok(())
    }

    /// Does all that is due now and that nobody else has in hand. What breaks, or finds others at the same records at each
    /// try, is told and passed over, together with what must not be done before it.
    ///
    /// # Errors
    /// The database does not answer. What was done by then is done.
    pub async fn pass(&self, stop: &CancellationToken) -> Result<Pass, Fault> {
        let (mut pass, mut over) = (Pass::default(), PassedOver::default());
        while !stop.is_cancelled() {
            let due = store::schedule::first_due(&self.db, &self.jobs, &over, self.clock.now()).await?;
            let Some(due) = due else { break };
            match self.fire(&due).await {
                Ok(Fired::Here) => pass.steps += 1,
                Ok(Fired::Elsewhere) => {
                    pass.elsewhere = true;
                    break;
                }
                Err(fault @ Fault::Away(_)) => return Err(fault),
                Err(fault) => {
                    self.tell_of(&due, &fault);
                    pass.broken = true;
                    over.rows.push(due.id);
                    over.held.extend(self.calendar.held_back_by(&due));
                }
            }
        }
        Ok(pass)
    }

    /// Does what becomes due, for ever. Ends with `stop`, between two steps.
    ///
    /// While the database does not answer, or something breaks, it waits, longer each time, and goes on.
    pub async fn run(&self, stop: CancellationToken) {
        let mut troubles = 0;
        let mut latest = self.clock.now();
        while !stop.is_cancelled() {
            let now = self.clock.now();
            // By a clock that was ahead, things may have been noted for a time that is far away now.
            let looked = if now < latest - SET_BACK { self.ensure().await } else { Ok(()) };
            if looked.is_ok() {
                latest = now;
            }
            let looked = self.look(looked, &stop).await;
            if looked.is_ok() {
                self.waits.end(&Waiting::Calendar);
            }
            let rest = match looked {
                Ok(Pass { broken: true, .. }) => {
                    troubles += 1;
                    backoff(troubles)
                }
                Ok(pass) => {
                    troubles = 0;
                    self.tell_of_unknown_jobs(now).await;
                    if pass.elsewhere { ELSEWHERE } else { self.until_next().await }
                }
                Err(fault) => {
                    troubles += 1;
                    self.meters.database_error("schedule");
                    if let Fault::Away(_) | Fault::Raced = fault {
                        self.waits.begin(Waiting::Calendar, &fault);
                    } else if troubles == 1 {
                        tracing::error!(%fault, "the calendar broke off, and is tried again");
                    }
                    stop.run_until_cancelled(self.waits.rest(backoff(troubles))).await;
                    continue;
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    /// Does what is due, if the look before it went well.
    async fn look(&self, before: Result<(), Fault>, stop: &CancellationToken) -> Result<Pass, Fault> {
        before?;
        self.pass(stop).await
    }

    /// The operator is told once of each row.
    fn tell_of(&self, due: &Due, fault: &Fault) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(due.id) {
            tracing::error!(
                schedule = due.id.number(),
                name = due.name,
                %fault,
                "something that is due broke, and is tried again later"
            );
        }
    }

    /// What another release has planned is left to a process of that release.
    async fn tell_of_unknown_jobs(&self, now: DateTime<Utc>) {
        let Some(before) = self.unknown.due_before(now) else { return };
        let found = store::schedule::of_other_names(&self.db, &self.jobs, before).await;
        for (name, since) in self.unknown.news(found, now) {
            tracing::warn!(name, %since, "work is due that this release does not know, and waits for a process that does");
        }
    }

    /// How long nothing is due, as far as is known.
    async fn until_next(&self) -> Duration {
        match store::schedule::next_due(&self.db, &self.jobs).await {
            Ok(Some(due)) => (due - self.clock.now()).to_std().unwrap_or_default().min(LONGEST_SLEEP),
            _ => LONGEST_SLEEP,
        }
        // What has become due in this moment was perhaps just done by another process.
        .max(SHORTEST_SLEEP)
    }

    async fn fire(&self, due: &Due) -> Result<Fired, Fault> {
        let mut tries = Tries::of(due.id);
        loop {
            match caught(self.prepare_and_step(due)).await {
                Ok(fired) => return Ok(fired),
                Err(fault) => tries.once_more(fault).await?,
            }
        }
    }

    async fn prepare_and_step(&self, due: &Due) -> Result<Fired, Fault> {
        let aside = Aside { db: &self.db, clock: self.clock.as_ref(), chance: self.chance.as_ref() };
        self.calendar.prepare(&aside, due).await?;
        self.step(due.id).await
    }

    /// One step of one row, in one transaction. If a power cut takes it, it was never taken down from the schedule either;
    /// and nothing of it has left the house, because a notice is claimed in a transaction that came after it.
    async fn step(&self, id: Id<Model>) -> Result<Fired, Fault> {
        let tx = store::begin_repeatable(&self.db).await.map_err(Fault::Away)?;
        let Some(row) = store::schedule::take(&tx, id).await? else {
            tx.rollback().await?;
            return Ok(Fired::Elsewhere);
        };
        match self.work(&self.at(&tx), &row).await {
            Ok(late) => {
                tx.commit().await?;
                late.into_iter().for_each(|late| self.meters.fired(&row.name, late));
            }
            Err(fault) => {
                tx.rollback().await?;
                return Err(fault);
            }
        }
        self.bell.notify_one();
        Ok(Fired::Here)
    }

    /// The next step of a row's work. After the last one: how late it was.
    async fn work(&self, at: &Moment<'_>, row: &Model) -> Result<Option<Duration>, Fault> {
        let is_upkeep = row.name == upkeep::NAME;
        let came = if is_upkeep { upkeep::step(at).await? } else { self.calendar.step(at, row).await? };
        match came {
            Progress::To(progress) => {
                store::schedule::go_on(at.tx, row.id, &progress).await?;
                Ok(None)
            }
            Progress::Done => {
                if !store::schedule::done(at.tx, row.id, at.now).await? {
                    return Err(Fault::Raced);
                }
                if is_upkeep {
                    at.plan([upkeep::next(at.now.max(row.due_at), &self.zone)]).await?;
                } else {
                    self.calendar.then(at, row).await?;
                }
                let late = (at.now - row.due_at).num_seconds();
                tracing::info!(name = row.name, about = row.about, late, "the calendar has done what was due");
                Ok(Some(Duration::from_secs(late.unsigned_abs())))
            }
        }
    }
}
