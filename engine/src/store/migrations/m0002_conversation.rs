//! Where each private chat stands, and which updates were taken in.

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
                    // Grows with every turn.
                    .col(big_integer("rev").default(0))
                    // What the open page goes by: drawn for each, so that its buttons mean this page and never another one,
                    // also in an older copy of the database.
                    .col(text("word").default(""))
                    // The choices as they were shown, in their order.
                    .col(text("offered").default(""))
                    // The place shown waits for a typed answer.
                    .col(boolean("asks").default(false))
                    // The message that is edited in place; none when the next page has to be sent.
                    .col(text_null("live"))
                    // The message that shows the open page, so that a reply to it is told from one to any other message.
                    .col(text_null("message"))
                    // The thread of its messenger in which the open page stands; none in the main line of the chat.
                    .col(text_null("thread"))
                    // The messenger's number of the last update, so that an older one is recognised.
                    .col(big_integer("seq").default(0))
                    // The revision of the page that is known to have been shown; a page with a later one may have got lost.
                    .col(big_integer("shown").default(0))
                    // The line above that page, as JSON: shown again with it.
                    .col(text_null("saying"))
                    // The press whose deed led to the open page: so a second tap on the same button is known for one.
                    .col(text_null("did"))
                    // What was typed last, so that the same once more never does two deeds. A "!" at its beginning says that
                    // it did something.
                    .col(text("said").default(""))
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
        all(
            manager,
            &[
                "CREATE UNIQUE INDEX session_address ON session (messenger, address)",
                // Chats are found by when they last changed: those whose page may have got lost, at each start and whenever a
                // process ends, and those of strangers, at each step of the clean-up. What a page's being shown changes is in
                // no index of this table, so that noting it stays cheap.
                "CREATE INDEX session_changed ON session (changed_at, id)",
                "CREATE INDEX seen_update_time ON seen_update (seen_at)",
            ],
        )
        .await
    }
}
