//! What a member wants to be told, when, and where; and what waits for their daily message.

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
                    .table("member_notification")
                    .col(big_integer("member_id"))
                    // A category of notices: `network`, `help_to_me` ...
                    .col(text("category"))
                    // `on`, `digest` or `off`. Without a row a category is on.
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
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared("CREATE INDEX digest_item_member ON digest_item (member_id, id)").await?;
        for column in [
            // An IANA name, `Europe/Podgorica`; that of the bot's configuration if there is none.
            "zone TEXT",
            // Quiet hours, in minutes since the person's midnight: from, and to just before. Both or none.
            "quiet_from SMALLINT",
            "quiet_to SMALLINT",
            // The account that is written to as long as it can be reached; the oldest one if there is none.
            "written_to BIGINT REFERENCES account (id)",
        ] {
            db.execute_unprepared(&format!("ALTER TABLE person ADD COLUMN {column}")).await?;
        }
        Ok(())
    }
}
