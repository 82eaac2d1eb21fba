//! What PostgreSQL looks at to do something, whatever it believes that it has in a table. It plans statements by what it saw
//! when it last looked, and keeps to a plan after the table has become another.
//!
//! (SQLite is asked without such knowledge, and goes the same way always.)

use exodus::store;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement, Value};

use crate::support::database::on_postgres;

/// How many rows come to wait at once.
pub const WAITING: i64 = 20_000;

/// How many rows of all tables a statement may look at to take four in hand, or to put one down: more than it needs, where a
/// member has a hundred rows before the one that is their turn, and far fewer than wait.
const ENOUGH: i64 = 1_000;

/// What the server has seen of the table before it is filled.
#[derive(Clone, Copy, Debug)]
pub enum Seen {
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

/// Plays it with each kind of knowledge.
pub async fn however_it_is_planned(test: impl AsyncFn(&DatabaseConnection, Seen) -> Result<(), DbErr>) {
    when_it_has_seen(&[Seen::Never, Seen::Empty, Seen::Small, Seen::Done, Seen::Full], test).await;
}

/// The same with these kinds of knowledge.
pub async fn when_it_has_seen(these: &[Seen], test: impl AsyncFn(&DatabaseConnection, Seen) -> Result<(), DbErr>) {
    for &seen in these {
        println!("{seen:?}");
        on_postgres(&async |_, url| {
            let db = planning(&url).await.unwrap();
            test(&db, seen).await.unwrap();
            db.close().await.unwrap();
        })
        .await;
    }
}

/// Connections to a new database at whose tables the server looks only when it is told to. (A plan is made once for each
/// connection, and kept: that is asked of the server for every one.)
async fn planning(url: &str) -> Result<DatabaseConnection, DbErr> {
    let db = store::connect(url).await?;
    let kept = "SELECT current_setting('plan_cache_mode')";
    let kept = db.query_one_raw(Statement::from_string(DbBackend::Postgres, kept)).await?;
    let kept: String = kept.expect("a setting").try_get_by_index(0)?;
    assert_eq!(kept, "force_generic_plan");
    store::migrate(&db).await?;
    // The server looks at the table when the test says so.
    for table in ["outbox", "schedule", "commitment", "acquaintance", "collection"] {
        db.execute_unprepared(&format!("ALTER TABLE {table} SET (autovacuum_enabled = false)")).await?;
    }
    Ok(db)
}

pub async fn look(db: &DatabaseConnection, table: &str) -> Result<(), DbErr> {
    db.execute_unprepared(&format!("VACUUM ANALYZE {table}")).await.map(drop)
}

/// Does it, and fails when the server looks at too many rows for it.
pub async fn looking<T>(
    db: &DatabaseConnection,
    what: &str,
    deed: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
) -> Result<T, DbErr> {
    looking_at(ENOUGH, db, what, deed).await
}

/// The same of what may look at so many.
pub async fn looking_at<T>(
    enough: i64,
    db: &DatabaseConnection,
    what: &str,
    deed: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
) -> Result<T, DbErr> {
    let tx = store::begin(db).await?;
    let before = looked_at(&tx).await?;
    let done = deed(&tx).await?;
    let looked_at = looked_at(&tx).await? - before;
    println!("{what}: {looked_at} rows");
    assert!(looked_at <= enough, "{what} looked at {looked_at} rows");
    tx.commit().await?;
    Ok(done)
}

/// How many rows this connection has looked at.
async fn looked_at(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let sql = "SELECT CAST(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)) AS bigint) FROM pg_stat_xact_user_tables";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.expect("a table that is counted").try_get_by_index(0)
}

pub async fn run<const N: usize>(db: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await.map(drop)
}
