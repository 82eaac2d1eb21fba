//! Programs that act for members: by which tokens, and what was answered to what they asked once.

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
        let token = Table::create()
            .table("program")
            .col(big_pk_auto("id"))
            .col(big_integer("member_id"))
            // What the member calls it.
            .col(text("name"))
            // A digest of the token by which it is known: whoever reads this table can do nothing.
            .col(text("digest"))
            // What it may do.
            .col(text("scope"))
            .col(timestamp_with_time_zone("created_at"))
            // From then on it may do nothing.
            .col(timestamp_with_time_zone("expires_at"))
            // When it has asked for something last, to the hour.
            .col(timestamp_with_time_zone_null("seen_at"))
            .foreign_key(refers("member_id", "member").on_delete(ForeignKeyAction::Cascade))
            .check(("program_scope", Expr::cust("scope IN ('read', 'act', 'calendar', 'status')")))
            .to_owned();
        manager.create_table(token).await?;
        let reply = Table::create()
            .table("program_reply")
            .col(big_integer("program_id"))
            // What the program calls the request.
            .col(text("name"))
            // A digest of what it asked for by that name.
            .col(text("digest"))
            // What was answered, as JSON.
            .col(text("answer"))
            .col(timestamp_with_time_zone("answered_at"))
            .primary_key(Index::create().col("program_id").col("name"))
            .foreign_key(refers("program_id", "program").on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(reply).await?;
        let indexes = [
            "CREATE UNIQUE INDEX program_digest ON program (digest)",
            "CREATE INDEX program_member ON program (member_id)",
            "CREATE INDEX program_expires ON program (expires_at)",
            "CREATE INDEX program_reply_time ON program_reply (answered_at)",
        ];
        all(manager, &indexes).await
    }
}
