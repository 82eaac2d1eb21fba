//! What the calendar has to do: one row for each thing that is due at a time.

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
                    .table("schedule")
                    .col(big_pk_auto("id"))
                    // Which work it is: `month-close`, `clean-up`.
                    .col(text("name"))
                    // The number of what it is about, a month or a record; 0: it is about nothing.
                    .col(big_integer("about").default(0))
                    .col(timestamp_with_time_zone("due_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("done_at"))
                    // How far it has come, where it is done in several steps.
                    .col(text("progress").default(""))
                    .to_owned(),
            )
            .await?;
        all(
            manager,
            &[
                // What is due at a time is due once, however many processes note it.
                "CREATE UNIQUE INDEX schedule_once ON schedule (name, about, due_at)",
                // What is still to be done is found by its name: ten thousand daily messages that are due at the same moment
                // are not put in order for each of them.
                "CREATE INDEX schedule_due ON schedule (name, due_at, id) WHERE done_at IS NULL",
                "CREATE INDEX schedule_done ON schedule (done_at) WHERE done_at IS NOT NULL",
            ],
        )
        .await
    }
}
