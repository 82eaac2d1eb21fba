use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{DatabaseConnection, DbBackend, DbErr};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::conversation::{Clock, Waiting, Waits};
use crate::store::{self, Trouble};

/// How long a lease is, how often it is renewed, and how long after the last renewal its holder takes it for lost: a
/// while before another may take it, because nothing ends in an instant.
const LENGTH: TimeDelta = TimeDelta::seconds(20);
const RENEWED_EVERY: Duration = Duration::from_secs(5);
const LOST_AFTER: Duration = Duration::from_secs(15);

/// How often it is tried to take a lease that somebody else has.
const TRIED_EVERY: Duration = Duration::from_secs(1);

/// This process among those that work on the same database.
#[derive(Clone, Debug)]
pub struct Holder {
    /// No other process has the same.
    pub id: String,
    /// Whether the process with that id has certainly ended: then nobody needs to wait for the end of its leases. False
    /// when that can't be known.
    pub is_gone: fn(id: &str) -> bool,
}

/// What only one process may do at a time, for this process.
///
/// SQLite has one process, so there everything is held at once, and nothing is written.
#[derive(Clone)]
pub struct Leases {
    db: DatabaseConnection,
    clock: Arc<dyn Clock>,
    holder: Holder,
    waits: Waits,
    /// What the operator knows: whether this process does what goes by this name, or another one.
    told: Arc<Mutex<HashMap<String, bool>>>,
}

impl Leases {
    /// What this process holds, in this database and by this clock.
    pub fn new(db: DatabaseConnection, clock: Arc<dyn Clock>, holder: Holder) -> Leases {
        Leases { db, clock, holder, waits: Waits::default(), told: Arc::default() }
    }

    /// The same, which say here that they wait for the database.
    #[must_use]
    pub fn waiting_with(mut self, waits: Waits) -> Leases {
        self.waits = waits;
        self
    }

    /// Waits until this process alone has the lease of this name; `None`: `stop` came before. It is renewed until it is
    /// given back, or dropped. While the database does not answer, it is waited for.
    pub async fn hold(&self, name: &str, stop: &CancellationToken) -> Option<Lease> {
        if !self.are_shared() {
            return Some(Lease { lost: CancellationToken::new(), over: CancellationToken::new(), renewal: None });
        }
        let what = Waiting::Lease(name.to_owned());
        loop {
            match self.take(name).await {
                Ok(is_ours) => {
                    self.waits.end(&what);
                    self.tell(name, is_ours);
                    if is_ours {
                        break;
                    }
                }
                Err(error) => self.waits.begin(what.clone(), &error),
            }
            if tokio::time::timeout(TRIED_EVERY, stop.cancelled()).await.is_ok() {
                return None;
            }
        }
        let (lost, over) = (CancellationToken::new(), CancellationToken::new());
        let renewal = self.clone().renew(name.to_owned(), lost.clone(), over.clone());
        Some(Lease { lost, over, renewal: Some(tokio::spawn(renewal)) })
    }

    /// The operator is told who does it when that has changed; not when it was the database that was away meanwhile.
    fn tell(&self, name: &str, is_ours: bool) {
        let known = self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), is_ours);
        match is_ours {
            _ if known == Some(is_ours) => {}
            true => tracing::info!(name, "this process does it now"),
            false => tracing::info!(name, "another process does it; waiting for its end"),
        }
    }

    /// Whether other processes may work on the same database.
    pub(super) fn are_shared(&self) -> bool {
        self.db.get_database_backend() != DbBackend::Sqlite
    }

    pub(super) fn holder(&self) -> &str {
        &self.holder.id
    }

    /// How many leases are held whose names begin so.
    pub(super) async fn held(&self, prefix: &str) -> Result<u64, DbErr> {
        store::lease::held(&self.db, prefix, self.clock.now()).await
    }

    /// Tries to take a lease, or to renew it.
    pub(super) async fn take(&self, name: &str) -> Result<bool, DbErr> {
        let (now, id) = (self.clock.now(), &self.holder.id);
        if store::lease::take(&self.db, name, id, now, now + LENGTH).await? {
            return Ok(true);
        }
        match store::lease::holder(&self.db, name).await? {
            Some(other) if (self.holder.is_gone)(&other) => {
                store::lease::inherit(&self.db, name, &other, id, now + LENGTH).await
            }
            _ => Ok(false),
        }
    }

    pub(super) async fn give_back(&self, name: &str) {
        let Err(error) = store::lease::give_back(&self.db, name, &self.holder.id).await else { return };
        match Trouble::of(&error) {
            Trouble::Away => tracing::debug!(name, %error, "a lease was not given back; it runs out by itself"),
            _ => tracing::info!(name, %error, "a lease was not given back; it runs out by itself"),
        }
    }

    /// Renews the lease until it is `over`, or another process has it, or the database has not answered for too long.
    async fn renew(self, name: String, lost: CancellationToken, over: CancellationToken) {
        let (mut left, what) = (LOST_AFTER, Waiting::Lease(name.clone()));
        loop {
            if tokio::time::timeout(RENEWED_EVERY, over.cancelled()).await.is_ok() {
                self.told.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
                return self.give_back(&name).await;
            }
            left = left.saturating_sub(RENEWED_EVERY);
            let renewal = self.take(&name);
            tokio::pin!(renewal);
            let renewed = tokio::select! {
                renewed = &mut renewal => renewed,
                () = tokio::time::sleep(left) => {
                    self.waits.begin(what.clone(), &"it does not answer, and another process may take over");
                    lost.cancel();
                    // What has been asked of the database is waited for, never dropped.
                    if renewal.await.is_ok() {
                        self.waits.end(&what);
                    }
                    return self.give_back(&name).await;
                }
            };
            match renewed {
                Ok(true) => {
                    self.waits.end(&what);
                    left = LOST_AFTER;
                }
                Ok(false) => {
                    self.waits.end(&what);
                    self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), false);
                    tracing::warn!(name, "another process does it now");
                    return lost.cancel();
                }
                Err(error) => self.waits.begin(what.clone(), &error),
            }
        }
    }
}

/// What only this process does, as long as it is held.
#[derive(Debug)]
pub struct Lease {
    lost: CancellationToken,
    over: CancellationToken,
    renewal: Option<JoinHandle<()>>,
}

impl Lease {
    /// Whether it is still this process alone.
    pub fn is_held(&self) -> bool {
        !self.lost.is_cancelled()
    }

    /// Waits until it is not, which may be never. Whatever is done under the lease has to end then, within five seconds.
    pub async fn lost(&self) {
        self.lost.cancelled().await;
    }

    /// Another process may do it now.
    pub async fn give_back(mut self) {
        self.over.cancel();
        if let Some(renewal) = self.renewal.take() {
            let _ = renewal.await;
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.over.cancel();
    }
}
