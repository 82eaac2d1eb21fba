//! Everything that stands in a database, whatever its tables are: found by asking the database for them.
#![allow(dead_code, reason = "each integration test uses its own part of this")]

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// The names of all tables, and of their columns in their order.
pub async fn tables(db: &DatabaseConnection) -> BTreeMap<String, Vec<String>> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
             ORDER BY table_name, ordinal_position"
        }
        _ => {
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the columns") {
        let (table, column): (String, String) =
            (row.try_get_by_index(0).expect("a table"), row.try_get_by_index(1).expect("a column"));
        tables.entry(table).or_default().push(column);
    }
    tables
}

/// Where one of these words stands, in whatever case: the table, the column, and all that is written there.
pub async fn places(db: &DatabaseConnection, words: &[&str]) -> Vec<(String, String, String)> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut found = Vec::new();
    for (table, columns) in tables(db).await {
        for column in columns {
            let sql = format!("SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
            let rows =
                db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the rows");
            for row in rows {
                let text: String = row.try_get_by_index(0).expect("a text");
                let lower = text.to_lowercase();
                if words.iter().any(|word| lower.contains(word)) {
                    found.push((table.clone(), column.clone(), text));
                }
            }
        }
    }
    found
}
