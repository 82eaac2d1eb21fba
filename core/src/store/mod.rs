//! What mutual aid keeps: SeaORM entities and plain functions over them, one file a table, beside the tables of the engine.
//!
//! Here, and in the engine's store, SQL is known, and nowhere else. A function takes `&impl ConnectionTrait`, so it runs in
//! whatever transaction its caller has open; the caller decides what belongs together. The database itself refuses what
//! would break an invariant (`migrations/`); callers tell such an error with [`is_unique_violation`].
//! Nothing here loops over queries: a list of thousands costs as many statements as a list of five.
//!
//! On PostgreSQL an error spoils the transaction that it happened in: nothing more can be done in it but roll back.

use sea_orm::{DatabaseConnection, DbErr};

pub mod acquaintance;
pub mod announcement;
pub mod chain;
pub mod clearing;
pub mod clearing_consent;
pub mod collection;
pub mod commitment;
pub mod community;
pub mod digest_item;
pub mod group;
pub mod guarantee;
pub mod hearing;
pub mod idle;
pub mod initiative;
pub mod invite;
pub mod invite_use;
pub mod journal;
pub mod member;
pub mod namesake;
pub mod network;
pub mod notification;
pub mod paid_directly;
pub mod payment_detail;
pub mod pool;
pub mod program;
pub mod program_reply;
pub mod set_off;
pub mod sight;
pub mod telling;
pub mod tie;
pub mod trust_list;

pub use exodus_engine::store::{
    CONNECTIONS, Slice, Trouble, account, address, begin, begin_repeatable, chat, connect, connect_with,
    has_one_writer, is_unique_violation, lease, many, matrix, opening, outbox, pause, person, schedule, schema,
    seen_update, session, telegram, trial, web,
};

/// The steps that make the tables of mutual aid.
pub const STEPS: schema::Steps = ::migrations::steps;

/// Brings the schema of mutual aid up to date: [`schema::migrate`] with [`STEPS`].
///
/// # Errors
/// As there.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    schema::migrate(db, STEPS).await
}

/// A text that this release can't read in a column that only it writes: the database is newer, or was edited by hand.
fn unreadable(column: &str, found: &str) -> DbErr {
    DbErr::Type(format!("{column} is {found:?}, which this release doesn't know"))
}
