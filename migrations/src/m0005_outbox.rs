//! The outbox: what is still to be told, one row for each recipient.

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
                    .table("outbox")
                    .col(big_pk_auto("id"))
                    .col(big_integer("recipient_id"))
                    // Which notice it is.
                    .col(text("kind"))
                    // What to say, as JSON; the words are found when it is sent, in the recipient's language.
                    .col(text("facts").default(""))
                    // What the notice's choices act on, or lead to: `commitment/412`.
                    .col(text_null("about"))
                    // Smaller goes first.
                    .col(small_integer("priority"))
                    // Told by day, where its recipient lives.
                    .col(boolean("by_day"))
                    .col(timestamp_with_time_zone("created_at"))
                    // Not before this time: moved on when a messenger asks to wait.
                    .col(timestamp_with_time_zone("due_at"))
                    // How often a worker has taken it up.
                    .col(integer("attempts").default(0))
                    // A worker has it in hand until then; if the worker dies, another takes it up afterwards.
                    .col(timestamp_with_time_zone_null("lease_until"))
                    .col(timestamp_with_time_zone_null("sent_at"))
                    .col(timestamp_with_time_zone_null("failed_at"))
                    // Why it was given up.
                    .col(text_null("failure"))
                    // A notice's deeds work once: when one of them did.
                    .col(timestamp_with_time_zone_null("answered_at"))
                    .foreign_key(&mut refers("recipient_id", "person"))
                    .check(("outbox_outcome", Expr::cust("sent_at IS NULL OR failed_at IS NULL")))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        // These two hold only what is waiting, so they stay small however long the history grows.
        db.execute_unprepared(
            "CREATE INDEX outbox_due ON outbox (priority, due_at, id) WHERE sent_at IS NULL AND failed_at IS NULL",
        )
        .await?;
        db.execute_unprepared(
            "CREATE INDEX outbox_turn ON outbox (recipient_id, id) WHERE sent_at IS NULL AND failed_at IS NULL",
        )
        .await?;
        // What a member can still answer, the newest first.
        db.execute_unprepared(
            "CREATE INDEX outbox_unanswered ON outbox (recipient_id, id)
             WHERE sent_at IS NOT NULL AND answered_at IS NULL AND about IS NOT NULL",
        )
        .await?;
        Ok(())
    }
}
