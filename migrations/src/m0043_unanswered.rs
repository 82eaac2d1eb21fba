//! Digests can be answered by their words too, though they are about nothing in particular.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DROP INDEX outbox_unanswered").await?;
        db.execute_unprepared(
            "CREATE INDEX outbox_unanswered ON outbox (recipient_id, id)
             WHERE sent_at IS NOT NULL AND answered_at IS NULL",
        )
        .await?;
        Ok(())
    }
}
