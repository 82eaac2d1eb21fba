//! How far something has come that is told to all, and what was given up.

use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, Statement};

/// What became of the notices of one record that go to all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// So many went out.
    pub sent: u64,
    /// So many wait to be sent.
    pub waiting: u64,
    /// So many were given up, though their reader could be reached.
    pub failed: u64,
    /// So many readers can't be reached, or could not as long as it was tried.
    pub unreachable: u64,
}

/// How far what is told of this record has come, of which everybody is told as [`TO_ALL`](super::TO_ALL). One statement. What
/// was thrown away by then is not counted.
pub async fn sent_of(db: &impl ConnectionTrait, record: &str) -> Result<Sent, DbErr> {
    // The words are those of the index that holds just these rows.
    let sql = "SELECT COUNT(sent_at),
                      COUNT(CASE WHEN sent_at IS NULL AND failed_at IS NULL AND messenger IS NOT NULL THEN 1 END),
                      COUNT(CASE WHEN failed_at IS NOT NULL AND messenger IS NOT NULL THEN 1 END),
                      COUNT(CASE WHEN sent_at IS NULL AND messenger IS NULL THEN 1 END)
               FROM outbox WHERE record = $1 AND priority = 2 AND record IS NOT NULL";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [record.into()]);
    let Some(row) = db.query_one_raw(statement).await? else { return Ok(Sent::default()) };
    let count = |place: usize| row.try_get_by_index::<i64>(place).map(i64::unsigned_abs);
    Ok(Sent { sent: count(0)?, waiting: count(1)?, failed: count(2)?, unreachable: count(3)? })
}

/// How many notices were given up, of those that are still kept; but for those of this kind that were so many days old by then: what
/// they told of was over.
pub async fn given_up(db: &impl ConnectionTrait, (kind, days): (&str, u32)) -> Result<u64, DbErr> {
    let backend = db.get_database_backend();
    let is_over = match backend {
        DbBackend::Postgres => format!("failed_at >= created_at + INTERVAL '{days} days'"),
        _ => format!("julianday(failed_at) >= julianday(created_at) + {days}"),
    };
    let sql = format!("SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL AND NOT (kind = $1 AND {is_over})");
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, [kind.into()])).await?;
    let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}
