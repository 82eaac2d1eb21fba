//! Throwing away what has been told.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement};

/// Forgets at most `limit` notices that offer nothing and were sent before. Says how many.
pub async fn forget_told_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    forget(db, "sent_at < $1 AND about IS NULL ORDER BY sent_at", time, limit).await
}

/// Forgets at most `limit` notices that were given up before. Says how many.
pub async fn forget_given_up_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    forget(db, "failed_at < $1 ORDER BY failed_at", time, limit).await
}

/// Forgets at most `limit` notices whose choices nobody takes any more, because they were sent before. Says how many.
pub async fn forget_asked_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    forget(db, "sent_at < $1 AND about IS NOT NULL ORDER BY sent_at", time, limit).await
}

async fn forget(db: &impl ConnectionTrait, over: &str, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE {over} LIMIT {limit})");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
