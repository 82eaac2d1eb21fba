//! How things stand for whoever looks from a browser: by what an open page is told from one that has changed since.

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

pub(super) async fn of(db: &impl ConnectionTrait, browser: &Browser) -> Result<State, DbErr> {
    let sql = format!(
        "SELECT (SELECT word FROM session WHERE messenger = '{WAITS_TO_BE_ASKED}' AND address = $1) AS word,
                (SELECT MAX(id) FROM outbox WHERE recipient_id = $2 AND sent_at IS NOT NULL AND answered_at IS NULL) AS newest,
                (SELECT COUNT(*) FROM outbox WHERE recipient_id = $2 AND sent_at IS NOT NULL AND answered_at IS NULL
                   AND sent_at > $3) AS unread"
    );
    let values = [browser.address.clone().into(), browser.person_id.into(), browser.read_at.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(State::find_by_statement(statement).one(db).await?.unwrap_or_default())
}
