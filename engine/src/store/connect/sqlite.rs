//! SQLite gets exactly one connection: its writers would exclude each other anyway, and the pool's queue is fair where
//! waiting for a locked file is not. A file that does not exist is made. A commit is on the disk when it returns.

use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection};

/// How long SQLite waits for another program that writes to the same file. Whatever takes longer is tried again; meanwhile
/// it can be told that it waits.
const BUSY: Duration = Duration::from_secs(5);

/// So many statements are kept compiled: all that are asked again and again. To compile the longest takes longer than to run
/// it.
const STATEMENTS: usize = 400;

pub(super) fn prepare(options: &mut ConnectOptions, makes_a_file: bool) {
    options
        .max_connections(1)
        .min_connections(1)
        // An in-memory database lives as long as its only connection.
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .acquire_timeout(Duration::from_secs(60))
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(makes_a_file)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY)
                .statement_cache_capacity(STATEMENTS)
        })
        .map_sqlx_sqlite_pool_opts(|pool| {
            pool.acquire_slow_threshold(Duration::MAX).after_release(|connection, _| Box::pin(is_clean(connection)))
        });
}

/// Whether nothing is left open on a connection that somebody has done with; otherwise it is closed, and the next one opens
/// the file anew.
///
/// When a commit fails because the disk is full, SQLite has rolled back by itself, and the driver takes the transaction for
/// open ever after: what follows would go into a transaction that nobody commits, and seem to be kept.
async fn is_clean(connection: &mut sqlx::SqliteConnection) -> Result<bool, sqlx::Error> {
    if connection.is_in_transaction() {
        // A transaction that was dropped is rolled back in the background: this comes after that.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}
