//! A bot put together and run: in as many messengers at once as it is given, on one database, until it is told to stop.
//!
//! ```text
//! Host::open(bot, locales, "sqlite://bot.db").await?
//!     .through(telegram)
//!     .through(terminal)
//!     .calendar(reminders)
//!     .run_until_told().await
//! ```
//!
//! Here, and nowhere below, the real clock is read and signals are listened for.

mod clock;
mod configuration;
mod copying;
mod database;
mod environment;
mod http;
mod listening;
pub mod logs;
mod process;
mod run;
mod signals;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

pub use clock::SystemClock;
pub use configuration::{Configuration, Database, HttpSection, Keys, Line};
pub use copying::copy;
pub use database::Opened;
pub use run::stopped_by;
use signals::told_to_stop;

use crate::conversation::{Bot, Chance, Clock, Desk, Engine, Messenger, Moments, OsChance, Site};
use crate::delivery::{Calendar, Nothing, Outbox, Scheduler};
use crate::hours::Zone;
use crate::locale::Locales;
use crate::store::{self, schema};

/// A bot with all that it needs to run.
pub struct Host<B: Bot> {
    bot: Arc<B>,
    db: DatabaseConnection,
    locales: Arc<Locales>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    messengers: Vec<Arc<dyn Messenger>>,
    calendar: Arc<dyn Calendar>,
    zone: Zone,
    wary: bool,
    http: Option<SocketAddr>,
    site: Option<MakeSite>,
}

/// Makes what a bot answers over HTTP beside its messengers, with a way to its database.
type MakeSite = Box<dyn FnOnce(Moments, CancellationToken) -> Site + Send>;

/// The parts of a bot that do nothing by themselves: for demos and tests, which want everything to happen in one order.
pub struct Parts<B: Bot> {
    /// Plays turns.
    pub engine: Arc<Engine<B>>,
    /// Sends what waits, when it is asked to.
    pub outbox: Outbox,
    /// Does what is due, when it is asked to.
    pub scheduler: Scheduler,
    /// Opens moments for whoever asks by another way than a chat.
    pub moments: Moments,
}

impl<B: Bot> Host<B> {
    /// Opens a database, and brings its tables up to date: the engine's and the bot's ([`Bot::tables`]).
    ///
    /// `database` is a URL: `sqlite://bot.db`, `sqlite::memory:`, `postgres://...`. A file that is not there is made.
    ///
    /// # Errors
    /// It can't be opened, or is that of a newer release.
    pub async fn open(bot: B, locales: Locales, database: &str) -> anyhow::Result<Host<B>> {
        let db = store::connect(database).await.context("the database can't be opened")?;
        schema::migrate(&db, bot.tables()).await.context("the database can't be brought up to date")?;
        Ok(Host::on(Arc::new(bot), Arc::new(locales), db))
    }

    /// The same on a database that is open and up to date.
    pub fn on(bot: Arc<B>, locales: Arc<Locales>, db: DatabaseConnection) -> Host<B> {
        Host {
            bot,
            db,
            locales,
            clock: Arc::new(SystemClock),
            chance: Arc::new(OsChance),
            messengers: Vec::new(),
            calendar: Arc::new(Nothing),
            zone: Zone::UTC,
            wary: false,
            http: None,
            site: None,
        }
    }

    /// The same, which people meet through this messenger too.
    #[must_use]
    pub fn through(mut self, messenger: Arc<dyn Messenger>) -> Host<B> {
        self.messengers.push(messenger);
        self
    }

    /// The same with something to do by itself.
    #[must_use]
    pub fn calendar(self, calendar: impl Calendar) -> Host<B> {
        Host { calendar: Arc::new(calendar), ..self }
    }

    /// The same, where people who have chosen no time zone live in this one, and not in UTC.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Host<B> {
        Host { zone, ..self }
    }

    /// The same, where strangers get so many pages and no more: see [`Engine::wary`].
    #[must_use]
    pub fn wary(self) -> Host<B> {
        Host { wary: true, ..self }
    }

    /// The same, which answers `/health`, `/ready` and `/metrics` at this address.
    #[must_use]
    pub fn answering_at(self, http: Option<SocketAddr>) -> Host<B> {
        Host { http, ..self }
    }

    /// The same, which answers this too at that address: other programs, that ask for something by another way than a chat. Who
    /// listens to it for long is to be let go when the token says that it is over.
    #[must_use]
    pub fn with_site(self, site: impl FnOnce(Moments, CancellationToken) -> Site + Send + 'static) -> Host<B> {
        Host { site: Some(Box::new(site)), ..self }
    }

    /// The same by another clock than the real one, and with another chance.
    #[must_use]
    pub fn by(self, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Host<B> {
        Host { clock, chance, ..self }
    }

    /// The names of what it does by itself.
    pub fn jobs(&self) -> &'static [&'static str] {
        self.calendar.jobs()
    }

    /// See [`Calendar::is_unseen`].
    pub fn is_unseen(&self, job: &str) -> bool {
        self.calendar.is_unseen(job)
    }

    /// Its parts, none of which does anything by itself.
    pub fn parts(&self) -> Parts<B> {
        let (db, locales, clock, chance) =
            (self.db.clone(), self.locales.clone(), self.clock.clone(), self.chance.clone());
        let engine = Engine::new(self.bot.clone(), db.clone(), locales.clone(), clock.clone(), chance.clone());
        let engine = Arc::new(if self.wary { engine.wary() } else { engine });
        let (bell, waits) = (engine.committed(), engine.waits().clone());
        let moments = Moments::new(db.clone(), clock.clone(), chance.clone(), bell.clone());
        let scheduler = Scheduler::new(self.calendar.clone(), db.clone(), clock.clone(), chance.clone());
        let outbox = Outbox::new(self.bot.clone(), db, locales, self.messengers.clone(), clock, chance);
        Parts {
            engine,
            outbox: outbox.in_zone(self.zone.clone()).woken_by(bell.clone()).waiting_with(waits.clone()),
            scheduler: scheduler.in_zone(self.zone.clone()).ringing(bell).waiting_with(waits),
            moments,
        }
    }
}

impl<B: Bot> Parts<B> {
    /// The desk of one messenger.
    pub fn desk(&self, messenger: Arc<dyn Messenger>) -> Desk<B> {
        Desk::new(self.engine.clone(), messenger)
    }
}
