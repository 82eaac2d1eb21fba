//! What it costs to tell people things, at the pace of their messenger: `exodus run`, a process of its own, against the Bot
//! API server of the tests, which refuses whoever is faster than Telegram allows.
//!
//! Two hundred members wait for notices. First for notices of the moment, then for what goes to all, of which 100,000
//! wait. Measured are the notices in a second, the processor time of `exodus` as a part of one core, how often the server
//! said that it was too fast, and the memory. It plays on SQLite, and on PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of
//! a server where databases may be created.
//!
//! `scripts/bench` does all that is needed around it. `EXODUS_BENCH_SECONDS` says how long each measure takes.

#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]

#[allow(dead_code, reason = "here it is always polled")]
#[path = "../telegram/bot.rs"]
mod bot;
#[allow(dead_code, reason = "statements are counted elsewhere")]
#[path = "../telegram/database.rs"]
mod database;
mod waiting;

use std::time::{Duration, Instant};

use bot::{Bot, Way};
use bot_api::{BotApi, Pace, Settings};
use database::{Database, Place};
use exodus::store;
use exodus::store::outbox::{TELLS, TO_ALL};
use sea_orm::DatabaseConnection;
use waiting::{fill, sent};

const MEMBERS: i64 = 200;

/// The pace comes to its measure.
const WARM_UP: Duration = Duration::from_secs(3);

const HEAD: &str = "\
| database | notices | wait at first | a second | of a core | refused as too fast | memory |
|---|---|---:|---:|---:|---:|---:|";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("{HEAD}");
    for place in Place::all() {
        for (name, priority, waiting) in [("of the moment", TELLS, 10_000), ("to all", TO_ALL, 100_000)] {
            let database = Database::new(&place).await?;
            println!("{}", measure(&database, name, priority, waiting).await?);
            database.drop().await?;
        }
    }
    Ok(())
}

async fn measure(database: &Database, name: &str, priority: i16, waiting: usize) -> anyhow::Result<String> {
    let api = BotApi::launch(Settings { history: false, ..Settings::new("42:TEST") }).await?;
    let bot = Bot::start(api.url(), database.url(), Way::Polling)?;
    let db = become_members(&api, database).await?;
    api.set_pace(Some(Pace::telegram()));
    fill(&db, MEMBERS.unsigned_abs(), priority, waiting).await?;
    tokio::time::sleep(WARM_UP).await;

    let seconds = std::env::var("EXODUS_BENCH_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(10);
    let (began, cpu, before) = (Instant::now(), bot.cpu_seconds()?, sent(&db).await?);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    let (took, cpu, told) = (began.elapsed().as_secs_f64(), bot.cpu_seconds()? - cpu, sent(&db).await? - before);
    let memory = bot.megabytes("VmRSS")?;
    db.close().await?;
    bot.stop()?;
    Ok(format!(
        "| {} | {name} | {waiting} | {:.1} | {:.1} % | {} | {memory:.0} MB |",
        database.name(),
        told as f64 / took,
        100.0 * cpu / took,
        api.refusals().iter().filter(|refusal| refusal.code == 429).count(),
    ))
}

/// All come, and choose a language.
async fn become_members(api: &BotApi, database: &Database) -> anyhow::Result<DatabaseConnection> {
    let members: Vec<_> = (1..=MEMBERS).map(|id| api.user(id).named("Somebody").lang("en")).collect();
    for member in &members {
        member.start(None);
    }
    for member in &members {
        member.sees("choose your language").await;
        member.presses("English");
    }
    for member in &members {
        member.sees("Your status").await;
    }
    Ok(store::connect(database.url()).await?)
}
