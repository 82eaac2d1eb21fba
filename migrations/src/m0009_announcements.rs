//! What administrators tell everybody.

use sea_orm_migration::{prelude::*, schema::*};

use crate::refers;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let announcement = Table::create()
            .table("announcement")
            .col(big_pk_auto("id"))
            .col(big_integer("author_id"))
            // As the administrator wrote it.
            .col(text("words"))
            .col(timestamp_with_time_zone("created_at"))
            // The last member who was there when it was made: who came later is not told.
            .col(big_integer("up_to"))
            // How far it has come, member by member: how many are told at once, how many with their daily message, and how many
            // have switched announcements off.
            .col(big_integer("at_once").default(0))
            .col(big_integer("daily").default(0))
            .col(big_integer("off").default(0))
            // When the last of them was looked at.
            .col(timestamp_with_time_zone_null("done_at"))
            .foreign_key(&mut refers("author_id", "member"))
            .to_owned();
        manager.create_table(announcement).await
    }
}
