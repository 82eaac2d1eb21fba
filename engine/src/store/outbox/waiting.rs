//! How much waits, for whoever watches over the bot.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, Statement};

use super::{Column, Entity};

/// What waits for one messenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// None: for people who can't be reached at present.
    pub messenger: Option<String>,
    /// How many there are.
    pub rows: u64,
    /// Since when the oldest of them could have been sent. None: all are planned for later, or can't be sent at all.
    pub due_since: Option<DateTime<Utc>>,
}

/// When the next thing is due, after this time, for somebody who can be reached. (What a group is shown, its card above all, says
/// what is so by then, and can wait.)
pub async fn next_due_after(db: &impl ConnectionTrait, time: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, DbErr> {
    let waiting = Entity::find().select_only().column(Column::DueAt).filter(Column::DueAt.gt(time));
    let waiting = waiting.filter(Column::SentAt.is_null()).filter(Column::FailedAt.is_null());
    let to_people = Expr::cust("NOT EXISTS (SELECT 1 FROM chat c WHERE c.person_id = outbox.recipient_id)");
    let waiting = waiting.filter(Column::Messenger.is_not_null()).filter(to_people);
    waiting.order_by_asc(Column::DueAt).limit(1).into_tuple().one(db).await
}

/// What waits, by messenger. A few statements, for whatever number of rows; the indexes of what waits answer them.
pub async fn by_messenger(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Waiting>, DbErr> {
    let sql = "SELECT messenger, COUNT(*) FROM outbox
               WHERE sent_at IS NULL AND failed_at IS NULL GROUP BY messenger ORDER BY messenger";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let mut waiting = Vec::new();
    for row in rows {
        let (messenger, rows): (Option<String>, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let due_since = match &messenger {
            Some(messenger) => oldest(db, messenger, now).await?,
            None => None,
        };
        waiting.push(Waiting { messenger, rows: rows.unsigned_abs(), due_since });
    }
    Ok(waiting)
}

/// The kinds of what waits that are none of these, and since when the first of each is due: those that were due before then.
pub async fn of_other_kinds(
    db: &impl ConnectionTrait,
    kinds: &[&str],
    before: DateTime<Utc>,
) -> Result<Vec<(String, DateTime<Utc>)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(Column::DueAt.min(), "since")
        .filter(Column::SentAt.is_null())
        .filter(Column::FailedAt.is_null())
        .filter(Column::Kind.is_not_in(kinds.iter().copied()))
        .filter(Column::DueAt.lt(before))
        .group_by(Column::Kind)
        .order_by_asc(Column::Kind)
        .into_tuple()
        .all(db)
        .await
}

/// When the oldest row for this messenger that could be sent was first due. That follows from when it expires: `due_at`
/// moves on with each attempt.
async fn oldest(
    db: &impl ConnectionTrait,
    messenger: &str,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    // COALESCE keeps the database from sorting all of the messenger's rows: the first in the order of their ends is near.
    let sql = "SELECT expires_at FROM outbox
               WHERE sent_at IS NULL AND failed_at IS NULL AND expires_at IS NOT NULL
                 AND (attempts > 0 OR due_at <= $1) AND COALESCE(messenger, '') = $2
               ORDER BY expires_at LIMIT 1";
    let values = [now.into(), messenger.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let expires: Option<DateTime<Utc>> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(expires.map(|expires| expires - super::KEPT))
}
