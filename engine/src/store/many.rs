//! Many rows at once: adding them, and asking for them by their ids.

use sea_orm::sea_query::{Expr, Value};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityName, EntityTrait, Iden,
    Iterable, Statement,
};
use serde_json::{Map, Value as Json};

use crate::id::Id;

/// How many rows one statement takes, so that it stays below the number of values that databases allow.
const AT_ONCE: usize = 1_000;

/// That a column holds one of these ids.
///
/// PostgreSQL gets them as one value, so that the statement is the same for any number of them, and is prepared once.
pub fn one_of<Of>(db: &impl ConnectionTrait, column: impl ColumnTrait, ids: impl IntoIterator<Item = Id<Of>>) -> Expr {
    if db.get_database_backend() != DbBackend::Postgres {
        return column.is_in(ids);
    }
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    let ids = Expr::val(format!("{{{}}}", ids.join(",")));
    Expr::cust_with_exprs("$1 = ANY(CAST($2 AS bigint[]))", [column.into_expr(), ids])
}

/// What holds of a column with one of these ids, for SQL that is written out: the condition, and its value, which is `$1`.
pub fn among<Of>(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = Id<Of>>) -> (&'static str, Value) {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    let ids = ids.join(",");
    match db.get_database_backend() {
        DbBackend::Postgres => ("= ANY(CAST($1 AS bigint[]))", format!("{{{ids}}}").into()),
        _ => ("IN (SELECT value FROM json_each($1))", format!("[{ids}]").into()),
    }
}

/// The rows of a JSON array that is `$1`, each as `value`, to select from: a statement that is the same for any number of them,
/// and is prepared once. A field of a row that is an array itself is `value ->> 0`.
pub fn each_of_json(db: &impl ConnectionTrait) -> &'static str {
    match db.get_database_backend() {
        DbBackend::Postgres => "json_array_elements(CAST($1 AS json)) AS one(value)",
        _ => "json_each($1)",
    }
}

/// Adds all of these, which have the same columns set; an empty list costs nothing.
///
/// PostgreSQL gets them as one JSON value: a statement that is the same for any number of rows is prepared once, and is
/// twice as fast as one with thousands of values. For SQLite the values are faster.
pub async fn insert<A>(db: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Clone,
{
    if db.get_database_backend() == DbBackend::Postgres {
        return insert_json(db, &rows).await;
    }
    for rows in rows.chunks(AT_ONCE) {
        A::Entity::insert_many(rows.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

async fn insert_json<A: ActiveModelTrait>(db: &impl ConnectionTrait, rows: &[A]) -> Result<(), DbErr> {
    let Some(first) = rows.first() else { return Ok(()) };
    let columns: Vec<_> =
        <A::Entity as EntityTrait>::Column::iter().filter(|column| first.get(*column).is_set()).collect();
    let mut objects = Vec::with_capacity(rows.len());
    for row in rows {
        let mut object = Map::new();
        for column in &columns {
            let ActiveValue::Set(value) = row.get(*column) else { continue };
            object.insert(column.unquoted().to_owned(), json(value)?);
        }
        objects.push(Json::Object(object));
    }
    let (table, names) = (A::Entity::default(), columns.iter().map(Iden::unquoted).collect::<Vec<_>>().join(", "));
    let table = table.table_name();
    let sql = format!(
        "INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(CAST(NULL AS {table}), CAST($1 AS json))"
    );
    let objects = Json::Array(objects).to_string();
    db.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [objects.into()])).await?;
    Ok(())
}

/// A value as PostgreSQL reads it from JSON into a column of its kind.
fn json(value: Value) -> Result<Json, DbErr> {
    Ok(match value {
        Value::Bool(value) => value.into(),
        Value::SmallInt(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::BigInt(value) => value.into(),
        Value::String(value) => value.into(),
        Value::ChronoDate(value) => value.map(|date| date.to_string()).into(),
        Value::ChronoDateTimeUtc(value) => value.map(|time| time.to_rfc3339()).into(),
        other => return Err(DbErr::Type(format!("{other:?} has no JSON of ours"))),
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;

    #[test]
    fn values_keep_all_of_themselves() {
        let moment: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::nanoseconds(1_234_567_000);
        for (value, expected) in [
            (Value::from(true), "true"),
            (Value::from(i64::MAX), "9223372036854775807"),
            (Value::from("it's \"x\" \u{0001}"), r#""it's \"x\" \u0001""#),
            (Value::from(None::<String>), "null"),
            (Value::from(moment), r#""1970-01-01T00:00:01.234567+00:00""#),
        ] {
            assert_eq!(json(value).expect("a value").to_string(), expected);
        }
        assert!(json(Value::from(1.5_f64)).is_err());
    }
}
