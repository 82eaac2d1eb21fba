//! Where each private chat stands, and which updates were seen.

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
                    .table("session")
                    .col(big_pk_auto("id"))
                    .col(text("messenger"))
                    .col(text("address"))
                    // Not chosen yet.
                    .col(text_null("lang"))
                    // The place shown now.
                    .col(text("route").default(""))
                    // The places that Back leads through.
                    .col(text("trail").default(""))
                    // The answers given so far on the present form.
                    .col(text("draft").default(""))
                    // Grows with every turn; a deed of an older page carries an older one.
                    .col(big_integer("rev").default(0))
                    // The choices as they were shown, in their order.
                    .col(text("offered").default(""))
                    // The place shown waits for a typed answer.
                    .col(boolean("asks").default(false))
                    // The message that is edited in place; none when the next page has to be sent.
                    .col(text_null("live"))
                    // The messenger's number of the last update, so that an older one is recognised.
                    .col(big_integer("seq").default(0))
                    .col(timestamp_with_time_zone("changed_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("seen_update")
                    .col(text("messenger"))
                    .col(text("update_key"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .primary_key(Index::create().col("messenger").col("update_key"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared("CREATE UNIQUE INDEX session_address ON session (messenger, address)").await?;
        db.execute_unprepared("CREATE INDEX seen_update_time ON seen_update (seen_at)").await?;
        Ok(())
    }
}
