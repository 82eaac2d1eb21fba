//! All of a database into an empty one of either kind: from a file to a server when one machine is no longer enough, and
//! back. All or nothing: whatever comes in between, the other database is left as empty as it was.
//!
//! What tables there are follows from the steps that make them, so nothing here knows a table by its name but one: of the
//! processes that work on a database ([`lease`]) nothing is copied.

mod numbers;
mod references;
mod rows;
mod tables;

use std::fmt;

use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, Statement,
    TransactionTrait,
};

use super::schema::{self, Steps};
use super::{connect, lease};
use references::References;
use tables::Table;

/// How much was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Of how many tables.
    pub tables: usize,
    /// How many rows of all.
    pub rows: u64,
}

/// How far it is, for whoever waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage<'a> {
    /// The table that is being done.
    pub table: &'a str,
    /// How many of its rows are done.
    pub rows: u64,
    /// What was copied is compared with what it was copied from; otherwise it is being copied.
    pub compares: bool,
}

/// Why nothing was copied.
#[derive(Debug)]
pub enum NotCopied {
    /// The first database lacks so many steps of this release.
    Behind(usize),
    /// A process works on one of them.
    InUse,
    /// There is something in this table of the second one.
    NotEmpty(String),
    /// What arrived in this table is not what was sent, beginning with this row.
    Differs {
        /// The table.
        table: String,
        /// The number of the row, in the order of the table's key, beginning with 1.
        row: u64,
    },
    /// A database is away, or refuses something.
    Failed(DbErr),
}

impl fmt::Display for NotCopied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotCopied::Behind(steps) => write!(
                f,
                "the database to copy from was left by an older release ({steps} steps behind); run `migrate` on it first"
            ),
            NotCopied::InUse => f.write_str(
                "a process is at work on it; stop it first, so that nothing is done that is not copied (if it was killed, \
                 wait for half a minute)",
            ),
            NotCopied::NotEmpty(table) => {
                write!(f, "the database to copy to is not empty (there is something in {table}); name one that is new")
            }
            NotCopied::Differs { table, row } => write!(
                f,
                "what arrived is not what was sent, beginning with row {row} of {table}; nothing was kept of it. That is a \
                 fault of this program: please report it"
            ),
            NotCopied::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for NotCopied {}

impl From<DbErr> for NotCopied {
    fn from(error: DbErr) -> NotCopied {
        NotCopied::Failed(error)
    }
}

/// Copies everything, compares it row by row, and only then commits. Both are databases of the bot that has these tables,
/// the second one up to date. `tell` hears how far it is.
///
/// # Errors
/// See [`NotCopied`]: then the second database is as it was.
pub async fn copy(
    from: &DatabaseConnection,
    to: &DatabaseConnection,
    bot: Steps,
    now: DateTime<Utc>,
    tell: &mut (dyn FnMut(Stage<'_>) + Send),
) -> Result<Copied, NotCopied> {
    let _unhurried = connect::unhurried();
    match schema::pending(from, bot).await? {
        0 => {}
        steps => return Err(NotCopied::Behind(steps)),
    }
    let tables = tables::of(bot).await?;
    let source = snapshot(from).await?;
    let target = super::begin(to).await?;
    for side in [&source, &target] {
        without_haste(side).await?;
        if lease::held(side, "", now).await? > 0 {
            return Err(NotCopied::InUse);
        }
    }
    let references = References::let_go(&target, &tables).await?;
    if let Some(table) = first_with_rows(&target, &tables).await? {
        return Err(NotCopied::NotEmpty(table));
    }
    forget_what_they_are_born_with(&target, &tables).await?;
    let mut copied = Copied { tables: tables.len(), rows: 0 };
    for table in &tables {
        copied.rows += send(&source, &target, table, tell).await?;
        numbers::go_on(&source, &target, table).await?;
    }
    references.hold_again(&target).await?;
    for table in &tables {
        compare(&source, &target, table, tell).await?;
    }
    target.commit().await?;
    source.rollback().await?;
    if to.get_database_backend() == DbBackend::Postgres {
        // A server that has never looked at its tables takes them for empty; it would look by itself in a minute.
        to.execute_unprepared("ANALYZE").await?;
    }
    Ok(copied)
}

/// All as it is at one moment.
async fn snapshot(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    match db.get_database_backend() {
        DbBackend::Postgres => {
            db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await
        }
        _ => db.begin().await,
    }
}

/// Long tables take long.
async fn without_haste(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let limits = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
        let none = limits.map(|limit| format!("SET LOCAL {limit} = 0")).join("; ");
        tx.execute_unprepared(&none).await?;
    }
    Ok(())
}

/// The first of these tables in which there is something beside what the steps have put there.
async fn first_with_rows(tx: &DatabaseTransaction, tables: &[Table]) -> Result<Option<String>, DbErr> {
    for table in tables {
        let any = format!("SELECT 1 FROM \"{}\" LIMIT 1 OFFSET {}", table.name, table.born_with);
        if tx.query_one_raw(Statement::from_string(tx.get_database_backend(), any)).await?.is_some() {
            return Ok(Some(table.name.clone()));
        }
    }
    Ok(None)
}

/// What the steps have put there comes from the other database as it is by now.
async fn forget_what_they_are_born_with(tx: &DatabaseTransaction, tables: &[Table]) -> Result<(), DbErr> {
    for table in tables.iter().filter(|table| table.born_with > 0) {
        tx.execute_unprepared(&format!("DELETE FROM \"{}\"", table.name)).await?;
    }
    Ok(())
}

/// Sends the rows of a table. Says how many they were.
async fn send(
    source: &DatabaseTransaction,
    target: &DatabaseTransaction,
    table: &Table,
    tell: &mut (dyn FnMut(Stage<'_>) + Send),
) -> Result<u64, NotCopied> {
    let mut sent = 0;
    let mut batches = std::pin::pin!(rows::batches(source, table).await?);
    while let Some(batch) = batches.try_next().await? {
        sent += batch.len() as u64;
        rows::insert(target, table, batch).await?;
        tell(Stage { table: &table.name, rows: sent, compares: false });
    }
    Ok(sent)
}

/// Compares the rows of a table with what was sent.
async fn compare(
    source: &DatabaseTransaction,
    target: &DatabaseTransaction,
    table: &Table,
    tell: &mut (dyn FnMut(Stage<'_>) + Send),
) -> Result<(), NotCopied> {
    let mut compared = 0;
    let mut sent = std::pin::pin!(rows::batches(source, table).await?);
    let mut arrived = std::pin::pin!(rows::batches(target, table).await?);
    loop {
        match (sent.try_next().await?, arrived.try_next().await?) {
            (None, None) => return Ok(()),
            (Some(sent), Some(arrived)) if sent == arrived => compared += sent.len() as u64,
            (sent, arrived) => {
                let (sent, arrived) = (sent.unwrap_or_default(), arrived.unwrap_or_default());
                let same = sent.iter().zip(&arrived).take_while(|(one, other)| one == other).count();
                return Err(NotCopied::Differs { table: table.name.clone(), row: compared + same as u64 + 1 });
            }
        }
        tell(Stage { table: &table.name, rows: compared, compares: true });
    }
}
