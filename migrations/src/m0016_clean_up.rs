//! What is over is found by when it was over, so that throwing it away takes as long however much is kept.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            "CREATE INDEX outbox_told ON outbox (sent_at) WHERE sent_at IS NOT NULL AND about IS NULL",
            "CREATE INDEX outbox_asked ON outbox (sent_at) WHERE sent_at IS NOT NULL AND about IS NOT NULL",
            "CREATE INDEX outbox_given_up ON outbox (failed_at) WHERE failed_at IS NOT NULL",
            "CREATE INDEX schedule_done ON schedule (done_at) WHERE done_at IS NOT NULL",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
