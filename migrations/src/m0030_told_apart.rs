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
            // Of what kind `about` is the number.
            "ALTER TABLE outbox ADD COLUMN about_kind TEXT
             CONSTRAINT outbox_about_kind CHECK (about_kind IN ('member', 'collection', 'commitment'))",
            "UPDATE outbox SET about_kind = CASE
                 WHEN kind IN ('notice-opened-monthly', 'notice-opened-emergency',
                               'notice-ring-monthly', 'notice-ring-emergency') THEN 'member'
                 WHEN kind = 'notice-ran-out-mine' THEN 'collection'
                 ELSE 'commitment' END
             WHERE about IS NOT NULL",
            // The message that shows the open page.
            "ALTER TABLE session ADD COLUMN message TEXT",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
