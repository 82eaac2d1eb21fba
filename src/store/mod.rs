//! What is kept: SeaORM entities and plain functions over them, one file a table.
//!
//! This is the only place that knows SQL. A function takes `&impl ConnectionTrait`, so it runs in whatever
//! transaction its caller has open; the caller decides what belongs together. The database itself refuses what
//! would break an invariant (`migrations/`); callers tell such an error with [`is_unique_violation`].
//! Nothing here loops over queries: a list of thousands costs as many statements as a list of five.
//!
//! On PostgreSQL an error spoils the transaction that it happened in: nothing more can be done in it but roll back.

use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

pub mod account;
pub mod acquaintance;
pub mod address;
pub mod collection;
pub mod commitment;
mod connect;
pub mod digest_item;
pub mod idle;
pub mod invite;
pub mod invite_use;
pub mod journal;
pub mod lease;
mod many;
pub mod matrix;
pub mod member;
pub mod notification;
pub mod opening;
pub mod outbox;
pub mod pause;
pub mod person;
pub mod schedule;
pub mod seen_update;
pub mod session;
pub mod sight;
pub mod telegram;
pub mod telling;
pub mod tie;
mod trouble;

pub use trouble::{Trouble, is_unique_violation};

pub use connect::{CONNECTIONS, connect, connect_with};

/// The name of what is written to see whether anything can be.
const TRIAL: &str = "trial";

/// A part of a long list: `take` rows after the first `skip`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub skip: u64,
    pub take: u64,
}

impl Slice {
    /// All of it: as many rows as a database counts.
    pub const ALL: Slice = Slice { skip: 0, take: i64::MAX as u64 };
}

/// Each statement sees what was committed by then.
const READ_COMMITTED: &str = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// Brings the schema up to date. Where it is, nothing is written, and no right to do so is needed.
///
/// When several processes start at once, all but one fail to make what the first has just made; each looks again
/// after a while and finds it done. (Locking would be simpler, but not every database has locks for it.)
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let _unhurried = connect::unhurried();
    let mut wait = Duration::from_millis(200);
    for _ in 0..4 {
        if pending(db).await? == 0 || step_up(db).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(wait).await;
        wait *= 2;
    }
    step_up(db).await
}

/// All steps that are missing. On PostgreSQL they are one transaction, which may take its time.
async fn step_up(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Migrator::up(db, None).await;
    }
    let tx = db.begin().await?;
    tx.execute_unprepared("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// How many steps the schema is behind this release. Nothing is written.
pub async fn pending(db: &impl ConnectionTrait) -> Result<usize, DbErr> {
    Migrator::get_pending_migrations_read_only(db).await.map(|steps| steps.len())
}

/// Makes the tables that another bot brings along, as SQL.
pub async fn make_tables(db: &DatabaseConnection, sql: &str) -> Result<(), DbErr> {
    db.execute_unprepared(sql).await.map(drop)
}

/// Begins a transaction that is going to write. SQLite is told so at once: it waits for another process here, where
/// waiting is possible, and not at the first write, where it would have to fail.
///
/// PostgreSQL is told what others may do meanwhile: whatever its operator has set, here rows are locked where it matters.
pub async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mut options = TransactionOptions::default();
    if db.get_database_backend() == DbBackend::Sqlite {
        options.sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
    }
    let tx = db.begin_with_options(options).await.map_err(not_begun)?;
    if db.get_database_backend() == DbBackend::Postgres {
        // In one statement: each is a way to the server and back.
        let settings = connect::postgres::at_begin().map(|settings| format!("; {settings}")).unwrap_or_default();
        tx.execute_unprepared(&format!("{READ_COMMITTED}{settings}")).await?;
    }
    Ok(tx)
}

/// Who could not even begin has lost no race, however long the file was somebody else's: no database was had.
fn not_begun(error: DbErr) -> DbErr {
    match error {
        DbErr::Query(source) | DbErr::Exec(source) => DbErr::Conn(source),
        error => error,
    }
}

/// Writes something and takes it back; with `for_good` it is committed, and leaves nothing either.
///
/// # Errors
/// The database takes no changes at present.
pub async fn trial(db: &DatabaseConnection, for_good: bool) -> Result<(), DbErr> {
    let tx = begin(db).await?;
    let now = chrono::DateTime::UNIX_EPOCH;
    lease::take(&tx, TRIAL, TRIAL, now, now).await?;
    lease::give_back(&tx, TRIAL, TRIAL).await?;
    if for_good { tx.commit().await } else { tx.rollback().await }
}

/// Whether everybody waits for whoever writes, as on SQLite.
pub fn has_one_writer(db: &impl ConnectionTrait) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}

/// As [`begin`], for work that is simply done again when it is lost: PostgreSQL does not wait for the disk at its commit.
/// After a power cut the last of such transactions may be missing, whole, and so is then everything that came after
/// them: any commit that is waited for takes them along to the disk.
pub async fn begin_repeatable(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let tx = begin(db).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SET LOCAL synchronous_commit = off").await?;
    }
    Ok(tx)
}

/// A text that this release can't read in a column that only it writes: the database is newer, or was edited by hand.
fn unreadable(column: &str, found: &str) -> DbErr {
    DbErr::Type(format!("{column} is {found:?}, which this release doesn't know"))
}
