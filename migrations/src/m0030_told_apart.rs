//! What is told apart: a member, a collection and a commitment of the same number, by what a notice's row says that it is
//! about; and a reply to the open page from one to any other message.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            // The message that shows the open page.
            "ALTER TABLE session ADD COLUMN message TEXT",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
