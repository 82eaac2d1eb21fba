//! How fast turns are, and what they cost in memory: the real engine, screens and store, with a messenger that shows
//! nothing to nobody.
//!
//! Pairs of members live the cycle of help again and again ([`cycle`]) in a community of 10 members and in one of
//! 100,000 with 300,000 commitments ([`community`]). Every turn is committed to the disk before it is answered, and
//! the outbox is emptied meanwhile. It plays on SQLite, and on PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of a
//! server where databases may be created (`scripts/postgres url`).
//!
//! `cargo bench --bench turns` prints a table in Markdown; `scripts/bench` does all that is needed around it.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod community;
mod cycle;
mod figures;
mod phone;
mod place;
mod said;

use std::sync::Arc;
use std::time::Duration;

use exodus::aid::Rules;
use exodus::domain::Money;
use exodus::screens::{Exodus, Reading, Settings};
use exodus_engine::conversation::{Clock, Desk, Engine, Messenger, OsChance};
use exodus_engine::delivery::Outbox;
use exodus_engine::host::SystemClock;
use exodus_engine::hours::Zone;
use exodus_engine::locale::Format;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use cycle::Pairs;
use figures::Figures;
use phone::Phone;
use place::Place;

/// Communities: so many members, and how many conversations are held at once in each.
const COMMUNITIES: [(i64, &[usize]); 2] = [(10, &[1, 5]), (100_000, &[1, 5, 50])];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let seconds = Duration::from_secs_f64(std::env::var("EXODUS_BENCH_SECONDS").map_or(Ok(10.0), |s| s.parse())?);
    println!("{}", figures::HEAD);
    for place in Place::all() {
        for (members, at_once) in COMMUNITIES {
            let db = place.open(members).await?;
            community::settle(&db, members, SystemClock.now()).await?;
            for conversations in at_once {
                let figures = measure(&db, members, *conversations, seconds).await?;
                println!("{}", figures.row(place.name(), members, *conversations));
            }
            place.close(members, db).await?;
        }
    }
    Ok(())
}

/// Lets so many pairs talk for so long.
async fn measure(
    db: &DatabaseConnection,
    members: i64,
    conversations: usize,
    time: Duration,
) -> anyhow::Result<Figures> {
    let phone = Arc::new(Phone::default());
    let clock: Arc<dyn Clock> = Arc::new(cycle::Brisk);
    let locales = Arc::new(exodus::texts::locales(Format { currency: "EUR".to_owned() })?);
    let exodus = Exodus::new(Settings {
        rules: Rules {
            zone: Zone::UTC,
            max_amount: Money::from_minor(100_000_000),
            guarantee_amount: Money::from_minor(10_000),
        },
        ways_in: vec![phone.way_in()].into(),
        support_contact: None,
        locales: locales.clone(),
        reading: Reading::of(&locales),
    });
    let (exodus, chance) = (Arc::new(exodus), Arc::new(OsChance));
    let engine = Arc::new(Engine::new(exodus.clone(), db.clone(), locales.clone(), clock.clone(), chance.clone()));
    let outbox = Outbox::new(exodus, db.clone(), locales, vec![phone.clone()], clock, chance);
    let outbox = outbox.woken_by(engine.committed());
    let desk = Arc::new(Desk::new(engine, phone.clone()));

    let stop = CancellationToken::new();
    let told = stop.clone();
    let telling = tokio::spawn(async move { outbox.run(told).await });
    figures::forget_memory_peak();
    let pairs = Pairs::of(members);
    let mut talks = tokio::task::JoinSet::new();
    let begun = tokio::time::Instant::now();
    for _ in 0..conversations {
        talks.spawn(cycle::live(desk.clone(), phone.clone(), pairs.clone(), begun + time));
    }
    let mut turns = Vec::new();
    while let Some(talked) = talks.join_next().await {
        turns.extend(talked??);
    }
    let elapsed = begun.elapsed();
    stop.cancel();
    telling.await?;
    Figures::of(turns, elapsed)
}
