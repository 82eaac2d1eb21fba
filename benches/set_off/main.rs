//! How long a clearing takes among 25,000 members who owe each other 100,000 promises and have all allowed it, and how long
//! anybody waits for it. Meanwhile a member looks at their lists again and again.
//!
//! It plays on SQLite, and on PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of a server where databases may be created
//! (`scripts/postgres url`). `cargo bench --bench set_off` prints a table in Markdown.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

#[path = "../turns/place.rs"]
mod place;
#[path = "../turns/said.rs"]
mod said;
#[path = "../month_close/visitor.rs"]
mod visitor;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use exodus::aid::Rules;
use exodus::app::calendar::Months;
use exodus::domain::{Money, Month};
use exodus_engine::conversation::{Clock, OsChance};
use exodus_engine::delivery::Scheduler;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value};
use tokio_util::sync::CancellationToken;

use place::Place;
use visitor::Visitor;

const MEMBERS: i64 = 25_000;

/// How many others each member owes.
const DEBTS_EACH: i64 = 4;

/// The 25th, when it is due.
fn midnight() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_582_800, 0).unwrap_or_default()
}

/// A clock that stands still, and notes when it was looked at.
#[derive(Default)]
struct StepClock(Mutex<Vec<Instant>>);

impl Clock for StepClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
        midnight()
    }
}

fn rules() -> Rules {
    Rules { zone: Zone::UTC, max_amount: Money::from_minor(100_000_000), guarantee_amount: Money::from_minor(10_000) }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("| database | promises | set off | the clearing took | turns meanwhile: median | longest |");
    println!("|---|---:|---:|---:|---:|---:|");
    for place in Place::all() {
        let db = place.open(MEMBERS).await?;
        settle(&db).await?;
        clear(&place, &db).await?;
        place.close(MEMBERS, db).await?;
    }
    Ok(())
}

async fn settle(db: &DatabaseConnection) -> Result<(), DbErr> {
    const COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    let at = midnight() - TimeDelta::days(7);
    let month = Month::of(at, &Zone::UTC).number();
    let people = format!("INSERT INTO person (id, lang, created_at) {COUNT} SELECT i, 'en', $2 FROM n");
    run(db, &people, [MEMBERS.into(), at.into()]).await?;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await?;
    run(db, "INSERT INTO clearing_consent (member_id, since) SELECT id, created_at FROM member", []).await?;
    let accounts = "INSERT INTO account (person_id, messenger, address, created_at)
                    SELECT id, 'terminal', CAST(id AS TEXT), created_at FROM member";
    run(db, accounts, []).await?;
    let collections = "INSERT INTO collection (id, owner_id, kind, target, opened_at)
                       SELECT id, id, 'monthly', 100000000, created_at FROM member";
    run(db, collections, []).await?;
    for step in 1..=DEBTS_EACH {
        let commitments = format!(
            "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, promised_at,
                                     told_of_clearing)
             {COUNT} SELECT i, (i * 7 + $2) % $1 + 1, i, 500 * (1 + (i * 31 + $2) % 60), 'obligation', $3, $4, $4, $3
             FROM n WHERE (i * 7 + $2) % $1 + 1 <> i"
        );
        run(db, &commitments, [MEMBERS.into(), (step * 787).into(), month.into(), at.into()]).await?;
    }
    let due = "INSERT INTO schedule (name, about, due_at, created_at, progress) VALUES ('clearing', $1, $2, $2, '')";
    run(db, due, [i64::from(month).into(), midnight().into()]).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        for table in ["person", "collection"] {
            let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}");
            db.execute_unprepared(&sql).await?;
        }
        db.execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

async fn run<const N: usize>(db: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

async fn clear(place: &Place, db: &DatabaseConnection) -> anyhow::Result<()> {
    let clock = Arc::new(StepClock::default());
    let scheduler = Scheduler::new(Arc::new(Months::new(rules())), db.clone(), clock.clone(), Arc::new(OsChance));
    scheduler.ensure().await?;
    let stop = CancellationToken::new();
    let visitor = Visitor::comes(db, stop.clone())?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let begun = Instant::now();
    scheduler.pass(&CancellationToken::new()).await?;
    let took = begun.elapsed();
    stop.cancel();
    let mut waits = visitor.leaves(begun).await?;
    waits.sort_unstable();
    let (median, longest) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    let done = exodus::store::clearing::newest(db, exodus::store::clearing::Kind::Month).await?;
    let done = done.ok_or_else(|| anyhow::anyhow!("nothing was cleared"))?;
    anyhow::ensure!(done.state == "done", "{done:?}");
    let totals = done.totals();
    println!(
        "| {} | {} | {} of them | {:.1} s | {} | {} |",
        place.name(),
        totals.owed.count,
        totals.set_off.count,
        took.as_secs_f64(),
        ms(median),
        ms(longest),
    );
    Ok(())
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
