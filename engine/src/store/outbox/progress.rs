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

/// Notices of one kind that were given up for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failures {
    /// The kind of the notices.
    pub kind: String,
    /// What came in the way, in so few words that nothing of what was to be said is among them.
    pub why: String,
    /// How many there are.
    pub count: u64,
}

/// What was given up, and why, the most frequent first: so many kinds and reasons at most.
pub async fn failures(db: &impl ConnectionTrait) -> Result<Vec<Failures>, DbErr> {
    let sql = "SELECT kind, failure, COUNT(*) AS count FROM outbox WHERE failed_at IS NOT NULL
               GROUP BY kind, failure ORDER BY count DESC, kind LIMIT 50";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let failures = rows.iter().map(|row| {
        let (kind, why, count): (String, Option<String>, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        // A messenger may quote what it refuses, behind what it says of it.
        let why = why.unwrap_or_default();
        let why = why.split([':', '"', '“', '«', '\n']).next().unwrap_or_default().trim().chars().take(60).collect();
        Ok(Failures { kind, why, count: count.unsigned_abs() })
    });
    failures.collect()
}
