//! Tabs of a browser, each of which is a conversation of its own; and links to sign in by that somebody else has given.

use sea_orm_migration::{prelude::*, schema::*};

use super::all;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Which of the conversations beside each other that an address has; empty, where it has one only.
        let tab = Table::alter().table("session").add_column(text("tab").default("")).to_owned();
        manager.alter_table(tab).await?;
        // It was given by somebody else than whom it signs in.
        let given = Table::alter().table("web_link").add_column(boolean("given").default(false)).to_owned();
        manager.alter_table(given).await?;
        // The address goes first: by a messenger and no tab alone, PostgreSQL would rather read all chats of a messenger in
        // this index than the few that have changed lately in theirs.
        all(
            manager,
            &["DROP INDEX session_address", "CREATE UNIQUE INDEX session_address ON session (address, messenger, tab)"],
        )
        .await
    }
}
