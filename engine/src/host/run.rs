use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::http::{Door, Watched};
use super::listening::{Around, Listeners, listen};
use super::{Host, Parts, process, told_to_stop};
use crate::conversation::{Bot, Desk, Fault};
use crate::delivery::{Leases, Meters, Peers};

/// How long turns and letters that have begun may take to end after the bot was told to stop.
const DEADLINE: Duration = Duration::from_secs(28);

/// How long the database may take to close after that: what it still does is cut off, as by a kill.
const CLOSING: Duration = Duration::from_secs(2);

/// How long a bot may take to end after it was told to stop.
pub const ENDS_WITHIN: Duration = Duration::from_secs(DEADLINE.as_secs() + CLOSING.as_secs());

impl<B: Bot> Host<B> {
    /// Runs the bot until SIGTERM, Ctrl-C or SIGHUP. No turn is cut in the middle: what has begun is brought to its end
    /// first.
    ///
    /// # Errors
    /// As [`Host::run`].
    pub async fn run_until_told(self) -> anyhow::Result<()> {
        let stop = CancellationToken::new();
        stopped_by(stop.clone(), self.run(stop)).await
    }

    /// Runs the bot until `stop`, and closes the database.
    ///
    /// # Errors
    /// There is no messenger; the address for HTTP can't be listened on; the database went away at the start, or what had
    /// begun did not end in time. A messenger that refuses us, or can't be reached, ends nothing: it is tried again, and the
    /// log and `/ready` say so.
    pub async fn run(self, stop: CancellationToken) -> anyhow::Result<()> {
        let db = self.db.clone();
        let ended = self.work(stop).await;
        match tokio::time::timeout(CLOSING, db.close()).await {
            Ok(closed) => closed?,
            Err(_) => tracing::warn!("the database did not end what it was asked, and was left alone with it"),
        }
        ended
    }

    /// Starts all parts, and waits for their end.
    async fn work(mut self, stop: CancellationToken) -> anyhow::Result<()> {
        anyhow::ensure!(!self.messengers.is_empty(), "there is no messenger to meet people in");
        let Parts { engine, outbox, scheduler, moments } = self.parts();
        let site = self.site.take().map(|make| make(moments, stop.clone()));
        let (meters, listeners) = (Meters::default(), Listeners::default());
        let leases = Leases::new(self.db.clone(), self.clock.clone(), process::holder()?);
        let leases = leases.waiting_with(engine.waits().clone());
        let mut parts = JoinSet::new();
        if let Some(http) = self.http {
            let (db, clock, messengers) = (self.db.clone(), self.clock.clone(), self.messengers.clone());
            let (listeners, waits, meters) = (listeners.clone(), engine.waits().clone(), meters.clone());
            let watched = Watched { db, clock, messengers, listeners, waits, meters, trying: Arc::default() };
            let (door, stop) = (Door::open(http).await?, stop.clone());
            parts.spawn(async move {
                door.answer(watched, site, stop).await;
                Ok(())
            });
        }

        // Whoever talks to us finds everything done that was due while nobody was at work.
        let scheduler = scheduler.counted_by(meters.clone());
        match scheduler.catch_up(&stop).await {
            // People can be spoken with all the same; it is tried again.
            Err(fault @ Fault::Broken(_)) => tracing::error!(%fault, "what was due could not be done"),
            caught_up => caught_up.context("what was due could not be done")?,
        }

        let (peers, saying) = Peers::join(leases.clone(), stop.clone()).await;
        parts.spawn(async move {
            saying.await;
            Ok(())
        });
        let is_alone = self.messengers.len() == 1;
        for messenger in self.messengers {
            let desk = Desk::new(engine.clone(), messenger.clone());
            let around = Around {
                meters: meters.clone(),
                leases: leases.clone(),
                peers: peers.clone(),
                listeners: listeners.clone(),
                stop: stop.clone(),
            };
            let (listening, stop) = (listen(messenger, desk, around), stop.clone());
            parts.spawn(async move {
                listening.await?;
                if !is_alone {
                    stop.cancelled().await;
                }
                Ok(())
            });
        }
        let (outbox, told) = (outbox.counted_by(meters).beside(peers), stop.clone());
        parts.spawn(async move {
            outbox.run(told).await;
            Ok(())
        });
        let told = stop.clone();
        parts.spawn(async move {
            scheduler.run(told).await;
            Ok(())
        });
        all_end(parts, stop).await
    }
}

/// Lets a bot run until the program is told to stop; `stop` is what it listens for.
///
/// # Errors
/// Those of the bot; or it did not end in time.
pub async fn stopped_by(stop: CancellationToken, bot: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let told = told_to_stop()?;
    tokio::pin!(bot);
    tokio::select! {
        ended = &mut bot => return ended,
        signal = told => tracing::info!(signal, "stopping"),
    }
    stop.cancel();
    // Also a start that waits for the database ends now.
    let late = || Err(anyhow::anyhow!("what had begun did not end in time, and was cut off"));
    tokio::time::timeout(ENDS_WITHIN, bot).await.unwrap_or_else(|_| late())
}

/// Waits until every part has ended. The first that ends, unasked or with an error, stops the others too; after the
/// deadline nobody is waited for.
async fn all_end(mut parts: JoinSet<anyhow::Result<()>>, stop: CancellationToken) -> anyhow::Result<()> {
    let first = tokio::select! {
        () = stop.cancelled() => Ok(()),
        ended = parts.join_next() => flat(ended),
    };
    stop.cancel();
    let rest = async {
        let mut outcome = first;
        while let Some(ended) = parts.join_next().await {
            outcome = outcome.and(flat(Some(ended)));
        }
        outcome
    };
    tokio::time::timeout(DEADLINE, rest).await.unwrap_or_else(|_| {
        Err(anyhow::anyhow!("what had begun did not end within {} seconds, and was cut off", DEADLINE.as_secs()))
    })
}

fn flat(ended: Option<Result<anyhow::Result<()>, tokio::task::JoinError>>) -> anyhow::Result<()> {
    match ended {
        None => Ok(()),
        Some(ended) => ended.context("a part of the program broke off")?,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A part that ends when it is told to.
    fn obedient(parts: &mut JoinSet<anyhow::Result<()>>, stop: &CancellationToken) {
        let stop = stop.clone();
        parts.spawn(async move {
            stop.cancelled().await;
            Ok(())
        });
    }

    #[tokio::test]
    async fn a_part_that_fails_stops_the_others_and_is_what_is_told() {
        let (mut parts, stop) = (JoinSet::new(), CancellationToken::new());
        obedient(&mut parts, &stop);
        parts.spawn(async { Err(anyhow::anyhow!("the token is wrong")) });
        let ended = all_end(parts, stop.clone()).await;
        assert_eq!(ended.unwrap_err().to_string(), "the token is wrong");
        assert!(stop.is_cancelled());
    }

    #[tokio::test]
    async fn all_parts_are_waited_for_after_the_stop() {
        let (mut parts, stop) = (JoinSet::new(), CancellationToken::new());
        let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (told, noted) = (stop.clone(), done.clone());
        parts.spawn(async move {
            told.cancelled().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            noted.store(true, std::sync::atomic::Ordering::SeqCst);
            Ok(())
        });
        obedient(&mut parts, &stop);
        stop.cancel();
        all_end(parts, stop).await.unwrap();
        assert!(done.load(std::sync::atomic::Ordering::SeqCst));
    }
}
