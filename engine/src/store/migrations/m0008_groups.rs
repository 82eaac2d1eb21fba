//! Groups that the bot keeps something in.

use sea_orm_migration::{prelude::*, schema::*};

use super::{all, refers};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let chat = Table::create()
            .table("chat")
            // As whom it is written to: it has a language and an account, whose address is the group's.
            .col(big_integer("person_id").primary_key())
            // Whose it is. None: it was let go, and only that is still to be said there.
            .col(big_integer_null("keeper_id"))
            // Where in the group: a topic. None: in it as a whole.
            .col(text_null("place"))
            // Which kind of notice its live card is.
            .col(text("card_kind"))
            // Which of the things of that kind it is about.
            .col(big_integer_null("about"))
            // The message that shows the card. None: it is to be shown in a new one.
            .col(text_null("card"))
            // The one that showed it before, until that is taken away.
            .col(text_null("earlier_card"))
            // It was said there that the card can't be pinned.
            .col(boolean("told_unpinned").default(false))
            .col(timestamp_with_time_zone("bound_at"))
            .foreign_key(&mut refers("person_id", "person"))
            .foreign_key(&mut refers("keeper_id", "person"))
            .to_owned();
        manager.create_table(chat).await?;
        all(
            manager,
            &[
                "CREATE INDEX chat_keeper ON chat (keeper_id) WHERE keeper_id IS NOT NULL",
                "CREATE INDEX chat_about ON chat (card_kind, about) WHERE keeper_id IS NOT NULL",
            ],
        )
        .await
    }
}
