//! What the Delta Chat adapter has to remember of its wire.

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
        let bot = Table::create()
            .table("deltachat_bot")
            // There is one row: 1.
            .col(integer("id").primary_key())
            // By which people find the bot.
            .col(text_null("link"))
            // What the account folder and this database both know, as long as neither of them is an older copy.
            .col(text("word"))
            // What the folder knew before, until it has been told the word.
            .col(text_null("word_before"))
            .to_owned();
        manager.create_table(bot).await?;
        let chat = Table::create()
            .table("deltachat_chat")
            // The fingerprint of somebody's key, or what a group calls itself.
            .col(text("address").primary_key())
            // Its number in the account folder.
            .col(big_integer("chat_id"))
            // Whether they were shown what is open when they came, or have said something.
            .col(boolean("greeted").default(false))
            // The message that shows the page which was sent last.
            .col(big_integer_null("page_id"))
            .to_owned();
        manager.create_table(chat).await?;
        let letter = Table::create()
            .table("deltachat_letter")
            // A digest of what the letter is called: its name may hold somebody's address.
            .col(text("letter").primary_key())
            // The message that it has become, in the account folder.
            .col(big_integer("message_id"))
            // A digest of what it says.
            .col(text("said"))
            .col(timestamp_with_time_zone("noted_at"))
            .to_owned();
        manager.create_table(letter).await?;
        all(
            manager,
            &[
                "CREATE UNIQUE INDEX deltachat_chat_of ON deltachat_chat (chat_id)",
                "CREATE INDEX deltachat_letter_noted ON deltachat_letter (noted_at)",
            ],
        )
        .await
    }
}
