//! What the bot of mutual aid does when its time comes, for the engine's scheduler.

mod jobs;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::aid::calendar::{self, Job};
use crate::aid::{self, Aid, Happened, Rules};
use crate::notices;
use crate::store::schedule::{Due, Model};
use exodus_engine::conversation::{Fault, Moment};
use exodus_engine::delivery::{Calendar, Came};

/// The calendar of a community with these rules.
pub struct Months {
    rules: Rules,
}

impl Months {
    pub fn new(rules: Rules) -> Months {
        Months { rules }
    }
}

#[async_trait]
impl Calendar for Months {
    fn jobs(&self) -> &'static [&'static str] {
        &Job::NAMES
    }

    async fn ensure(&self, at: &Moment<'_>) -> Result<(), Fault> {
        let happened = Happened::default();
        Ok(calendar::ensure(&Aid::at(*at, &self.rules, &happened)).await?)
    }

    async fn step(&self, at: &Moment<'_>, work: &Model) -> Result<Came, Fault> {
        let happened = Happened::default();
        let aid = Aid::at(*at, &self.rules, &happened);
        let came = jobs::step(&aid, work).await?;
        let events = happened.take();
        if !events.is_empty() {
            // Nobody did it: the calendar.
            aid::note(&aid, None, &events).await?;
            notices::tell(&aid, &events).await?;
        }
        Ok(came)
    }

    async fn then(&self, at: &Moment<'_>, done: &Model) -> Result<(), Fault> {
        let happened = Happened::default();
        Ok(calendar::plan_next(&Aid::at(*at, &self.rules, &happened), done).await?)
    }

    fn is_unseen(&self, job: &str) -> bool {
        job == Job::CleanUp.name()
    }

    fn held_back_by(&self, due: &Due) -> Vec<(&'static str, DateTime<Utc>)> {
        if due.name != Job::MonthClose.name() {
            return Vec::new();
        }
        let waits = Job::ALL.into_iter().filter(|job| job.waits_for_close());
        waits.map(|job| (job.name(), due.due_at)).collect()
    }
}
