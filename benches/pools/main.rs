//! How long anybody waits in a pool of 10,000 members: opening a case, looking at it, taking one's share, leaving the pool,
//! closing it; and the longest step of the calendar that tells, asks once more, and makes obligations of it.
//!
//! It plays on SQLite, and on PostgreSQL when `EXODUS_TEST_POSTGRES` is the url of a server where databases may be created
//! (`scripts/postgres url`). `cargo bench --bench pools` prints a table in Markdown.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

#[path = "../turns/place.rs"]
mod place;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use exodus::aid::{By, Community, Refused, Work, unit};
use exodus::aid::{Rules, pools};
use exodus::app::calendar::Months;
use exodus::domain::{CaseWords, MemberId, Money, PoolId, PoolName, PoolRules, Terms};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{Clock, Moment, OsChance};
use exodus_engine::delivery::Scheduler;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};
use tokio_util::sync::CancellationToken;

use place::Place;

const MEMBERS: i64 = 10_000;

/// A clock that is put forward, and notes when it was looked at: once when the calendar looks for the next step, and once in
/// the step.
struct StepClock(Mutex<(DateTime<Utc>, Vec<Instant>)>);

impl Clock for StepClock {
    fn now(&self) -> DateTime<Utc> {
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inside.1.push(Instant::now());
        inside.0
    }
}

impl StepClock {
    fn forward(&self, by: TimeDelta) {
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inside.0 += by;
        inside.1.clear();
    }

    fn longest_step(&self) -> (usize, Duration) {
        let looks = &self.0.lock().unwrap_or_else(PoisonError::into_inner).1;
        (looks.len() / 2, looks.windows(3).map(|looks| looks[2] - looks[0]).max().unwrap_or_default())
    }
}

fn rules() -> Rules {
    Rules { zone: Zone::UTC, max_amount: Money::from_minor(100_000_000), guarantee_amount: Money::from_minor(10_000) }
}

/// One turn: from its beginning to its commit.
async fn turn<T>(
    db: &DatabaseConnection,
    now: DateTime<Utc>,
    who: MemberId,
    work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>,
) -> anyhow::Result<(T, Duration)> {
    let (begun, rules) = (Instant::now(), rules());
    let tx = store::begin(db).await?;
    let at = Moment { tx: &tx, now, chance: &OsChance };
    let community = Community { rules: &rules, tells: &Notices };
    let done =
        unit::run(at, community, By::Member(who), work).await.map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    tx.commit().await?;
    Ok((done, begun.elapsed()))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    println!("| database | what | took | steps | longest step |");
    println!("|---|---|---:|---:|---:|");
    for place in Place::all() {
        let db = place.open(MEMBERS).await?;
        measure(place.name(), &db).await?;
        place.close(MEMBERS, db).await?;
    }
    Ok(())
}

async fn measure(name: &str, db: &DatabaseConnection) -> anyhow::Result<()> {
    let begins = DateTime::from_timestamp(1_794_300_000, 0).unwrap_or_default();
    let clock = Arc::new(StepClock(Mutex::new((begins, Vec::new()))));
    let now = || clock.0.lock().unwrap_or_else(PoisonError::into_inner).0;
    let pool = settle(db, begins).await?;
    let scheduler = Scheduler::new(Arc::new(Months::new(rules())), db.clone(), clock.clone(), Arc::new(OsChance));
    scheduler.ensure().await?;
    let says = |what: &str, took: Duration| println!("| {name} | {what} | {} | | |", ms(took));
    let lives = async |what: &str, by: TimeDelta| -> anyhow::Result<()> {
        clock.forward(by);
        let begun = Instant::now();
        scheduler.catch_up(&CancellationToken::new()).await?;
        let (took, (steps, longest)) = (begun.elapsed(), clock.longest_step());
        println!("| {name} | {what} | {} | {steps} | {} |", ms(took), ms(longest));
        Ok(())
    };
    let (owner, some, other, last) = (MemberId::new(1), MemberId::new(2), MemberId::new(5_000), MemberId::new(MEMBERS));
    let words = CaseWords::read("The roof").map_err(|fault| anyhow::anyhow!("{fault:?}"))?;
    let sum = Money::from_minor(12_345_678);
    let (case, took) =
        turn(db, now(), owner, async |aid| pools::open_case(aid, owner, pool, &words, sum).await).await?;
    says("a case is opened", took);
    lives("all are told", TimeDelta::zero()).await?;
    let (_, took) = turn(db, now(), some, async |aid| pools::case_seen(aid, some, case).await).await?;
    says("it is looked at", took);
    let (_, took) = turn(db, now(), some, async |aid| pools::pool_seen(aid, some, pool).await).await?;
    says("the pool is looked at", took);
    let any = Money::from_minor(i64::MAX);
    let ((), took) = turn(db, now(), some, async |aid| pools::confirm(aid, some, case, any).await.map(drop)).await?;
    says("a share is taken", took);
    let (_, took) = turn(db, now(), other, async |aid| pools::leave_pool(aid, other, pool).await).await?;
    says("a member leaves", took);
    lives("those are told whose share has changed", TimeDelta::minutes(10)).await?;
    let answer = "UPDATE pool_share SET answer = 'confirmed' WHERE answer = 'none' AND member_id > 2000";
    db.execute_unprepared(answer).await?;
    lives("2,000 are asked once more", TimeDelta::hours(24)).await?;
    lives("they leave, 8,000 obligations are made", TimeDelta::hours(24)).await?;
    let ((), took) =
        turn(db, now(), last, async |aid| pools::open_case(aid, last, pool, &words, sum).await.map(drop)).await?;
    says("one more case in the same month", took);
    let keeper = store::pool::member::longest(db, pool).await?.ok_or_else(|| anyhow::anyhow!("nobody"))?;
    let (_, took) = turn(db, now(), keeper, async |aid| pools::close_pool(aid, keeper, pool).await).await?;
    says("the pool is closed", took);
    Ok(())
}

/// Counts from 1 to `$1`, on every database.
const COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";

async fn settle(db: &DatabaseConnection, at: DateTime<Utc>) -> anyhow::Result<PoolId> {
    let people = format!("INSERT INTO person (id, lang, created_at) {COUNT} SELECT i, 'en', $2 FROM n");
    run(db, &people, vec![MEMBERS.into(), at.into()]).await?;
    let members = "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person";
    run(db, members, vec![]).await?;
    let accounts = "INSERT INTO account (person_id, messenger, address, created_at)
                    SELECT id, 'terminal', CAST(id AS TEXT), created_at FROM member";
    run(db, accounts, vec![]).await?;
    let fault = |fault: exodus_engine::locale::LineFault| anyhow::anyhow!("{fault:?}");
    let (name, text) = (PoolName::read("Town").map_err(fault)?, PoolRules::read("Fire").map_err(fault)?);
    let terms = Terms { smallest: Money::from_minor(1), largest: Money::from_minor(1_000_000), hours: 24 };
    let pool = store::pool::insert(db, MemberId::new(1), (&name, &text), terms, at).await?;
    let joined = "INSERT INTO pool_member (pool_id, member_id, contribution, joined_at)
                  SELECT CAST($1 AS BIGINT), id, 2000 + id % 4999, created_at FROM member";
    run(db, joined, vec![pool.into()]).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(pool)
}

async fn run(db: &DatabaseConnection, sql: &str, values: Vec<Value>) -> anyhow::Result<()> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
