//! What is kept: SeaORM entities and plain functions over them, one file a table.
//!
//! This is the only place that knows SQL. A function takes `&impl ConnectionTrait`, so it runs in whatever
//! transaction its caller has open; the caller decides what belongs together. The database itself refuses what
//! would break an invariant (the migrations); callers tell such an error with [`is_unique_violation`].
//! Nothing here loops over queries: a list of thousands costs as many statements as a list of five.
//!
//! On PostgreSQL an error spoils the transaction that it happened in: nothing more can be done in it but roll back.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

pub mod account;
pub mod address;
pub mod arrival;
pub mod chat;
mod connect;
pub mod copying;
pub mod deltachat;
mod ids;
pub mod lease;
pub mod link_code;
pub mod many;
pub mod matrix;
mod migrations;
pub mod opening;
pub mod outbox;
pub mod pause;
pub mod person;
pub mod schedule;
pub mod schema;
pub mod seen_update;
pub mod session;
pub mod telegram;
mod trouble;
pub mod web;

pub use trouble::{Trouble, is_unique_violation};

pub(crate) use connect::hindrance;
pub use connect::{CONNECTIONS, connect, connect_with};

/// The name of what is written to see whether anything can be.
const TRIAL: &str = "trial";

/// A part of a long list: `take` rows after the first `skip`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many rows are passed over.
    pub skip: u64,
    /// How many rows are wanted, at most.
    pub take: u64,
}

impl Slice {
    /// All of it: as many rows as a database counts.
    pub const ALL: Slice = Slice { skip: 0, take: i64::MAX as u64 };
}

/// Begins a transaction that is going to write. SQLite is told so at once: it waits for another process here, where
/// waiting is possible, and not at the first write, where it would have to fail.
///
/// PostgreSQL was told when it was connected to, or is told here, what others may do meanwhile: whatever its operator has
/// set, each statement sees what was committed by then, and rows are locked where it matters.
pub async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mut options = TransactionOptions::default();
    if db.get_database_backend() == DbBackend::Sqlite {
        options.sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
    }
    let tx = db.begin_with_options(options).await.map_err(not_begun)?;
    if db.get_database_backend() == DbBackend::Postgres
        && let Some(settings) = connect::postgres::at_begin()
    {
        tx.execute_unprepared(&settings).await?;
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
