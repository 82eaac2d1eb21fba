//! What the bot of mutual aid does when its time comes, for the engine's scheduler.

mod clearing;
mod clearing_notice;
mod jobs;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::aid::calendar::{self, Job};
use crate::aid::{By, Community, Refused, Rules, Work, unit};
use crate::notices::Notices;
use crate::store::schedule::{Due, Model};
use exodus_engine::conversation::{Fault, Moment};
use exodus_engine::delivery::{Aside, Calendar, Progress};

/// The calendar of a community with these rules.
pub struct Months {
    rules: Rules,
    clearing: clearing::Prepared,
}

impl Months {
    pub fn new(rules: Rules) -> Months {
        Months { rules, clearing: clearing::Prepared::default() }
    }

    /// Nobody does it: the calendar.
    async fn run<T>(
        &self,
        at: &Moment<'_>,
        work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>,
    ) -> Result<T, Fault> {
        Ok(unit::run(*at, self.community(), By::Calendar, work).await?)
    }

    fn community(&self) -> Community<'_> {
        Community { rules: &self.rules, tells: &Notices }
    }
}

#[async_trait]
impl Calendar for Months {
    fn jobs(&self) -> &'static [&'static str] {
        &Job::NAMES
    }

    async fn ensure(&self, at: &Moment<'_>) -> Result<(), Fault> {
        self.run(at, async |work| Ok(calendar::ensure(work).await?)).await
    }

    async fn prepare(&self, aside: &Aside<'_>, due: &Due) -> Result<(), Fault> {
        self.clearing.prepare(&clearing::Desk { aside, community: self.community() }, due).await
    }

    async fn step(&self, at: &Moment<'_>, due: &Model) -> Result<Progress, Fault> {
        self.run(at, async |work| Ok(jobs::step(work, due, &self.clearing).await?)).await
    }

    async fn then(&self, at: &Moment<'_>, done: &Model) -> Result<(), Fault> {
        self.run(at, async |work| Ok(calendar::plan_next(work, done).await?)).await
    }

    fn is_unseen(&self, job: &str) -> bool {
        job == Job::CleanUp.name()
    }

    fn held_back_by(&self, due: &Due) -> Vec<(&'static str, DateTime<Utc>)> {
        let waits = |job: &Job| match Job::parse(&due.name) {
            Some(Job::MonthClose) => job.waits_for_close(),
            // Nothing is set off before it is known who was told.
            Some(Job::ClearingNotice) => *job == Job::Clearing,
            _ => false,
        };
        Job::ALL.into_iter().filter(waits).map(|job| (job.name(), due.due_at)).collect()
    }
}
