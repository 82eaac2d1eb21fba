//! What several processes on one database agree on: who does what only one may do, and who is left alone for now.

use sea_orm_migration::{prelude::*, schema::*};

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
                    .table("lease")
                    // What only one may do: `listen/telegram`. Or that a process is there: `process/<holder>`.
                    .col(text("name").primary_key())
                    // Which process does it.
                    .col(text("holder"))
                    // Until then it is theirs, unless they renew it.
                    .col(timestamp_with_time_zone("until"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("pause")
                    .col(text("messenger").primary_key())
                    // The messenger asked us to send nothing until then.
                    .col(timestamp_with_time_zone("until"))
                    // When that was said: a time that has not come yet is that of a clock that was wrong.
                    .col(timestamp_with_time_zone_null("set_at"))
                    .to_owned(),
            )
            .await
    }
}
