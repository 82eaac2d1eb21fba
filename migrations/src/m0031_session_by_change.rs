//! Chats are found by when they last changed: those whose page may have got lost, at each start and whenever a process ends,
//! and those of strangers, at each step of the clean-up.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What a page's being shown changes is in no index of this table, so that noting it stays cheap.
        let sql = "CREATE INDEX session_changed ON session (changed_at, id)";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
