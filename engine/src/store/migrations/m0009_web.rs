//! Browsers in which people are signed in, and the links by which they sign in.

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
        let link = Table::create()
            .table("web_link")
            // Whoever has drawn it: each has one at a time.
            .col(big_integer("person_id").primary_key())
            // The word in the link. It is gone when somebody has signed in by it.
            .col(text("word"))
            .col(timestamp_with_time_zone("expires_at"))
            .foreign_key(&mut refers("person_id", "person"))
            .to_owned();
        manager.create_table(link).await?;
        let browser = Table::create()
            .table("web_browser")
            .col(big_pk_auto("id"))
            .col(big_integer("account_id"))
            // A digest of what the browser shows to be known by: whoever reads this table is signed in nowhere.
            .col(text("digest"))
            // Which browser it is, by our own words for them.
            .col(text("called"))
            .col(timestamp_with_time_zone("created_at"))
            // When a page was last asked for, to the hour.
            .col(timestamp_with_time_zone("seen_at"))
            // When the page of notices was last looked at.
            .col(timestamp_with_time_zone("read_at"))
            // Whoever is not known by the account any more is signed in nowhere.
            .foreign_key(refers("account_id", "account").on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(browser).await?;
        all(
            manager,
            &[
                "CREATE UNIQUE INDEX web_link_word ON web_link (word)",
                "CREATE UNIQUE INDEX web_browser_digest ON web_browser (digest)",
                "CREATE INDEX web_browser_account ON web_browser (account_id)",
            ],
        )
        .await
    }
}
