use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DatabaseTransaction};

use crate::conversation::{Chance, Clock, Fault, Moment};
use crate::store;
use crate::store::schedule::{Due, Model};

/// How far a piece of work has come with this step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So far, as the next step will read it ([`Model::progress`]).
    To(String),
    /// All is done.
    Done,
}

/// What [`Calendar::prepare`] works with, beside the step that it prepares.
pub struct Aside<'a> {
    pub(super) db: &'a DatabaseConnection,
    pub(super) clock: &'a dyn Clock,
    pub(super) chance: &'a dyn Chance,
}

impl Aside<'_> {
    /// Begins a transaction of its own: a short one, because others wait for it.
    ///
    /// # Errors
    /// The database is not there.
    pub async fn begin(&self) -> Result<DatabaseTransaction, Fault> {
        store::begin(self.db).await.map_err(Fault::Away)
    }

    /// The frame of what is done in it.
    pub fn moment<'t>(&'t self, tx: &'t DatabaseTransaction) -> Moment<'t> {
        Moment { tx, now: self.clock.now(), chance: self.chance }
    }
}

/// What a bot has to do by itself when its time comes: what there is, and one step of it. The [`Scheduler`] does the rest:
/// it looks what is due, does it once and in order, cuts it into short transactions and tries again what breaks.
///
/// What is to be done once is planned where it follows from what happens ([`Moment::plan`]); what comes again and again by
/// [`Calendar::ensure`] and [`Calendar::then`].
///
/// [`Scheduler`]: super::Scheduler
#[async_trait]
pub trait Calendar: Send + Sync + 'static {
    /// The names of all work that this release can do, in the order in which it is done when several are due at the same
    /// moment. All others are left to a process that can.
    fn jobs(&self) -> &'static [&'static str];

    /// Plans what comes again and again, as far as it is not planned: at every start, and when the clock was set back.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn ensure(&self, at: &Moment<'_>) -> Result<(), Fault> {
        let _ = at;
        Ok(())
    }

    /// What has to come before the next step of this work and takes too long for its transaction: it computes, and has its own
    /// short transactions. What it finds is kept in memory until that step; another process, or this one after a restart,
    /// begins anew. Asked before each step, also of one that is tried again.
    ///
    /// # Errors
    /// See [`Fault`]: as of a step.
    async fn prepare(&self, aside: &Aside<'_>, due: &Due) -> Result<(), Fault> {
        let _ = (aside, due);
        Ok(())
    }

    /// Does the next step of this work, in the transaction of `at`. What it tells is sent when that is committed.
    ///
    /// # Errors
    /// See [`Fault`]. Of a step that breaks nothing is kept; it is told, passed over, and tried again.
    async fn step(&self, at: &Moment<'_>, work: &Model) -> Result<Progress, Fault>;

    /// Plans what follows from work that has come to its end, in the same transaction.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn then(&self, at: &Moment<'_>, done: &Model) -> Result<(), Fault> {
        let _ = (at, done);
        Ok(())
    }

    /// Nobody sees what this work does: a demo, whose clock leaps, lets it wait for whatever comes next.
    fn is_unseen(&self, job: &str) -> bool {
        let _ = job;
        false
    }

    /// What must not be done as long as this breaks: of each name, what is due from that time on.
    fn held_back_by(&self, due: &Due) -> Vec<(&'static str, DateTime<Utc>)> {
        let _ = due;
        Vec::new()
    }
}

/// Nothing is ever due.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

#[async_trait]
impl Calendar for Nothing {
    fn jobs(&self) -> &'static [&'static str] {
        &[]
    }

    async fn step(&self, _: &Moment<'_>, work: &Model) -> Result<Progress, Fault> {
        Err(Fault::Broken(format!("no work is called {}", work.name)))
    }
}
