//! The whole bot as it runs for a community, against a Bot API server: `exodus run` and `bot-api`, each a process of
//! its own, and 200 members at once who live the cycle of help (`cycle.txt`), new ones again and again.
//!
//! Measured are the updates answered in a second, the time from an update to its answer, the processor time and the
//! memory of `exodus`, and on PostgreSQL the statements and transactions of each update. It plays on SQLite, and on
//! PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of a server where databases may be created.
//!
//! `scripts/bench` does all that is needed around it. `EXODUS_BENCH_SECONDS` says how long each measure takes.

mod bot;
mod database;
#[allow(dead_code, reason = "here it always lasts to its end")]
mod load;

use bot::{Bot, Way};
use database::{Database, Place, Work};
use load::Load;

const HEAD: &str = "\
| database | updates by | updates a second | median | 95 % | CPU for 1,000 updates | statements an update | transactions an update | memory | at most |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("{HEAD}");
    for place in Place::all() {
        for way in [Way::Polling, Way::Webhook] {
            let database = Database::new(&place).await?;
            println!("{}", measure(&database, way).await?);
            database.drop().await?;
        }
    }
    Ok(())
}

/// Lets the members live, and tells how it went in one row of the table.
async fn measure(database: &Database, way: Way) -> anyhow::Result<String> {
    let load = Load::start()?;
    let bot = Bot::start(&load.url, database.url(), way)?;
    let report = load.ended()?;
    let (cpu, memory, peak) = (bot.cpu_seconds()?, bot.megabytes("VmRSS")?, bot.megabytes("VmHWM")?);
    bot.stop()?;
    let each = |done: u64| format!("{:.1}", done as f64 / report.updates as f64);
    let (statements, transactions) = match database.work().await? {
        Some(Work { statements, transactions }) => (statements.map_or_else(String::new, each), each(transactions)),
        None => Default::default(),
    };
    Ok(format!(
        "| {} | {} | {:.0} | {:.0} ms | {:.0} ms | {:.2} s | {statements} | {transactions} | {memory:.0} MB | {peak:.0} MB |",
        database.name(),
        way.name(),
        report.updates_per_second,
        report.answer_p50_ms,
        report.answer_p95_ms,
        cpu * 1000.0 / report.updates as f64,
    ))
}
