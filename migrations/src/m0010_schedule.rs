//! What the calendar has to do, and what it needs to know of records to do it once.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schedule(manager).await?;
        let add = |table: &'static str, column: ColumnDef| {
            let mut column = column;
            Table::alter().table(table).add_column(&mut column).to_owned()
        };
        // How far word of the collection has gone: 1 the near circle, 2 the network, 3 the far circle.
        manager.alter_table(add("collection", small_integer("ring").default(1).to_owned())).await?;
        // The month that it was fulfilled in is over, and what follows from that is done.
        manager.alter_table(add("commitment", boolean("closed").default(false).to_owned())).await?;
        // It is an intention that was made, or added to, from what was fulfilled in this month, as 202611.
        manager.alter_table(add("commitment", integer_null("carried_from").to_owned())).await?;
        // What a month's close still has to look at; so it stays small however long the history grows.
        let db = manager.get_connection();
        db.execute_unprepared(
            "CREATE INDEX commitment_to_close ON commitment (collection_id, supporter_id) \
             WHERE state IN ('intention', 'obligation', 'claimed') OR (state = 'fulfilled' AND NOT closed)",
        )
        .await?;
        Ok(())
    }
}

async fn schedule(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("schedule")
                .col(big_pk_auto("id"))
                // Which work it is: `month-close`, `emergency-end`.
                .col(text("name"))
                // The month or the collection that it is about; 0: it is about nothing.
                .col(big_integer("about").default(0))
                .col(timestamp_with_time_zone("due_at"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("done_at"))
                // How far it has come, where it is done in several steps.
                .col(text("progress").default(""))
                .to_owned(),
        )
        .await?;
    let db = manager.get_connection();
    // What is due at a time is due once, however many processes note it.
    db.execute_unprepared("CREATE UNIQUE INDEX schedule_once ON schedule (name, about, due_at)").await?;
    // What is still to be done: always few.
    db.execute_unprepared("CREATE INDEX schedule_due ON schedule (due_at) WHERE done_at IS NULL").await?;
    Ok(())
}
