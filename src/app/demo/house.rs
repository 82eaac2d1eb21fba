use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use tokio_util::sync::CancellationToken;

use super::{HandClock, People};
use crate::aid::Rules;
use crate::aid::calendar::Job;
use crate::conversation::{Chance, Clock, Desk, Engine, Inbox, Incoming, Messenger};
use crate::delivery::{Outbox, Scheduler};
use crate::domain::Money;
use crate::hours::Zone;
use crate::locale::Locales;
use crate::screens::{Exodus, Reading, Settings};
use crate::store;

/// A million, and a hundred, in minor units: as where a community configures nothing.
const MAX_AMOUNT: Money = Money::from_minor(100_000_000);
const GUARANTEE_AMOUNT: Money = Money::from_minor(10_000);

/// So much time is lived through, day after day; what lies beyond is passed over at once. Nobody does anything meanwhile,
/// so that by then only what was left undone is told, month after month.
const LIVED_THROUGH: TimeDelta = TimeDelta::days(366);

/// What lasts when the bot is stopped and started again.
#[derive(Clone)]
pub struct World {
    pub db: DatabaseConnection,
    pub locales: Arc<Locales>,
    pub clock: Arc<HandClock>,
    pub chance: Arc<dyn Chance>,
    pub people: Arc<dyn People>,
}

/// The whole bot as it runs for a community, with people who are played at its only messenger. Nothing in it works
/// by itself: it answers when it is spoken to, delivers when it is told to, and does what is due when its clock is moved,
/// so that everything happens in one order.
pub struct House {
    desk: Desk<Exodus>,
    outbox: Outbox,
    scheduler: Scheduler,
    db: DatabaseConnection,
    clock: Arc<HandClock>,
}

impl House {
    /// Starts the bot.
    pub fn open(world: &World) -> House {
        let messenger: Arc<dyn Messenger> = world.people.clone();
        let rules = Rules { zone: Zone::UTC, max_amount: MAX_AMOUNT, guarantee_amount: GUARANTEE_AMOUNT };
        let exodus = Exodus::new(Settings {
            rules: rules.clone(),
            ways_in: vec![messenger.way_in()].into(),
            chance: world.chance.clone(),
            support_contact: None,
            languages: world.locales.languages().to_vec(),
            reading: Reading::of(&world.locales),
        });
        let World { db, locales, clock, chance, .. } = world.clone();
        let engine = Engine::new(Arc::new(exodus), db, locales, clock, chance);
        House {
            desk: Desk::new(Arc::new(engine), messenger.clone()),
            outbox: Outbox::new(world.db.clone(), world.locales.clone(), vec![messenger], world.clock.clone()),
            scheduler: Scheduler::new(world.db.clone(), rules, world.clock.clone(), world.chance.clone()),
            db: world.db.clone(),
            clock: world.clock.clone(),
        }
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
        // What is thrown away at night can wait for whatever comes next: nobody sees it.
        let seen: Vec<&str> = Job::names().into_iter().filter(|name| *name != Job::CleanUp.name()).collect();
        let began = self.clock.now();
        while let Some(due) = store::schedule::next_due(&self.db, &seen).await?.filter(|due| *due <= then) {
            if due - began > LIVED_THROUGH {
                let since = self.clock.now();
                self.clock.move_to(then);
                while self.pass().await? > 0 {
                    self.deliver().await?;
                }
                return Ok(Some(since));
            }
            self.clock.move_to(due);
            anyhow::ensure!(self.pass().await? > 0, "what is due at {due} can't be done");
            self.deliver().await?;
        }
        self.clock.move_to(then);
        Ok(None)
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
