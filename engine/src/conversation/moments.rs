//! Moments for whoever is neither a turn nor a step of the calendar.

use std::hash::Hash;
use std::sync::Arc;

use sea_orm::DatabaseConnection;
use tokio::sync::Notify;

use super::{Chance, Clock, Fault, Moment, Tries, caught};
use crate::store;

/// Opens a [`Moment`] for whoever asks by another way than a chat: an API, a command.
#[derive(Clone)]
pub struct Moments {
    db: DatabaseConnection,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    committed: Arc<Notify>,
}

impl Moments {
    /// Moments on this database, by this clock; `committed` rings when one has left something to be sent.
    pub fn new(
        db: DatabaseConnection,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        committed: Arc<Notify>,
    ) -> Moments {
        Moments { db, clock, chance, committed }
    }

    /// Does this work in one transaction, and does it again when others changed the same records in the same moment. What
    /// the work itself refuses (the inner error) is undone, and handed back.
    ///
    /// # Errors
    /// See [`Fault`]: nothing was changed. A race that was lost at every try is [`Fault::Broken`].
    pub async fn play<T, R>(
        &self,
        who: impl Hash,
        work: impl AsyncFn(Moment<'_>) -> Result<Result<T, R>, Fault>,
    ) -> Result<Result<T, R>, Fault> {
        let mut tries = Tries::of(who);
        loop {
            match caught(self.once(&work)).await {
                Ok(done) => {
                    if done.is_ok() {
                        self.committed.notify_one();
                    }
                    return Ok(done);
                }
                Err(fault) => tries.once_more(fault).await?,
            }
        }
    }

    /// The same to look at something: it wakes nobody. What is written all the same is kept.
    ///
    /// # Errors
    /// As [`Moments::play`].
    pub async fn look<T, R>(
        &self,
        who: impl Hash,
        work: impl AsyncFn(Moment<'_>) -> Result<Result<T, R>, Fault>,
    ) -> Result<Result<T, R>, Fault> {
        let mut tries = Tries::of(who);
        loop {
            match caught(self.once(&work)).await {
                Ok(done) => return Ok(done),
                Err(fault) => tries.once_more(fault).await?,
            }
        }
    }

    async fn once<T, R>(
        &self,
        work: &impl AsyncFn(Moment<'_>) -> Result<Result<T, R>, Fault>,
    ) -> Result<Result<T, R>, Fault> {
        // Nothing was asked yet: whatever it says, it is the database that is not there.
        let tx = store::begin(&self.db).await.map_err(Fault::Away)?;
        // A fault drops the transaction, which rolls it back.
        match work(Moment { tx: &tx, now: self.clock.now(), chance: self.chance.as_ref() }).await? {
            Ok(done) => {
                tx.commit().await?;
                Ok(Ok(done))
            }
            refused => {
                tx.rollback().await?;
                Ok(refused)
            }
        }
    }
}
