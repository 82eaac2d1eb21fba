//! How much waits, for whoever watches over the bot.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

/// What waits for one messenger.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    /// None: for members who can't be reached at present.
    pub messenger: Option<String>,
    pub rows: i64,
    /// Since when the oldest of them could have been sent. What is planned for later is not overdue.
    pub due_since: Option<DateTime<Utc>>,
}

/// What waits, by messenger. What is planned for later is counted, but it is not old.
pub async fn by_messenger(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Waiting>, DbErr> {
    let sql = "SELECT messenger, COUNT(*) AS rows,
                      MIN(CASE WHEN attempts > 0 OR due_at <= $1 THEN created_at END) AS due_since
               FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL GROUP BY messenger";
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, [now.into()]);
    Waiting::find_by_statement(asked).all(db).await
}
