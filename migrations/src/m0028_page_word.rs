//! What a page goes by: a word that is drawn for each, so that its buttons mean this page and never another one, also in
//! an older copy of the database.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let word = Table::alter().table("session").add_column(text("word").default("")).to_owned();
        manager.alter_table(word).await?;
        // The buttons of pages that are open now carry their revision.
        manager.get_connection().execute_unprepared("UPDATE session SET word = CAST(rev AS TEXT)").await?;
        Ok(())
    }
}
