//! What is still to be done is found by its name: ten thousand daily messages that are due at the same moment are not put
//! in order for each of them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for step in [
            "DROP INDEX schedule_due",
            "CREATE INDEX schedule_due ON schedule (name, due_at, id) WHERE done_at IS NULL",
        ] {
            manager.get_connection().execute_unprepared(step).await?;
        }
        Ok(())
    }
}
