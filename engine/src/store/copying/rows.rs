//! Rows of any table, as values that are the same whichever database they are in.

use chrono::{DateTime, NaiveDate, Utc};
use futures::{Stream, StreamExt, TryStreamExt};
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, StreamTrait, Value};

use super::tables::{Holds, Table};

/// A row, column by column.
pub(super) type Row = Vec<Value>;

/// How many rows are sent at once, and how many values: SQLite takes no more than 32,766.
const ROWS: usize = 500;
const VALUES: usize = 30_000;

/// The rows of a table in the order of its key, so many at once: the same number whichever database they are in.
pub(super) async fn batches<'a>(
    tx: &'a DatabaseTransaction,
    table: &'a Table,
) -> Result<impl Stream<Item = Result<Vec<Row>, DbErr>> + use<'a>, DbErr> {
    let backend = ConnectionTrait::get_database_backend(tx);
    let rows = tx.stream_raw(all(table, backend)).await?;
    let rows = rows.map(|row| row.and_then(|row| read(&row, table)));
    Ok(rows.try_chunks(ROWS.min(VALUES / table.columns.len().max(1))).map_err(|cut| cut.1))
}

/// Texts are put in order byte by byte, as SQLite does; a server may have an order of its own.
fn all(table: &Table, backend: DbBackend) -> Statement {
    let columns = table.columns.iter().map(|column| match column.holds {
        // Smaller numbers, too: they are all read as large ones.
        Holds::Number => format!("CAST(\"{}\" AS BIGINT)", column.name),
        _ => format!("\"{}\"", column.name),
    });
    let key = table.key.iter().filter_map(|at| table.columns.get(*at)).map(|column| match column.holds {
        Holds::Text if backend == DbBackend::Postgres => format!("\"{}\" COLLATE \"C\"", column.name),
        _ => format!("\"{}\"", column.name),
    });
    let [columns, key] = [columns.collect::<Vec<_>>(), key.collect()].map(|some| some.join(", "));
    Statement::from_string(backend, format!("SELECT {columns} FROM \"{}\" ORDER BY {key}", table.name))
}

fn read(row: &QueryResult, table: &Table) -> Result<Row, DbErr> {
    let read_one = |(at, holds)| -> Result<Value, DbErr> {
        Ok(match holds {
            Holds::Number => row.try_get_by_index::<Option<i64>>(at)?.into(),
            Holds::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
            Holds::Truth => row.try_get_by_index::<Option<bool>>(at)?.into(),
            Holds::Moment => row.try_get_by_index::<Option<DateTime<Utc>>>(at)?.into(),
            Holds::Day => row.try_get_by_index::<Option<NaiveDate>>(at)?.into(),
        })
    };
    table.columns.iter().map(|column| column.holds).enumerate().map(read_one).collect()
}

/// Inserts these rows.
pub(super) async fn insert(tx: &DatabaseTransaction, table: &Table, rows: Vec<Row>) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert.into_table(Alias::new(&table.name)).columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        let values = row.into_iter().map(Expr::val);
        insert.values(values).map_err(|error| DbErr::Custom(format!("a row of {}: {error}", table.name)))?;
    }
    tx.execute(&insert).await?;
    Ok(())
}
