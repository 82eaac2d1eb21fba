//! How things stand for whoever looks from a browser: by what an open page is told from one that has changed since.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use super::browser::Browser;
use crate::store::account::WAITS_TO_BE_ASKED;

/// How things stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct State {
    /// What the open page goes by; none before the first.
    pub word: Option<String>,
    /// The newest notice that they were sent and have not answered, by its number.
    pub newest: Option<i64>,
    /// How many of these came since they looked at the page of notices in this browser.
    pub unread: i64,
}

pub(super) async fn of(db: &impl ConnectionTrait, browser: &Browser, tab: &str) -> Result<State, DbErr> {
    let sql = format!(
        "SELECT (SELECT word FROM session WHERE messenger = '{WAITS_TO_BE_ASKED}' AND address = $1 AND tab = $4) AS word,
                (SELECT MAX(id) FROM outbox WHERE recipient_id = $2 AND sent_at IS NOT NULL AND answered_at IS NULL) AS newest,
                (SELECT COUNT(*) FROM outbox WHERE recipient_id = $2 AND sent_at IS NOT NULL AND answered_at IS NULL
                   AND sent_at > $3) AS unread"
    );
    let values = [browser.address.clone().into(), browser.person_id.into(), browser.read_at.into(), tab.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(State::find_by_statement(statement).one(db).await?.unwrap_or_default())
}

/// To whom something was sent since then who is known in a browser: their addresses there.
pub(super) async fn told_since(db: &impl ConnectionTrait, time: DateTime<Utc>) -> Result<Vec<String>, DbErr> {
    let sql = format!(
        "SELECT address FROM account WHERE messenger = '{WAITS_TO_BE_ASKED}' AND person_id IN (
             SELECT recipient_id FROM outbox WHERE sent_at >= $1 AND about IS NULL
             UNION SELECT recipient_id FROM outbox WHERE sent_at >= $1 AND about IS NOT NULL)"
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()])).await?;
    rows.into_iter().map(|row| row.try_get_by_index(0)).collect()
}
