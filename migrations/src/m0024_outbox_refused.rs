//! Since when a notice has been refused for a reason that nobody foresaw.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // None in nearly all: it was never refused so.
        let since = timestamp_with_time_zone_null("refused_since");
        manager.alter_table(Table::alter().table("outbox").add_column(since).to_owned()).await
    }
}
