//! The journal stands alone. Its rows are written in the transaction that makes or changes what they tell of, and nothing
//! that they name is ever deleted, so checking that it is there told nobody anything, and cost PostgreSQL more than
//! writing the rows. Nor has anybody asked for a collection's story yet.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// SQLite can't take a reference off a table, so this makes the table anew.
const ON_SQLITE: [&str; 5] = [
    "CREATE TABLE journal_alone (
         id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
         at timestamp_with_timezone_text NOT NULL,
         actor_id bigint,
         what text NOT NULL,
         collection_id bigint,
         commitment_id bigint,
         facts text NOT NULL DEFAULT ''
     )",
    "INSERT INTO journal_alone SELECT id, at, actor_id, what, collection_id, commitment_id, facts FROM journal",
    "DROP TABLE journal",
    "ALTER TABLE journal_alone RENAME TO journal",
    "CREATE INDEX journal_commitment ON journal (commitment_id)",
];

const ON_POSTGRES: [&str; 4] = [
    "ALTER TABLE journal DROP CONSTRAINT IF EXISTS journal_actor_id_fkey",
    "ALTER TABLE journal DROP CONSTRAINT IF EXISTS journal_collection_id_fkey",
    "ALTER TABLE journal DROP CONSTRAINT IF EXISTS journal_commitment_id_fkey",
    "DROP INDEX journal_collection",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let steps: &[&str] = match manager.get_database_backend() {
            DbBackend::Sqlite => &ON_SQLITE,
            _ => &ON_POSTGRES,
        };
        for step in steps {
            manager.get_connection().execute_unprepared(step).await?;
        }
        Ok(())
    }
}
