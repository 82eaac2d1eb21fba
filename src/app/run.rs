//! `exodus run`: the bot, with every messenger that is configured.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use sea_orm::DatabaseConnection;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::clock::SystemClock;
use super::config::Config;
use super::http::{Door, Watched};
use super::listening::{Around, Listeners, listen};
use super::signals::told_to_stop;
use super::{database, messengers, process};
use crate::conversation::{Chance, Clock, Desk, Engine, Fault, OsChance};
use crate::delivery::{Leases, Meters, Outbox, Peers, Scheduler};
use crate::screens::{Exodus, Reading, Settings, WaysIn};

/// How long turns and letters that have begun may take to end after the bot was told to stop.
const DEADLINE: Duration = Duration::from_secs(28);

/// How long the database may take to close after that: what it still does is cut off, as by a kill.
const CLOSING: Duration = Duration::from_secs(2);

/// Runs the bot until SIGTERM, Ctrl-C or SIGHUP. No turn is cut in the middle: what has begun is brought to its end first.
///
/// # Errors
/// Something in the configuration can't be done, or the database can't be opened. A messenger that refuses us, or can't be
/// reached, ends nothing: it is tried again, and the log and `/ready` say so.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let told = told_to_stop()?;
    let bot = until(config, stop.clone());
    tokio::pin!(bot);
    tokio::select! {
        ended = &mut bot => return ended,
        signal = told => tracing::info!(signal, "stopping"),
    }
    stop.cancel();
    // Also a start that waits for the database ends now.
    let late = || Err(anyhow::anyhow!("what had begun did not end in time, and was cut off"));
    tokio::time::timeout(DEADLINE + CLOSING, bot).await.unwrap_or_else(|_| late())
}

/// Runs the bot until `stop`.
///
/// # Errors
/// As [`run`].
pub async fn until(config: Config, stop: CancellationToken) -> anyhow::Result<()> {
    until_by(Arc::new(SystemClock), config, stop).await
}

/// Runs the bot until `stop`, by a clock of the caller's: whoever wants to see a month pass needs not wait for it.
///
/// # Errors
/// As [`run`].
pub async fn until_by(clock: Arc<dyn Clock>, config: Config, stop: CancellationToken) -> anyhow::Result<()> {
    let missing = messengers::missing_parts(&config);
    anyhow::ensure!(missing.is_empty(), missing.join("\n"));
    anyhow::ensure!(config.telegram.is_some() || config.matrix.is_some(), messengers::NONE);
    let Some(database) = database::open_for_a_start(&config, &stop).await? else { return Ok(()) };
    let ended = work(&config, &database.db, clock, stop).await;
    match tokio::time::timeout(CLOSING, database.close()).await {
        Ok(closed) => closed?,
        Err(_) => tracing::warn!("the database did not end what it was asked, and was left alone with it"),
    }
    ended
}

/// Starts all parts on an open database, and waits for their end.
async fn work(
    config: &Config,
    db: &DatabaseConnection,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let locales = Arc::new(config.locales()?);
    let messengers = messengers::made(config, db, &clock).await?;
    let chance: Arc<dyn Chance> = Arc::new(OsChance);
    let exodus = Exodus::new(Settings {
        rules: config.rules(),
        ways_in: WaysIn::of(messengers.clone()),
        chance: chance.clone(),
        support_contact: config.support_contact.clone(),
        languages: locales.languages().to_vec(),
        reading: Reading::of(&locales),
    });
    let engine = Engine::new(Arc::new(exodus), db.clone(), locales.clone(), clock.clone(), chance.clone()).wary();
    let engine = Arc::new(engine);
    let (meters, listeners) = (Meters::default(), Listeners::default());
    let leases = Leases::new(db.clone(), clock.clone(), process::holder()?);
    let mut parts = JoinSet::new();
    if let Some(http) = &config.http {
        let (db, clock, messengers) = (db.clone(), clock.clone(), messengers.clone());
        let (listeners, waits, meters) = (listeners.clone(), engine.waits().clone(), meters.clone());
        let watched = Watched { db, clock, messengers, listeners, waits, meters, trying: Arc::default() };
        let (door, stop) = (Door::open(http.listen).await?, stop.clone());
        parts.spawn(async move {
            door.answer(watched, stop).await;
            Ok(())
        });
    }

    // Whoever talks to us finds everything done that was due while nobody was at work.
    let scheduler = Scheduler::new(db.clone(), config.rules(), clock.clone(), chance);
    let scheduler = scheduler.ringing(engine.committed()).counted_by(meters.clone());
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
    let outbox = Outbox::new(db.clone(), locales, messengers.clone(), clock)
        .in_zone(config.time_zone.clone())
        .woken_by(engine.committed())
        .counted_by(meters.clone())
        .beside(peers.clone());
    for messenger in messengers {
        let desk = Desk::new(engine.clone(), messenger.clone());
        let around = Around {
            meters: meters.clone(),
            leases: leases.clone(),
            peers: peers.clone(),
            listeners: listeners.clone(),
            stop: stop.clone(),
        };
        parts.spawn(listen(messenger, desk, around));
    }
    let told = stop.clone();
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

    #[tokio::test]
    async fn without_a_messenger_or_with_what_this_program_has_not_it_says_what_to_do() {
        for (text, expected) in [
            ("", "no messenger is configured: write the token"),
            ("[admin]\naccounts = [\"telegram:1\"]", "admin: this version can't do that yet"),
        ] {
            let config = Config::read("exodus.toml", text, []).unwrap();
            let refused = until(config, CancellationToken::new()).await.unwrap_err().to_string();
            assert!(refused.starts_with(expected), "{refused}");
        }
    }
}
