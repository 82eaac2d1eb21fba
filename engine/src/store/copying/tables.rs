//! What tables there are, and of what their columns are: as the steps make them in an empty database.

use sea_orm::{ConnectionTrait, DbErr, EntityName, Statement};

use crate::store::schema::{self, NOTED_IN, Steps};
use crate::store::{connect, lease};

/// A table.
pub(super) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// Which of the columns its key has, in their order.
    pub key: Vec<usize>,
    /// How many rows the steps themselves have put there.
    pub born_with: u64,
}

/// A column.
pub(super) struct Column {
    pub name: String,
    pub holds: Holds,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Number,
    Text,
    Truth,
    Moment,
    Day,
}

impl Holds {
    /// By what a column is declared as in SQLite.
    fn of(declared: &str) -> Option<Holds> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "integer" | "bigint" | "smallint" => Holds::Number,
            "text" | "varchar" => Holds::Text,
            "boolean" => Holds::Truth,
            "timestamp_with_timezone_text" => Holds::Moment,
            "date_text" => Holds::Day,
            _ => return None,
        })
    }
}

/// All tables whose rows are copied, by their names.
pub(super) async fn of(bot: Steps) -> Result<Vec<Table>, DbErr> {
    let db = connect("sqlite::memory:").await?;
    schema::migrate(&db, bot).await?;
    let columns = "SELECT made.name AS in_table, part.name AS name, part.type AS declared, part.pk AS place
                   FROM sqlite_master made JOIN pragma_table_info(made.name) part
                   WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite%' ORDER BY made.name, part.cid";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), columns)).await?;
    let mut tables: Vec<(Table, Vec<(i64, usize)>)> = Vec::new();
    for row in rows {
        let (table, name, declared): (String, String, String) =
            (row.try_get("", "in_table")?, row.try_get("", "name")?, row.try_get("", "declared")?);
        if table == lease::Entity.table_name() || NOTED_IN.contains(&table.as_str()) {
            continue;
        }
        let unknown = || DbErr::Custom(format!("{table}.{name} is declared as {declared}, which can't be copied"));
        let column = Column { holds: Holds::of(&declared).ok_or_else(unknown)?, name };
        let place: i64 = row.try_get("", "place")?;
        if tables.last().is_none_or(|(last, _)| last.name != table) {
            let born_with = count(&db, &table).await?;
            tables.push((Table { name: table, columns: Vec::new(), key: Vec::new(), born_with }, Vec::new()));
        }
        if let Some((table, key)) = tables.last_mut() {
            if place > 0 {
                key.push((place, table.columns.len()));
            }
            table.columns.push(column);
        }
    }
    db.close().await?;
    Ok(tables.into_iter().map(|(table, key)| table.with_key(key)).collect())
}

async fn count(db: &impl ConnectionTrait, table: &str) -> Result<u64, DbErr> {
    let sql = format!("SELECT COUNT(*) FROM \"{table}\"");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

impl Table {
    /// The same, with the columns of its key by their places there.
    fn with_key(self, mut key: Vec<(i64, usize)>) -> Table {
        key.sort_unstable();
        Table { key: key.into_iter().map(|(_, column)| column).collect(), ..self }
    }
}
