//! Opening a database: what its connections are told, how many there are, and when one of them is closed.

use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};

pub(super) mod postgres;
use super::address;

mod sqlite;

/// Opens the database at `url` (`sqlite://file.db`, `sqlite::memory:`, `postgres://...`).
///
/// # Errors
/// It can't be reached, or is none that can be opened.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).record_stmt_in_spans(false);
    if url.starts_with("sqlite:") {
        sqlite::prepare(&mut options, address::makes_a_file(url));
        return SqlxSqliteConnector::connect(options).await;
    }
    postgres::prepare(&mut options);
    SqlxPostgresConnector::connect(options).await
}
