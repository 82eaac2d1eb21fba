//! What members want to be told, and what waits for their daily messages.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{all, refers};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("member_notification")
                    .col(big_integer("member_id"))
                    // A category of notices: `network`, `help_to_me` ...
                    .col(text("category"))
                    // `on`, `digest` or `off`. Without a row a category is as it is by default.
                    .col(text("mode"))
                    .primary_key(Index::create().col("member_id").col("category"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .check(("member_notification_mode", Expr::cust("mode IN ('on', 'digest', 'off')")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("digest_item")
                    .col(big_pk_auto("id"))
                    .col(big_integer("member_id"))
                    // Which notice it is, and what it says: as in the outbox.
                    .col(text("kind"))
                    .col(text("facts").default(""))
                    // The record that it tells of: `commitment/412`, `collection/7`. None: it tells of several, or of none.
                    .col(text_null("record"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .to_owned(),
            )
            .await?;
        all(manager, &["CREATE INDEX digest_item_member ON digest_item (member_id, id)"]).await
    }
}
