//! The journal: who did what and when. Rows are only ever added.

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
                    .foreign_key(&mut refers("actor_id", "member"))
                    .foreign_key(&mut refers("collection_id", "collection"))
                    .foreign_key(&mut refers("commitment_id", "commitment"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared("CREATE INDEX journal_commitment ON journal (commitment_id)").await?;
        db.execute_unprepared("CREATE INDEX journal_collection ON journal (collection_id)").await?;
        Ok(())
    }
}
