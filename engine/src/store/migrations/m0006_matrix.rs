//! What the Matrix adapter has to remember of its wire.

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
        manager
            .create_table(
                Table::create()
                    .table("matrix_cursor")
                    .col(text("user_id"))
                    .col(text("device_id"))
                    // Where the next sync begins: everything before it has become turns.
                    .col(text("next_batch"))
                    // How much had been said before that: things are said in the order in which the homeserver brings them,
                    // whatever its clock says.
                    .col(big_integer_null("heard"))
                    .primary_key(Index::create().col("user_id").col("device_id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("matrix_room")
                    .col(text("user_id").primary_key())
                    // The room that the person and the bot have for themselves; none when one has to be made.
                    .col(text_null("room_id"))
                    // When what made it so happened, in milliseconds, as a homeserver says.
                    .col(big_integer("since_ms"))
                    // Whether they were shown what is open when they came there, or have said something.
                    .col(boolean("greeted").default(true))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("matrix_undecrypted")
                    .col(text("event_id").primary_key())
                    .col(text("room_id"))
                    .col(text("sender"))
                    // When it was sent, in milliseconds, as its homeserver says.
                    .col(big_integer("sent_ms"))
                    .col(timestamp_with_time_zone("noted_at"))
                    // When its sender was asked to send it again.
                    .col(timestamp_with_time_zone_null("hinted_at"))
                    // Its place in the order in which things were said.
                    .col(big_integer("seq").default(0))
                    .to_owned(),
            )
            .await?;
        all(manager, &["CREATE UNIQUE INDEX matrix_room_of ON matrix_room (room_id)"]).await
    }
}
