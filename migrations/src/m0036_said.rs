//! What was typed last in a chat, so that the same once more never does two deeds.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A "!" at its beginning says that it did something.
        let said = Table::alter().table("session").add_column(text("said").default("")).to_owned();
        manager.alter_table(said).await
    }
}
