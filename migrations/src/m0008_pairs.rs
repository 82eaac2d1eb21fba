//! What joins two members.

use sea_orm_migration::prelude::*;

use crate::all;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The commitments between two members, whoever of them helps: found without reading all that one of them has. A
        // question has to be written like this to be answered by it, and then no other index can be taken.
        all(
            manager,
            &["CREATE INDEX commitment_pair ON commitment (
                   (CASE WHEN supporter_id < receiver_id THEN supporter_id ELSE receiver_id END),
                   (CASE WHEN supporter_id < receiver_id THEN receiver_id ELSE supporter_id END))"],
        )
        .await
    }
}
