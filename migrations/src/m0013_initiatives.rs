//! Initiatives: what they are called and for, and what their initiators tell their voters. Each is a collection.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{all, refers};

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
                    .table("initiative")
                    .col(big_integer("collection_id").primary_key())
                    .col(text("title"))
                    .col(text("words"))
                    // Its date was moved: that can be done once.
                    .col(boolean("prolonged").default(false))
                    // Why an administrator has closed it.
                    .col(text_null("closed_why"))
                    .foreign_key(&mut refers("collection_id", "collection"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("initiative_news")
                    .col(big_pk_auto("id"))
                    .col(big_integer("collection_id"))
                    .col(text("words"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut refers("collection_id", "collection"))
                    .to_owned(),
            )
            .await?;
        all(
            manager,
            &[
                "CREATE INDEX initiative_news_of ON initiative_news (collection_id, id)",
                // Those that are open are listed by their date.
                "CREATE INDEX collection_initiatives ON collection (ends_on, id) WHERE kind = 'initiative' AND ended_at IS NULL",
            ],
        )
        .await
    }
}
