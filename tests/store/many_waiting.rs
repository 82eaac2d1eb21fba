//! An outbox and a calendar that are filled at once, on PostgreSQL: whoever takes something in hand looks at little more than
//! that, however much waits, and whatever the server believes that it has in the table. It plans statements by what it saw
//! when it last looked, and keeps to a plan after the table has become another.
//!
//! (SQLite is asked without such knowledge, and goes the same way always.)

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::MemberId;
use exodus::store;
use exodus::store::outbox::{self, TELLS, TO_ALL, Urgency, Wanted};
use exodus::store::schedule;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use crate::community::noon;
use crate::support::database::on_postgres;

const WAITING: i64 = 20_000;

/// How many rows of all tables a statement may look at to take four in hand, or to put one down: more than it needs, where a
/// member has a hundred rows before the one that is their turn, and far fewer than wait.
const ENOUGH: i64 = 1_000;

/// What the server has seen of the table before it is filled.
#[derive(Clone, Copy, Debug)]
enum Seen {
    /// Nothing at all.
    Never,
    Empty,
    /// A page of it, all done with.
    Small,
    /// All that it held had been done with.
    Done,
    /// It is looked at after it is filled.
    Full,
}

/// For whom the rows are.
#[derive(Clone, Copy, Debug)]
enum For {
    Everybody,
    /// A hundred members, in turn.
    AFew,
}

#[tokio::test]
async fn a_worker_looks_at_no_more_than_it_takes() {
    for whom in [For::Everybody, For::AFew] {
        however_it_is_planned(async |db, seen| {
            fill(db, seen, whom).await?;
            work(db).await
        })
        .await;
    }
}

#[tokio::test]
async fn the_calendar_looks_at_no_more_than_it_does() {
    however_it_is_planned(async |db, seen| {
        fill_calendar(db, seen).await?;
        do_what_is_due(db).await
    })
    .await;
}

async fn however_it_is_planned(test: impl AsyncFn(&DatabaseConnection, Seen) -> Result<(), DbErr>) {
    for seen in [Seen::Never, Seen::Empty, Seen::Small, Seen::Done, Seen::Full] {
        for plans in ["auto", "force_generic_plan"] {
            println!("{seen:?}, {plans}");
            on_postgres(&async |_, url| {
                let db = planning(&url, plans).await.unwrap();
                test(&db, seen).await.unwrap();
                db.close().await.unwrap();
            })
            .await;
        }
    }
}

/// Connections to a new database on which statements are planned so.
async fn planning(url: &str, plans: &str) -> Result<DatabaseConnection, DbErr> {
    let db = store::connect(url).await?;
    let set = format!("ALTER DATABASE %I SET plan_cache_mode = {plans}");
    db.execute_unprepared(&format!("DO $$ BEGIN EXECUTE format('{set}', current_database()); END $$")).await?;
    db.close().await?;
    let db = store::connect(url).await?;
    store::migrate(&db).await?;
    // The server looks at the table when the test says so.
    for table in ["outbox", "schedule"] {
        db.execute_unprepared(&format!("ALTER TABLE {table} SET (autovacuum_enabled = false)")).await?;
    }
    Ok(db)
}

/// The outbox as it is a moment after very many were told something, with a program that has been running for a while.
async fn fill(db: &DatabaseConnection, seen: Seen, whom: For) -> Result<(), DbErr> {
    let to_the_last = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    let members = format!(
        "INSERT INTO member (id, name, lang, created_at) {to_the_last} SELECT i, 'Member ' || i, 'en', $2 FROM n"
    );
    run(db, &members, [WAITING.into(), noon(1).into()]).await?;
    let accounts = "INSERT INTO account (member_id, messenger, address, created_at)
                    SELECT id, 'terminal', CAST(id AS TEXT), created_at FROM member";
    run(db, accounts, []).await?;
    db.execute_unprepared("ANALYZE member; ANALYZE account").await?;
    match seen {
        Seen::Never | Seen::Full => {}
        Seen::Empty => look(db, "outbox").await?,
        Seen::Small | Seen::Done => {
            push(db, whom, if let Seen::Small = seen { 30 } else { WAITING }).await?;
            run(db, "UPDATE outbox SET sent_at = $1", [noon(1).into()]).await?;
            look(db, "outbox").await?;
        }
    }
    // A plan is kept when a statement was run a few times.
    for _ in 0..8 {
        push(db, whom, 1).await?;
        work(db).await?;
    }
    push(db, whom, WAITING).await?;
    if let Seen::Full = seen {
        look(db, "outbox").await?;
    }
    Ok(())
}

async fn look(db: &DatabaseConnection, table: &str) -> Result<(), DbErr> {
    db.execute_unprepared(&format!("VACUUM ANALYZE {table}")).await.map(drop)
}

/// Half of them of the moment, half to all.
async fn push(db: &DatabaseConnection, whom: For, waiting: i64) -> Result<(), DbErr> {
    let members = match whom {
        For::Everybody => WAITING,
        For::AFew => 100,
    };
    let row = |number: i64| outbox::New {
        recipient: number % members + 1,
        kind: "notice-withdrawn".into(),
        facts: "{}".into(),
        about: None,
        priority: if number * 2 < waiting { TELLS } else { TO_ALL },
        due_at: noon(1),
    };
    outbox::push_many(db, (0..waiting).map(row), noon(1)).await
}

/// All that a worker does, one after another, each with an eye on how many rows the server looks at for it.
async fn work(db: &DatabaseConnection) -> Result<(), DbErr> {
    let (now, lease) = (noon(2), noon(2) + TimeDelta::minutes(1));
    let held: Vec<MemberId> = (50..66).collect();
    for urgency in [Urgency::Asks, Urgency::Tells, Urgency::ToAll] {
        for not_to in [&[][..], &held] {
            let wanted = Wanted { messenger: "terminal", urgency, limit: 4, not_to };
            let claimed = looking(db, "claim", async |db| outbox::claim(db, wanted, now, lease).await).await?;
            let Some(row) = claimed.first() else { continue };
            looking(db, "put_off", async |db| outbox::put_off(db, row.id, now).await).await?;
            looking(db, "plan", async |db| outbox::plan(db, row.id, now).await).await?;
            looking(db, "later", async |db| outbox::later(db, row.id, now).await).await?;
            looking(db, "sent", async |db| outbox::sent(db, row.id, None, now).await).await?;
            let Some(row) = claimed.get(1) else { continue };
            looking(db, "failed", async |db| outbox::failed(db, row.id, "blocked", now).await).await?;
        }
    }
    looking(db, "expire", async |db| outbox::expire(db, now).await).await?;
    looking(db, "find_lost", async |db| outbox::find_lost(db).await).await?;
    looking(db, "find_way_to", async |db| outbox::find_way_to(db, 77).await).await?;
    looking(db, "look_again", async |db| outbox::look_again(db, 77, now).await).await?;
    looking(db, "find_early", async |db| outbox::find_early(db, now).await).await?;
    looking(db, "find_by_message", async |db| outbox::find_by_message(db, 77, "412").await).await?;
    looking(db, "unanswered", async |db| outbox::unanswered(db, 77, 9).await).await?;
    forget(db, now).await
}

async fn forget(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let long_ago = now - TimeDelta::days(99);
    looking(db, "forget_told_before", async |db| outbox::forget_told_before(db, long_ago, 9).await).await?;
    looking(db, "forget_asked_before", async |db| outbox::forget_asked_before(db, long_ago, 9).await).await?;
    looking(db, "forget_given_up_before", async |db| outbox::forget_given_up_before(db, long_ago, 9).await).await?;
    Ok(())
}

/// The calendar a moment after very many daily messages were planned for the same morning.
async fn fill_calendar(db: &DatabaseConnection, seen: Seen) -> Result<(), DbErr> {
    match seen {
        Seen::Never | Seen::Full => {}
        Seen::Empty => look(db, "schedule").await?,
        Seen::Small | Seen::Done => {
            plan(db, 1..if let Seen::Small = seen { 30 } else { WAITING }).await?;
            run(db, "UPDATE schedule SET done_at = $1", [noon(1).into()]).await?;
            look(db, "schedule").await?;
        }
    }
    for about in 0..8 {
        plan(db, -about..1 - about).await?;
        do_what_is_due(db).await?;
    }
    plan(db, WAITING..2 * WAITING).await?;
    if let Seen::Full = seen {
        look(db, "schedule").await?;
    }
    Ok(())
}

async fn plan(db: &DatabaseConnection, about: Range<i64>) -> Result<(), DbErr> {
    let rows = about.map(|about| schedule::New { name: "daily-message", about, due_at: noon(2) });
    schedule::plan(db, rows, noon(1)).await
}

/// All that the calendar does with what is due, twice.
async fn do_what_is_due(db: &DatabaseConnection) -> Result<(), DbErr> {
    let (now, names, but) = (noon(3), ["month-close", "daily-message"], [412]);
    for _ in 0..2 {
        looking(db, "next_due", async |db| schedule::next_due(db, &names).await).await?;
        let first = looking(db, "first_due", async |db| schedule::first_due(db, &names, &but, now).await).await?;
        let Some(first) = first else { return Ok(()) };
        looking(db, "take", async |db| schedule::take(db, first).await).await?;
        looking(db, "go_on", async |db| schedule::go_on(db, first, "7").await).await?;
        looking(db, "move_to", async |db| schedule::move_to(db, first, noon(1)).await).await?;
        assert!(looking(db, "done", async |db| schedule::done(db, first, now).await).await?);
    }
    let long_ago = now - TimeDelta::days(99);
    looking(db, "forget_before", async |db| schedule::forget_before(db, long_ago, 9).await).await?;
    Ok(())
}

/// Does it, and fails when the server looks at too many rows for it.
async fn looking<T>(
    db: &DatabaseConnection,
    what: &str,
    deed: impl AsyncFnOnce(&sea_orm::DatabaseTransaction) -> Result<T, DbErr>,
) -> Result<T, DbErr> {
    let tx = store::begin(db).await?;
    let before = looked_at(&tx).await?;
    let done = deed(&tx).await?;
    let looked_at = looked_at(&tx).await? - before;
    assert!(looked_at <= ENOUGH, "{what} looked at {looked_at} rows");
    tx.commit().await?;
    Ok(done)
}

/// How many rows this connection has looked at.
async fn looked_at(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let sql = "SELECT CAST(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)) AS bigint) FROM pg_stat_xact_user_tables";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.expect("a table that is counted").try_get_by_index(0)
}

async fn run<const N: usize>(db: &impl ConnectionTrait, sql: &str, values: [sea_orm::Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await.map(drop)
}
