//! The journal: who did what and when. Rows are only ever added.
//!
//! It stands alone. Its rows are written in the transaction that makes or changes what they tell of, and nothing that they
//! name is ever deleted, so checking that it is there would tell nobody anything, and cost PostgreSQL more than writing the
//! rows.

use sea_orm_migration::{prelude::*, schema::*};

use crate::all;

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
                    .table("journal")
                    .col(big_pk_auto("id"))
                    .col(timestamp_with_time_zone("at"))
                    // Nobody, when the calendar did it.
                    .col(big_integer_null("actor_id"))
                    // The name of what happened: `promised`, `collection_opened`.
                    .col(text("what"))
                    .col(big_integer_null("collection_id"))
                    .col(big_integer_null("commitment_id"))
                    // The rest of it, as JSON.
                    .col(text("facts").default(""))
                    .to_owned(),
            )
            .await?;
        let indexes = [
            "CREATE INDEX journal_commitment ON journal (commitment_id)",
            // What a member did that was about no commitment.
            "CREATE INDEX journal_actor ON journal (actor_id) WHERE commitment_id IS NULL",
        ];
        all(manager, &indexes).await
    }
}
