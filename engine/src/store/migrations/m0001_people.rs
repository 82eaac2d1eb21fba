//! People who can be written to, the accounts at which, and the codes by which they link one more.

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
        manager
            .create_table(
                Table::create()
                    .table("person")
                    .col(big_pk_auto("id"))
                    // The language they are spoken to in, as a tag: `en`, `ru`.
                    .col(text("lang"))
                    // The code of a currency that they see sums in beside the bot's own, `RUB`.
                    .col(text_null("also_in"))
                    // An IANA name, `Europe/Podgorica`; that of the bot's configuration if there is none.
                    .col(text_null("zone"))
                    // A city, as the list of all cities calls it, or what was typed (`МСК+2`); null where the zone says it by
                    // itself.
                    .col(text_null("place"))
                    // Quiet hours, in minutes since the person's midnight: from, and to just before. Both or none.
                    .col(small_integer_null("quiet_from"))
                    .col(small_integer_null("quiet_to"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(big_pk_auto("id"))
                    .col(big_integer("person_id"))
                    // The adapter's name: `telegram`, `matrix`, `terminal`.
                    .col(text("messenger"))
                    // The address in that messenger's own spelling: a Telegram user id, a Matrix user id.
                    .col(text("address"))
                    // How the messenger called them when they last wrote from there: people are never called so unless they
                    // say so.
                    .col(text_null("called"))
                    .col(timestamp_with_time_zone("created_at"))
                    // Set when the messenger says that nothing can be delivered here; cleared when they write again.
                    .col(timestamp_with_time_zone_null("unreachable_since"))
                    .foreign_key(&mut refers("person_id", "person"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("link_code")
                    // Whoever has drawn it: each has one at a time.
                    .col(big_integer("person_id").primary_key())
                    // What is typed in another account of theirs. It is gone when that was done.
                    .col(text("code"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut refers("person_id", "person"))
                    .to_owned(),
            )
            .await?;
        all(
            manager,
            &[
                "CREATE UNIQUE INDEX account_address ON account (messenger, address)",
                "CREATE INDEX account_person ON account (person_id)",
                "CREATE UNIQUE INDEX link_code_code ON link_code (code)",
                // The account that is written to as long as it can be reached; the oldest one if there is none. Either table
                // refers to the other, so one of the two is told so afterwards.
                "ALTER TABLE person ADD COLUMN written_to BIGINT REFERENCES account (id)",
            ],
        )
        .await
    }
}
