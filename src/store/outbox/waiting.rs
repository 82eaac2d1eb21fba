//! How much waits, for whoever watches over the bot.

use chrono::{DateTime, Utc};
use sea_orm::Statement;
use sea_orm::entity::prelude::*;

/// What waits for one messenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// None: for members who can't be reached at present.
    pub messenger: Option<String>,
    pub rows: u64,
    /// Since when the oldest of them could have been sent. None: all are planned for later.
    pub due_since: Option<DateTime<Utc>>,
}

/// What waits, by messenger.
pub async fn by_messenger(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Waiting>, DbErr> {
    // When a row was first due follows from when it expires: `due_at` moves on with each attempt.
    let sql = "SELECT messenger, COUNT(*), MIN(CASE WHEN attempts > 0 OR due_at <= $1 THEN expires_at END)
               FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL GROUP BY messenger";
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, [now.into()]);
    let rows = db.query_all_raw(asked).await?;
    rows.iter()
        .map(|row| {
            let (rows, expires): (i64, Option<DateTime<Utc>>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            Ok(Waiting {
                messenger: row.try_get_by_index(0)?,
                rows: rows.unsigned_abs(),
                due_since: expires.map(|expires| expires - super::KEPT),
            })
        })
        .collect()
}
