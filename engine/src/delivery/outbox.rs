use std::sync::Arc;
use std::time::Duration;

use futures::future::{join_all, try_join_all};
use sea_orm::{DatabaseConnection, DbBackend, DbErr};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::line::Line;
use super::meters::Meters;
use super::peers::Peers;
use super::post::Office;
use super::unknown::Unknown;
use crate::conversation::{Bot, Chance, Clock, Messenger, Waits};
use crate::hours::Zone;
use crate::locale::Locales;
use crate::store::{self, Trouble};

/// How often it is looked for what has waited too long, or waits for no reason.
const TIDIED_EVERY: Duration = Duration::from_secs(60);

/// How long a ring is left alone, so that a burst of turns costs one look and not one each.
const BURST: Duration = Duration::from_millis(20);

/// Sends what waits in the outbox: each notice is put in words at that moment, in the recipient's language.
///
/// Each messenger has a line of its own, which keeps to the messenger's pace ([`Messenger::pace`]); where several
/// processes work on one database they share it. Each recipient is told things in the order in which they happened. What
/// goes to all is sent when nothing else waits, or after many of the others, and leaves a part of the pace free.
///
/// What becomes of a row that was not sent:
/// - the messenger wants to be left alone: nothing is sent through it until then, by no process;
/// - it did not work: the row waits, longer each time (1 s, 2 s, 4 s ... at most 10 minutes, and up to half of it more), and
///   after three in a row the messenger is left alone for a while;
/// - it is refused for a reason that nobody foresaw: it is tried again like that for three hours, then once as plain text;
/// - the account can't be reached: it is marked so, and the row goes to the person's next account, or waits until they
///   are back;
/// - anything else is a bug: the row fails with its reason, and the operator is told once.
///
/// What has waited for three days is given up: it is no news any more.
pub struct Outbox {
    office: Office,
    messengers: Vec<Arc<dyn Messenger>>,
    peers: Peers,
    bell: Arc<Notify>,
    unknown: Unknown,
}

impl Outbox {
    /// A worker that sends what this bot tells through these messengers.
    pub fn new(
        bot: Arc<impl Bot>,
        db: DatabaseConnection,
        locales: Arc<Locales>,
        messengers: Vec<Arc<dyn Messenger>>,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Outbox {
        let (zone, meters, waits) = (Zone::UTC, Meters::default(), Waits::default());
        let office = Office { db, teller: bot, chance, locales, clock, zone, meters, waits };
        Outbox { office, messengers, peers: Peers::default(), bell: Arc::default(), unknown: Unknown::default() }
    }

    /// The same worker, for people who live in this time zone and not in UTC.
    #[must_use]
    pub fn in_zone(mut self, zone: Zone) -> Outbox {
        self.office.zone = zone;
        self
    }

    /// The same worker, which looks into the outbox as soon as this rings.
    #[must_use]
    pub fn woken_by(mut self, bell: Arc<Notify>) -> Outbox {
        self.bell = bell;
        self
    }

    /// The same worker, which counts here.
    #[must_use]
    pub fn counted_by(mut self, meters: Meters) -> Outbox {
        self.office.meters = meters;
        self
    }

    /// The same worker, which says here that it waits for the database.
    #[must_use]
    pub fn waiting_with(mut self, waits: Waits) -> Outbox {
        self.office.waits = waits;
        self
    }

    /// The same worker, which shares each messenger's pace with these.
    #[must_use]
    pub fn beside(mut self, peers: Peers) -> Outbox {
        self.peers = peers;
        self
    }

    /// Sends all that is due now, each recipient's rows in their order, and says how many went out.
    ///
    /// # Errors
    /// The database did not answer. What was claimed by then is taken up again when its lease has run out.
    pub async fn deliver_due(&self) -> Result<usize, DbErr> {
        self.tidy().await?;
        let mut lines = self.lines();
        Ok(try_join_all(lines.iter_mut().map(Line::until_idle)).await?.into_iter().sum())
    }

    /// Sends what is due, for ever: when the bell rings, and every second. After `stop` nothing new is begun, and it
    /// returns when the letters on their way have arrived.
    ///
    /// While the database does not answer it waits, longer each time, and goes on.
    pub async fn run(&self, stop: CancellationToken) {
        // On one machine nobody else can be sending: what is in hand was left by a process that died.
        if self.office.db.get_database_backend() == DbBackend::Sqlite
            && let Err(error) = store::outbox::end_leases(&self.office.db).await
        {
            self.office.meters.database_error("outbox");
            tracing::warn!(%error, "what was being sent when the bot was cut off is sent again a little later");
        }
        let mut lines = self.lines();
        let bells: Vec<Arc<Notify>> = lines.iter().map(Line::bell).collect();
        let sending = join_all(lines.iter_mut().map(|line| line.run(&stop)));
        tokio::join!(sending, self.ring(&bells, &stop), self.keep_tidy(&stop));
    }

    fn lines(&self) -> Vec<Line<'_>> {
        let peers = self.peers.count();
        self.messengers.iter().map(|messenger| Line::new(&self.office, messenger.as_ref(), peers.clone())).collect()
    }

    /// Passes each ring on to every line.
    async fn ring(&self, bells: &[Arc<Notify>], stop: &CancellationToken) {
        while stop.run_until_cancelled(self.bell.notified()).await.is_some() {
            tokio::time::sleep(BURST).await;
            bells.iter().for_each(|bell| bell.notify_one());
        }
    }

    async fn keep_tidy(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.tidy().await {
                self.office.meters.database_error("outbox");
                let what = "what is too old to be sent could not be given up; it is looked at again in a minute";
                match Trouble::of(&error) {
                    Trouble::Away => tracing::debug!(%error, "{what}"),
                    _ => tracing::warn!(%error, "{what}"),
                }
            }
            self.tell_of_unknown_kinds().await;
            let _ = tokio::time::timeout(TIDIED_EVERY, stop.cancelled()).await;
        }
    }

    /// What another release has queued waits for a process of that release.
    async fn tell_of_unknown_kinds(&self) {
        let now = self.office.clock.now();
        let Some(before) = self.unknown.due_before(now) else { return };
        let found = store::outbox::of_other_kinds(&self.office.db, &self.office.teller.kinds(), before).await;
        for (kind, since) in self.unknown.news(found, now) {
            tracing::warn!(kind, %since, "notices wait that this release does not know, for a process that does");
        }
    }

    /// Gives up what has waited too long, and finds what waits for no reason.
    async fn tidy(&self) -> Result<(), DbErr> {
        let (db, now) = (&self.office.db, self.office.clock.now());
        store::outbox::set_missing_ways(db).await?;
        let early = store::outbox::bring_forward(db, now).await?;
        if early > 0 {
            tracing::warn!(notices = early, "the clock was set back; what was queued before is sent now");
        }
        for (reason, notices) in store::outbox::expire(db, now).await?.into_iter().filter(|(_, notices)| *notices > 0) {
            self.office.meters.failed(&reason, notices);
            tracing::warn!(notices, reason, "notices have waited too long and were given up");
        }
        Ok(())
    }
}
