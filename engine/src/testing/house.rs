use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use tokio_util::sync::CancellationToken;

use super::{HandClock, People};
use crate::conversation::{Bot, Chance, Clock, Desk, FromGroup, Inbox, Incoming};
use crate::delivery::{Outbox, Scheduler};
use crate::host::{Host, Parts};
use crate::locale::Locales;
use crate::store;

/// So much time is lived through, day after day; what lies beyond is passed over at once. Nobody does anything meanwhile,
/// so that by then only what was left undone is told, month after month.
const LIVED_THROUGH: TimeDelta = TimeDelta::days(366);

/// What lasts when the bot is stopped and started again.
#[derive(Clone)]
pub struct Stage {
    /// Where all is kept.
    pub db: DatabaseConnection,
    /// The words.
    pub locales: Arc<Locales>,
    /// What time it is.
    pub clock: Arc<HandClock>,
    /// What would be drawn in real life.
    pub chance: Arc<dyn Chance>,
    /// The messenger in which people are played.
    pub people: Arc<dyn People>,
}

impl Stage {
    /// A bot in this stage. Its people are met at their messenger, and nowhere else.
    pub fn host<B: Bot>(&self, bot: B) -> Host<B> {
        Host::on(Arc::new(bot), self.locales.clone(), self.db.clone())
            .by(self.clock.clone(), self.chance.clone())
            .through(self.people.clone())
    }
}

/// A whole bot, with people who are played at its only messenger. Nothing in it works by itself: it answers when it is
/// spoken to, delivers when it is told to, and does what is due when its clock is moved, so that everything happens in one
/// order.
pub struct House<B: Bot> {
    desk: Desk<B>,
    outbox: Outbox,
    scheduler: Scheduler,
    db: DatabaseConnection,
    clock: Arc<HandClock>,
    seen: Vec<&'static str>,
}

impl<B: Bot> House<B> {
    /// Starts a bot of this stage.
    pub fn open(stage: &Stage, host: &Host<B>) -> House<B> {
        let parts = host.parts();
        let seen = host.jobs().iter().copied().filter(|job| !host.is_unseen(job)).collect();
        let desk = parts.desk(stage.people.clone());
        let Parts { outbox, scheduler, .. } = parts;
        House { desk, outbox, scheduler, db: stage.db.clone(), clock: stage.clock.clone(), seen }
    }

    /// Plays one turn: the answer is shown when this returns.
    ///
    /// # Errors
    /// As [`Inbox::receive`].
    pub async fn hear(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
        self.desk.receive(incoming).await?;
        self.desk.all_shown().await;
        Ok(())
    }

    /// The same of a group.
    ///
    /// # Errors
    /// As [`Inbox::receive`].
    pub async fn hear_in_group(&self, heard: FromGroup) -> Result<(), anyhow::Error> {
        self.desk.receive_from_group(heard).await?;
        self.desk.all_shown().await;
        Ok(())
    }

    /// Tells everybody what is due now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deliver(&self) -> Result<(), DbErr> {
        while self.outbox.deliver_due().await? > 0 {}
        Ok(())
    }

    /// Lets the time pass until then: whatever becomes due on the way is done, and told, when its moment comes. After a
    /// year the rest is passed over, as if the bot had been off; from when on, is returned.
    ///
    /// # Errors
    /// The database does not answer, or something that is due breaks.
    pub async fn live_until(&self, then: DateTime<Utc>) -> anyhow::Result<Option<DateTime<Utc>>> {
        self.scheduler.ensure().await?;
        let began = self.clock.now();
        while let Some(due) = self.next_due().await?.filter(|due| *due <= then) {
            if due - began > LIVED_THROUGH {
                let since = self.clock.now();
                self.clock.move_to(then);
                while self.pass().await? > 0 {
                    self.deliver().await?;
                }
                return Ok(Some(since));
            }
            self.clock.move_to(due);
            let is_to_do = store::schedule::next_due(&self.db, &self.seen).await?.is_some_and(|first| first <= due);
            anyhow::ensure!(self.pass().await? > 0 || !is_to_do, "what is due at {due} can't be done");
            self.deliver().await?;
        }
        self.clock.move_to(then);
        Ok(None)
    }

    /// When something is to be done next, or told that waits for its time.
    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, DbErr> {
        let to_do = store::schedule::next_due(&self.db, &self.seen).await?;
        let to_tell = store::outbox::next_due_after(&self.db, self.clock.now()).await?;
        Ok(to_do.into_iter().chain(to_tell).min())
    }

    /// Does all that is due now. Returns how many steps it took.
    async fn pass(&self) -> anyhow::Result<usize> {
        let pass = self.scheduler.pass(&CancellationToken::new()).await?;
        anyhow::ensure!(!pass.broken, "what is due at {} can't be done", self.clock.now());
        Ok(pass.steps)
    }

    /// Lets the time pass while the bot is off.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sleep_until(&self, then: DateTime<Utc>) -> anyhow::Result<()> {
        self.scheduler.ensure().await?;
        self.clock.move_to(then);
        Ok(())
    }
}
