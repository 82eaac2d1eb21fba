//! Lists of commitments are read page by page, each state from its newest on: so nobody sorts all that a member with
//! thousands of supporters has.

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
            "DROP INDEX commitment_supporter",
            "DROP INDEX commitment_receiver",
            "DROP INDEX commitment_collection",
            "CREATE INDEX commitment_supporter ON commitment (supporter_id, state, id)",
            "CREATE INDEX commitment_receiver ON commitment (receiver_id, state, id)",
            // A circle's fulfilled ones are those of this month: by when they were settled.
            "CREATE INDEX commitment_collection ON commitment (collection_id, state, settled_at, id)",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
