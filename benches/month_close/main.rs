//! How long a month's close takes, and how long anybody waits for it: 100,000 live commitments and 20,000 fulfilled ones
//! of 20,000 members, who all have a digest afterwards. Meanwhile a member looks at their lists again and again.
//!
//! And how long it takes until one event is in the outbox for 5,000 recipients, with the turn that made it happen.
//!
//! It plays on SQLite, and on PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of a server where databases may be created
//! (`scripts/postgres url`). `cargo bench --bench month_close` prints two tables in Markdown.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod community;
mod fan_out;
#[path = "../turns/place.rs"]
mod place;
#[path = "../turns/said.rs"]
mod said;
mod visitor;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use exodus::aid::Rules;
use exodus::app::calendar::Months;
use exodus::domain::Money;
use exodus_engine::conversation::{Clock, OsChance};
use exodus_engine::delivery::Scheduler;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait};
use tokio_util::sync::CancellationToken;

use community::{COLLECTIONS, MEMBERS};
use place::Place;
use visitor::Visitor;

/// A clock that stands still, and notes when it was looked at: once when the calendar looks for the next step, and once
/// in the step.
#[derive(Default)]
struct StepClock(Mutex<Vec<Instant>>);

/// The moment when the month has ended.
fn midnight() -> DateTime<Utc> {
    DateTime::from_timestamp(1_796_083_200, 0).unwrap_or_default()
}

impl Clock for StepClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        midnight()
    }
}

impl StepClock {
    fn longest_step(&self) -> Duration {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.windows(3).map(|looks| looks[2] - looks[0]).max().unwrap_or_default()
    }
}

fn rules() -> Rules {
    Rules { zone: Zone::UTC, max_amount: Money::from_minor(100_000_000), guarantee_amount: Money::from_minor(10_000) }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!(
        "| database | live commitments | the close took | steps | longest step | turns meanwhile: median | longest |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|");
    let mut fan_outs = Vec::new();
    for place in Place::all() {
        let db = place.open(MEMBERS).await?;
        community::settle(&db, midnight()).await?;
        close(&place, &db).await?;
        fan_outs.push((place.name(), fan_out::measure(&db, midnight()).await?));
        place.close(MEMBERS, db).await?;
    }
    println!(
        "\n| database | recipients | from the press to the commit | of which telling | until all are in the outbox |"
    );
    println!("|---|---:|---:|---:|---:|");
    for (name, took) in fan_outs {
        println!("| {name} | {} | {} | {} | {} |", took.recipients, ms(took.whole), ms(took.telling), ms(took.all));
    }
    Ok(())
}

async fn close(place: &Place, db: &DatabaseConnection) -> anyhow::Result<()> {
    let clock = Arc::new(StepClock::default());
    let scheduler = Scheduler::new(Arc::new(Months::new(rules())), db.clone(), clock.clone(), Arc::new(OsChance));
    let stop = CancellationToken::new();
    let visitor = Visitor::comes(db, stop.clone())?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let begun = Instant::now();
    scheduler.catch_up(&CancellationToken::new()).await?;
    let took = begun.elapsed();
    stop.cancel();
    let mut waits = visitor.leaves(begun).await?;
    waits.sort_unstable();
    let (median, longest) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    let steps = clock.0.lock().unwrap_or_else(PoisonError::into_inner).len() / 2;
    println!(
        "| {} | {} | {:.1} s | {steps} | {} | {} | {} |",
        place.name(),
        COLLECTIONS * community::LIVE,
        took.as_secs_f64(),
        ms(clock.longest_step()),
        ms(median),
        ms(longest),
    );
    let digests = exodus::store::outbox::Entity::find().count(db).await?;
    anyhow::ensure!(digests == MEMBERS.cast_unsigned(), "{digests} digests for {MEMBERS} members");
    db.execute_unprepared("DELETE FROM outbox").await?;
    Ok(())
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
