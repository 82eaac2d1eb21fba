//! What a notice tells of is known by its record: so that the last word counts.
//!
//! What becomes of a member's own help is chosen apart from the news of the circles they support.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["outbox", "digest_item"] {
            // The record that it tells of: `commitment/412`, `collection/7`. None: it tells of several, or of none.
            let column = text_null("record");
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        let db = manager.get_connection();
        // Of what waits, a few rows tell of one record.
        db.execute_unprepared(
            "CREATE INDEX outbox_record ON outbox (record, recipient_id)
             WHERE sent_at IS NULL AND failed_at IS NULL AND record IS NOT NULL",
        )
        .await?;
        // Until now both were one choice.
        db.execute_unprepared(
            "INSERT INTO member_notification (member_id, category, mode)
             SELECT member_id, 'own_help', mode FROM member_notification WHERE category = 'supported'",
        )
        .await?;
        Ok(())
    }
}
