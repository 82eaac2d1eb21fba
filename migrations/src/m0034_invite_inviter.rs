//! Whether a member ever made an invite is asked by the member alone, also of those that were revoked.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "CREATE INDEX invite_inviter ON invite (inviter_id)";
        manager.get_connection().execute_unprepared(sql).await.map(drop)
    }
}
