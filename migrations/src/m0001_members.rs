//! Members, and the messenger accounts they are known by.

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
        manager
            .create_table(
                Table::create()
                    .table("member")
                    .col(big_pk_auto("id"))
                    // As the member wrote it. At most 64 characters, which is held where names are read.
                    .col(text("name"))
                    // A language of `locales/`, as a tag: `en`, `ru`.
                    .col(text("lang"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(big_pk_auto("id"))
                    .col(big_integer("member_id"))
                    // The adapter's name: `telegram`, `matrix`, `terminal`.
                    .col(text("messenger"))
                    // The address in that messenger's own spelling: a Telegram user id, a Matrix user id.
                    .col(text("address"))
                    .col(timestamp_with_time_zone("created_at"))
                    // Set when the messenger says that nothing can be delivered here; cleared when they write again.
                    .col(timestamp_with_time_zone_null("unreachable_since"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared("CREATE UNIQUE INDEX account_address ON account (messenger, address)").await?;
        db.execute_unprepared("CREATE INDEX account_member ON account (member_id)").await?;
        Ok(())
    }
}
