//! An outbox that is filled at once, on PostgreSQL: a worker looks at what it takes in hand, however many wait, and whatever
//! the server believes that it has in the table. It plans statements by what it saw when it last looked, and keeps to a plan
//! after the table has become another.
//!
//! (SQLite is asked without such knowledge, and goes the same way always.)

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::MemberId;
use exodus::store;
use exodus::store::outbox::{self, TELLS, TO_ALL, Urgency, Wanted};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

use crate::community::noon;
use crate::support::database::on_postgres;

const WAITING: i64 = 20_000;

/// How many rows of all tables a statement may look at to take four in hand, or to put one down: more than it needs, where a
/// member has a hundred rows before the one that is their turn, and far fewer than wait.
const ENOUGH: i64 = 1_000;

/// What the server has seen of the outbox before it is filled.
#[derive(Clone, Copy, Debug)]
enum Seen {
    /// Nothing at all.
    Never,
    Empty,
    /// A page of it, all sent.
    Small,
    /// All that it held had been sent.
    Sent,
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
    for seen in [Seen::Never, Seen::Empty, Seen::Small, Seen::Sent, Seen::Full] {
        for whom in [For::Everybody, For::AFew] {
            for plans in ["auto", "force_generic_plan"] {
                println!("{seen:?}, for {whom:?}, {plans}");
                on_postgres(&async |_, url| {
                    let db = planning(&url, plans).await.unwrap();
                    fill(&db, seen, whom).await.unwrap();
                    work(&db).await.unwrap();
                    db.close().await.unwrap();
                })
                .await;
            }
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
    db.execute_unprepared("ALTER TABLE outbox SET (autovacuum_enabled = false)").await?;
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
        Seen::Empty => look(db).await?,
        Seen::Small | Seen::Sent => {
            push(db, whom, if let Seen::Small = seen { 30 } else { WAITING }).await?;
            run(db, "UPDATE outbox SET sent_at = $1", [noon(1).into()]).await?;
            look(db).await?;
        }
    }
    // A plan is kept when a statement was run a few times.
    for _ in 0..8 {
        push(db, whom, 1).await?;
        work(db).await?;
    }
    push(db, whom, WAITING).await?;
    if let Seen::Full = seen {
        look(db).await?;
    }
    Ok(())
}

async fn look(db: &DatabaseConnection) -> Result<(), DbErr> {
    db.execute_unprepared("VACUUM ANALYZE outbox").await.map(drop)
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
