//! What tables say of each other. Rows come table by table, and two tables may refer to each other, so for as long as that
//! takes no reference is looked at; at the end all are.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

use super::tables::Table;

/// The references that were let go of.
pub(super) struct References(Vec<Reference>);

struct Reference {
    table: String,
    name: String,
    definition: String,
}

impl References {
    /// Looks at none until [`References::hold_again`]; SQLite, until the transaction is committed. From now on nobody else
    /// gets at these tables.
    pub async fn let_go(tx: &DatabaseTransaction, tables: &[Table]) -> Result<References, DbErr> {
        if tx.get_database_backend() != DbBackend::Postgres {
            tx.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
            return Ok(References(Vec::new()));
        }
        let names: Vec<String> = tables.iter().map(|table| format!("\"{}\"", table.name)).collect();
        tx.execute_unprepared(&format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", names.join(", "))).await?;
        let found = References::of(tx, tables).await?;
        for Reference { table, name, .. } in &found {
            tx.execute_unprepared(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}")).await?;
        }
        Ok(References(found))
    }

    async fn of(tx: &DatabaseTransaction, tables: &[Table]) -> Result<Vec<Reference>, DbErr> {
        let sql =
            "SELECT part.relname AS plain, quote_ident(part.relname) AS in_table, quote_ident(rule.conname) AS name,
                          pg_get_constraintdef(rule.oid) AS definition
                   FROM pg_constraint rule JOIN pg_class part ON part.oid = rule.conrelid
                   WHERE rule.contype = 'f' AND rule.connamespace = CAST(current_schema() AS regnamespace)
                   ORDER BY rule.oid";
        let rows = tx.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let mut found = Vec::new();
        for row in rows {
            let plain: String = row.try_get("", "plain")?;
            if tables.iter().any(|table| table.name == plain) {
                let [table, name, definition] =
                    ["in_table", "name", "definition"].map(|column| row.try_get("", column));
                found.push(Reference { table: table?, name: name?, definition: definition? });
            }
        }
        Ok(found)
    }

    /// Looks at all again, and at every row.
    pub async fn hold_again(self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        for Reference { table, name, definition } in self.0 {
            tx.execute_unprepared(&format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")).await?;
        }
        Ok(())
    }
}
