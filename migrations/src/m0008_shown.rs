//! What is known to have been shown: the message that a notice became, and the page that a chat has before it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The messenger's id of the message that shows the notice, so that a reply to it is understood.
        let message = Table::alter().table("outbox").add_column(text_null("message")).to_owned();
        manager.alter_table(message).await?;
        // The revision of the page that is known to have been shown; a page with a later one may have got lost.
        let shown = Table::alter().table("session").add_column(big_integer("shown").default(0)).to_owned();
        manager.alter_table(shown).await?;
        // The line above that page, as JSON: shown again with it.
        let saying = Table::alter().table("session").add_column(text_null("saying")).to_owned();
        manager.alter_table(saying).await?;

        let db = manager.get_connection();
        // Whatever got lost before this step is long forgotten.
        db.execute_unprepared("UPDATE session SET shown = rev").await?;
        db.execute_unprepared(
            "CREATE INDEX outbox_message ON outbox (recipient_id, message) WHERE message IS NOT NULL",
        )
        .await?;
        Ok(())
    }
}
