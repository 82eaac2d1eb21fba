use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt, TryFutureExt};
use sea_orm::{DatabaseConnection, DbBackend, DbErr};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::backoff::backoff;
use super::pace::Pace;
use crate::conversation::{Clock, Letter, Messenger, SendError, render_notice};
use crate::locale::Locales;
use crate::notices;
use crate::store;
use crate::store::outbox::Claimed;

/// How many recipients are written to at the same time.
const AT_ONCE: usize = 16;

/// How long a row is a worker's own. Longer than [`PATIENCE`], so that nobody takes up what is still being sent; and
/// short, because what a worker that died had in hand waits for its end.
const LEASE: TimeDelta = TimeDelta::seconds(20);

/// How long a messenger may take over one letter; then it counts as not sent.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often it is looked for what has become due, when nothing rings.
const EVERY: Duration = Duration::from_secs(1);

/// How long a ring is left alone, so that a burst of turns costs one look and not one each.
const BURST: Duration = Duration::from_millis(20);

/// What a piece of work came to.
enum Came {
    /// These rows are ours now.
    Claimed(Vec<Claimed>),
    /// A row is done with; true: it went out.
    Delivered(bool),
}

/// Sends what waits in the outbox: each notice is put in words at that moment, in the recipient's language.
///
/// Each recipient is told things in the order in which they happened: a later row is not claimed while an earlier one
/// waits. Several recipients are written to at once.
///
/// What becomes of a row that was not sent:
/// - the messenger asks to wait: the row waits so long, and longer when this is not the first time (1 s, 2 s, 4 s ...
///   at most 10 minutes, for as long as it takes), and the whole messenger is left alone until then;
/// - the account can't be reached: it is marked so, the row goes to the member's next account, or fails;
/// - anything else is a bug: the row fails with its reason, and the operator is told once.
pub struct Outbox {
    db: DatabaseConnection,
    locales: Arc<Locales>,
    messengers: Vec<Arc<dyn Messenger>>,
    clock: Arc<dyn Clock>,
    pace: Pace,
    /// The zone of members who have chosen none.
    zone: Tz,
    bell: Arc<Notify>,
}

impl Outbox {
    /// A worker that sends through these messengers.
    pub fn new(
        db: DatabaseConnection,
        locales: Arc<Locales>,
        messengers: Vec<Arc<dyn Messenger>>,
        clock: Arc<dyn Clock>,
    ) -> Outbox {
        Outbox { db, locales, messengers, clock, pace: Pace::default(), zone: Tz::UTC, bell: Arc::default() }
    }

    /// The same worker, in a community that lives in this time zone and not in UTC.
    #[must_use]
    pub fn in_zone(mut self, zone: Tz) -> Outbox {
        self.zone = zone;
        self
    }

    /// The same worker, which looks into the outbox as soon as this rings.
    #[must_use]
    pub fn woken_by(mut self, bell: Arc<Notify>) -> Outbox {
        self.bell = bell;
        self
    }

    /// Sends all that is due now, each recipient's rows in their order, and says how many went out.
    ///
    /// # Errors
    /// The database did not answer. What was claimed by then is taken up again when its lease has run out.
    pub async fn deliver_due(&self) -> Result<usize, DbErr> {
        self.pass(&CancellationToken::new()).await
    }

    /// Sends what is due, for ever: when the bell rings, and every second. After `stop` nothing new is begun, and it
    /// returns when the letters on their way have arrived.
    ///
    /// While the database does not answer it waits, longer each time, and goes on.
    pub async fn run(&self, stop: CancellationToken) {
        let mut troubles = 0;
        // On one machine nobody else can be sending: what is in hand was left by a process that died.
        if self.db.get_database_backend() == DbBackend::Sqlite
            && let Err(error) = store::outbox::end_leases(&self.db).await
        {
            tracing::warn!(%error, "what was being sent when the bot was cut off is sent again a little later");
        }
        while !stop.is_cancelled() {
            match self.pass(&stop).await {
                Ok(_) => troubles = 0,
                Err(error) => {
                    troubles += 1;
                    if troubles == 1 {
                        tracing::error!(%error, "the outbox waits for the database");
                    }
                }
            }
            let rest = if troubles == 0 { EVERY } else { backoff(troubles) };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(rest) => {}
                () = self.bell.notified(), if troubles == 0 => tokio::time::sleep(BURST).await,
            }
        }
    }

    /// Claims and sends, side by side: claiming is work like the rest, because whoever waits for the database while
    /// the others are not polled may wait for a connection that one of them was just given.
    async fn pass(&self, stop: &CancellationToken) -> Result<usize, DbErr> {
        let mut work = FuturesUnordered::new();
        let (mut sending, mut sent) = (0, 0);
        let (mut more, mut claiming) = (true, false);
        let mut trouble = None;
        loop {
            let room = AT_ONCE - sending;
            let may_claim = more && !claiming && room >= AT_ONCE / 2 && trouble.is_none();
            if may_claim && !stop.is_cancelled() && !self.all_paused() {
                (more, claiming) = (false, true);
                work.push(self.claim(room).boxed());
            }
            match work.next().await {
                None => break,
                Some(Ok(Came::Claimed(rows))) => {
                    claiming = false;
                    sending += rows.len();
                    work.extend(rows.into_iter().map(|row| self.deliver(row).map_ok(Came::Delivered).boxed()));
                }
                Some(Ok(Came::Delivered(went_out))) => {
                    sending -= 1;
                    sent += usize::from(went_out);
                    // Whatever became of it, its recipient's next row may go now.
                    more = true;
                }
                // Nothing more is begun, so it does not matter which of them it was.
                Some(Err(error)) => trouble = Some(error),
            }
        }
        trouble.map_or(Ok(sent), Err)
    }

    async fn claim(&self, room: usize) -> Result<Came, DbErr> {
        let now = self.clock.now();
        store::outbox::claim(&self.db, room as u64, now, now + LEASE).await.map(Came::Claimed)
    }

    /// Sends one row, and notes what became of it. True: it went out.
    async fn deliver(&self, row: Claimed) -> Result<bool, DbErr> {
        // Looked at whenever it is about to be sent, so it holds for second attempts and for hours that were just changed.
        let (now, allowed) = (self.clock.now(), row.allowed_from(self.clock.now(), self.zone));
        if allowed > now {
            store::outbox::put_off(&self.db, row.id, allowed).await?;
            return Ok(false);
        }
        let (Some(account), Some(messenger), Some(address)) = (row.account_id, &row.messenger, &row.address) else {
            return self.fail(&row, "unreachable").await;
        };
        let Some(messenger) = self.messengers.iter().find(|known| known.name() == messenger) else {
            // Configured away, for now or in this process only.
            tracing::warn!(outbox = row.id, messenger, "a notice waits for a messenger that is not configured");
            return self.wait(&row, Duration::ZERO).await;
        };
        if let Some(until) = self.pace.paused_until(messenger.name(), self.clock.now()) {
            store::outbox::put_off(&self.db, row.id, until).await?;
            return Ok(false);
        }
        let Some(page) = notices::page(&row.kind, &row.facts, row.about) else {
            tracing::error!(outbox = row.id, kind = row.kind, "a notice can't be read and was not sent");
            return self.fail(&row, "this release can't read it").await;
        };
        let words = render_notice(&self.locales, &row.lang, messenger.caps(), &page, row.id);
        let id = format!("n{}", row.id);
        let letter = Letter { to: address, page: &words, edit: None, id: &id };
        let shown = tokio::time::timeout(PATIENCE, messenger.show(letter)).await;
        match shown.unwrap_or(Err(SendError::Later(Duration::ZERO))) {
            Ok(_) => self.done(&row, messenger.name(), address).await,
            Err(SendError::Later(pause)) => {
                self.pace.pause(messenger.name(), self.after(pause));
                self.wait(&row, pause).await
            }
            Err(SendError::Gone) => self.gone(&row, account).await,
            Err(SendError::Broken(why)) => {
                tracing::error!(
                    outbox = row.id,
                    kind = row.kind,
                    messenger = messenger.name(),
                    why,
                    "a notice was not sent"
                );
                self.fail(&row, &why).await
            }
        }
    }

    /// The notice now stands below the live page, so the next page is a new message below the notice.
    async fn done(&self, row: &Claimed, messenger: &str, address: &str) -> Result<bool, DbErr> {
        let tx = store::begin(&self.db).await?;
        store::outbox::sent(&tx, row.id, self.clock.now()).await?;
        store::session::set_live(&tx, messenger, address, None).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn wait(&self, row: &Claimed, pause: Duration) -> Result<bool, DbErr> {
        let attempts = u32::try_from(row.attempts).unwrap_or(1);
        store::outbox::later(&self.db, row.id, self.after(pause.max(backoff(attempts)))).await?;
        Ok(false)
    }

    async fn gone(&self, row: &Claimed, account: i64) -> Result<bool, DbErr> {
        let now = self.clock.now();
        store::account::mark_unreachable(&self.db, account, now).await?;
        tracing::info!(outbox = row.id, account, "an account can't be reached any more");
        if store::account::reachable_account(&self.db, row.recipient_id).await?.is_some() {
            store::outbox::later(&self.db, row.id, now).await?;
            return Ok(false);
        }
        self.fail(row, "unreachable").await
    }

    async fn fail(&self, row: &Claimed, why: &str) -> Result<bool, DbErr> {
        store::outbox::failed(&self.db, row.id, why, self.clock.now()).await?;
        Ok(false)
    }

    /// So long from now, in whole seconds, as all times in the database are.
    fn after(&self, pause: Duration) -> DateTime<Utc> {
        let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
        self.clock.now() + TimeDelta::seconds(i64::try_from(seconds.clamp(1, 86_400)).unwrap_or(1))
    }

    /// When every messenger wants to be left alone, claiming rows would only move them about.
    fn all_paused(&self) -> bool {
        let now = self.clock.now();
        let mut names = self.messengers.iter().map(|messenger| messenger.name());
        !self.messengers.is_empty() && names.all(|name| self.pace.paused_until(name, now).is_some())
    }
}
