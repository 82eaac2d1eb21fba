//! What is still to be done is found by its name: ten thousand daily messages that are due at the same moment are not put
//! in order for each of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // PostgreSQL is to take it for questions that ask for names, and for no others: see m0017.
        let asked = match manager.get_database_backend() {
            DbBackend::Postgres => " AND name IS NOT NULL",
            _ => "",
        };
        for step in [
            "DROP INDEX schedule_due",
            &format!("CREATE INDEX schedule_due ON schedule (name, due_at, id) WHERE done_at IS NULL{asked}"),
        ] {
            manager.get_connection().execute_unprepared(step).await?;
        }
        Ok(())
    }
}
