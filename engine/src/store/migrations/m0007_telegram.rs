//! Which bot at Telegram this was: another one's messages and updates are numbered anew.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let bot = Table::create()
            .table("telegram_bot")
            // There is one row: 1.
            .col(integer("id").primary_key())
            .col(big_integer("bot_id"))
            // Its name there, without `@`.
            .col(text("username"))
            .to_owned();
        manager.create_table(bot).await
    }
}
