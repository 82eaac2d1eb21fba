//! Which connections are still good for writing.
//!
//! A server that has become a standby, or that its host has made read-only, lets its clients stay connected, and every turn
//! on such a connection fails. So a connection is looked at when it was idle, and one of all those in use every second;
//! when it can't be written through, all that are as old are closed, and others are made: behind the same address there
//! may be another server by now.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::PoolConnectionMetadata;
use sea_orm::sqlx::{self, PgConnection};

use super::hindrance;

/// How often one of the connections in use is looked at, and how long one is idle that is looked at before it is used.
const EVERY: Duration = Duration::from_secs(1);

/// What is known of a server's connections.
#[derive(Clone, Default)]
pub(super) struct Trust(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    looked_at: Option<Instant>,
    /// Connections that were made before are not used any more.
    since: Option<Instant>,
}

/// What is said of a server that can't be written to.
const TAKES_NONE: &str = "the database server takes no changes";

impl Trust {
    /// Whether a connection that was just made can be written through. An error makes the pool try another one.
    pub async fn new_one(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        if takes_changes(connection).await? {
            hindrance::gone();
            return Ok(());
        }
        self.distrust();
        Err(sqlx::Error::Protocol(TAKES_NONE.to_owned()))
    }

    /// Whether a connection that somebody wants to use is good.
    pub async fn used_again(
        &self,
        connection: &mut PgConnection,
        about: PoolConnectionMetadata,
    ) -> Result<bool, sqlx::Error> {
        if self.is_too_old(&about) {
            return Ok(false);
        }
        if about.idle_for < EVERY && !self.is_time() {
            return Ok(true);
        }
        let good = takes_changes(connection).await?;
        if !good {
            self.distrust();
        }
        Ok(good)
    }

    /// Whether a connection that somebody has done with is kept.
    pub fn kept(&self, about: &PoolConnectionMetadata) -> bool {
        !self.is_too_old(about)
    }

    fn is_too_old(&self, about: &PoolConnectionMetadata) -> bool {
        self.known().since.is_some_and(|since| about.age > since.elapsed())
    }

    /// Whether it is time to look at one of those in use. Whoever is told so, looks.
    #[allow(clippy::disallowed_methods, reason = "how old a connection is, is measured by the driver's clock")]
    fn is_time(&self) -> bool {
        let mut known = self.known();
        let is_time = known.looked_at.is_none_or(|looked| looked.elapsed() >= EVERY);
        if is_time {
            known.looked_at = Some(Instant::now());
        }
        is_time
    }

    #[allow(clippy::disallowed_methods, reason = "how old a connection is, is measured by the driver's clock")]
    fn distrust(&self) {
        self.known().since = Some(Instant::now());
        hindrance::met(format!("{TAKES_NONE} (a standby, or read-only); one that does is waited for"));
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// It is said by a standby too, and by whoever else speaks as PostgreSQL does.
async fn takes_changes(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    use sqlx::Row;
    let read_only = sqlx::raw_sql("SHOW transaction_read_only").fetch_one(connection).await?;
    Ok(read_only.try_get::<String, _>(0)? != "on")
}
