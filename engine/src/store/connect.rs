//! Opening a database: how many connections there are, what they are told, and when one of them is closed.

use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, SqlxSqliteConnector};

use super::address;

mod hindrance;
pub(super) mod postgres;
mod relay;
mod session;
mod sharing;
mod sqlite;
mod trust;

pub(crate) use hindrance::hindrance;
pub(super) use relay::unhurried;

/// How many connections a process holds to PostgreSQL when nobody says otherwise.
pub const CONNECTIONS: u32 = 10;

/// Opens the database at `url` (`sqlite://file.db`, `sqlite::memory:`, `postgres://...`).
///
/// # Errors
/// It can't be reached, or is none that can be worked on.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).record_stmt_in_spans(false);
    if url.starts_with("sqlite:") {
        sqlite::prepare(&mut options, address::makes_a_file(url));
        return SqlxSqliteConnector::connect(options).await;
    }
    postgres::connect(options, CONNECTIONS).await
}

/// The same with so many connections to PostgreSQL at most, or as many of them as the server lets us have.
///
/// # Errors
/// As [`connect`].
pub async fn connect_with(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    if url.starts_with("sqlite:") {
        return connect(url).await;
    }
    let allowed = postgres::allowed(url, connections).await?;
    if allowed < connections {
        tracing::warn!(
            connections = allowed,
            wanted = connections,
            "the database server lets us have only so many connections"
        );
    }
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).record_stmt_in_spans(false);
    if allowed < connections {
        // They are scarce: what we have, we keep.
        options.min_connections(allowed);
    }
    postgres::connect(options, allowed).await
}
