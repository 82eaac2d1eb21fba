//! The numbers that a database gives to new rows by itself: none is given twice, also when the row that had the greatest one
//! is gone.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, Value};

use super::tables::{Holds, Table};

/// Has the numbers of a table go on where they have come to.
pub(super) async fn go_on(
    source: &DatabaseTransaction,
    target: &DatabaseTransaction,
    table: &Table,
) -> Result<(), DbErr> {
    match last(source, table).await? {
        Some(last) => set(target, table, last).await,
        None => Ok(()),
    }
}

/// The column that is numbered: a number that is all of the key.
fn numbered(table: &Table) -> Option<&str> {
    let &[at] = table.key.as_slice() else { return None };
    table.columns.get(at).filter(|column| column.holds == Holds::Number).map(|column| column.name.as_str())
}

/// The last number that was given; `None`: none was yet, or the table's rows are not numbered by the database.
async fn last(tx: &DatabaseTransaction, table: &Table) -> Result<Option<i64>, DbErr> {
    let Some(column) = numbered(table) else { return Ok(None) };
    let name = &table.name;
    let (sql, values): (String, Vec<Value>) = match tx.get_database_backend() {
        DbBackend::Postgres => {
            let Some(sequence) = sequence(tx, name, column).await? else { return Ok(None) };
            (format!("SELECT last_value FROM {sequence} WHERE is_called"), Vec::new())
        }
        _ => ("SELECT seq FROM sqlite_sequence WHERE name = $1".to_owned(), vec![name.as_str().into()]),
    };
    let row = tx.query_one_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

async fn set(tx: &DatabaseTransaction, table: &Table, last: i64) -> Result<(), DbErr> {
    let Some(column) = numbered(table) else { return Ok(()) };
    let name = &table.name;
    let backend = tx.get_database_backend();
    if backend == DbBackend::Postgres {
        let Some(sequence) = sequence(tx, name, column).await? else { return Ok(()) };
        let values = [sequence.into(), last.into()];
        let set = Statement::from_sql_and_values(backend, "SELECT setval(CAST($1 AS regclass), $2)", values);
        return tx.query_one_raw(set).await.map(drop);
    }
    // SQLite has a row there as soon as one was inserted.
    for sql in [
        "DELETE FROM sqlite_sequence WHERE name = $1 AND $2 = $2",
        "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)",
    ] {
        let values = [name.as_str().into(), last.into()];
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

/// What PostgreSQL calls the numbers of a column.
async fn sequence(tx: &DatabaseTransaction, table: &str, column: &str) -> Result<Option<String>, DbErr> {
    let sql = "SELECT pg_get_serial_sequence(quote_ident($1), $2)";
    let values = [table.into(), column.into()];
    let row = tx.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    row.map_or(Ok(None), |row| row.try_get_by_index(0))
}
