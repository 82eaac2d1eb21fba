//! What is known of an address from which something is heard. Every turn begins with this, so it is one question.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, Statement};

use super::{account, person, session};

/// Where the chat of an address stands, and whose account it is.
#[derive(Debug)]
pub struct Arrival {
    /// None, if they never wrote.
    pub session: Option<session::Model>,
    /// None of a stranger.
    pub known: Option<(account::Model, person::Model)>,
}

/// What is known of this address, and of this one of its tabs.
pub async fn of(db: &impl ConnectionTrait, messenger: &str, (address, tab): (&str, &str)) -> Result<Arrival, DbErr> {
    let columns = [
        columns::<session::Entity>("chat"),
        columns::<account::Entity>("account"),
        columns::<person::Entity>("person"),
    ];
    let sql = format!(
        "SELECT {}
         FROM (SELECT CAST($1 AS TEXT) AS messenger, CAST($2 AS TEXT) AS address) AS here
         LEFT JOIN session chat ON chat.messenger = here.messenger AND chat.address = here.address AND chat.tab = $3
         LEFT JOIN account ON account.messenger = here.messenger AND account.address = here.address
         LEFT JOIN person ON person.id = account.person_id",
        columns.join(", ")
    );
    let values = [messenger.into(), address.into(), tab.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let Some(row) = row else { return Ok(Arrival { session: None, known: None }) };
    let session = part(&row, "chat")?;
    Ok(Arrival { session, known: part(&row, "account")?.zip(part(&row, "person")?) })
}

/// All columns of a table, under names that no other table's have.
fn columns<E: EntityTrait>(table: &str) -> String {
    let columns = E::Column::iter().map(|column| column.as_str().to_owned());
    columns.map(|column| format!("{table}.{column} AS {table}_{column}")).collect::<Vec<_>>().join(", ")
}

/// The part of a row that is of one table, if there was any.
fn part<M: FromQueryResult>(row: &QueryResult, table: &str) -> Result<Option<M>, DbErr> {
    let prefix = format!("{table}_");
    match row.try_get::<Option<i64>>(&prefix, "id")? {
        Some(_) => M::from_query_result(row, &prefix).map(Some),
        None => Ok(None),
    }
}
