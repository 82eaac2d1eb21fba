//! Offers to pass on what one is promised to whom one has promised something oneself.

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
        let chain = Table::create()
            .table("chain")
            .col(big_pk_auto("id"))
            // Who has promised help to the middle, the middle, who offers it, and whom the middle has promised help.
            .col(big_integer("supporter_id"))
            .col(big_integer("middle_id"))
            .col(big_integer("receiver_id"))
            // The two promises.
            .col(big_integer("first_id"))
            .col(big_integer("second_id"))
            // Minor units: how much of both.
            .col(big_integer("sum"))
            .col(text("stage").default("asked"))
            .col(timestamp_with_time_zone("made_at"))
            // Until when it can be agreed to.
            .col(timestamp_with_time_zone("ends_at"))
            // When the supporter agreed: from then on the receiver knows of it.
            .col(timestamp_with_time_zone_null("agreed_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            // What has come of the two promises, and what is owed instead.
            .col(big_integer_null("passed_id"))
            .col(big_integer_null("taken_id"))
            .col(big_integer_null("owed_id"))
            .foreign_key(&mut refers("supporter_id", "member"))
            .foreign_key(&mut refers("middle_id", "member"))
            .foreign_key(&mut refers("receiver_id", "member"))
            .foreign_key(&mut refers("first_id", "commitment"))
            .foreign_key(&mut refers("second_id", "commitment"))
            .foreign_key(&mut refers("passed_id", "commitment"))
            .foreign_key(&mut refers("taken_id", "commitment"))
            .foreign_key(&mut refers("owed_id", "commitment"))
            .check(("chain_sum", Expr::cust("sum > 0")))
            .check((
                "chain_sides",
                Expr::cust("supporter_id <> middle_id AND middle_id <> receiver_id AND supporter_id <> receiver_id"),
            ))
            .check((
                "chain_stage",
                Expr::cust("stage IN ('asked', 'agreed', 'done', 'declined', 'withdrawn', 'expired', 'void')"),
            ))
            .check(("chain_ended", Expr::cust("(stage IN ('asked', 'agreed')) = (ended_at IS NULL)")))
            .check((
                "chain_done",
                Expr::cust(
                    "(stage = 'done') = (passed_id IS NOT NULL) AND (passed_id IS NULL) = (taken_id IS NULL) \
                     AND (passed_id IS NULL) = (owed_id IS NULL)",
                ),
            ))
            .to_owned();
        manager.create_table(chain).await?;
        let indexes = [
            // A promise is passed on once at a time, and so is one along which something is.
            "CREATE UNIQUE INDEX chain_first ON chain (first_id) WHERE stage IN ('asked', 'agreed')",
            "CREATE UNIQUE INDEX chain_second ON chain (second_id) WHERE stage IN ('asked', 'agreed')",
            "CREATE INDEX chain_pair ON chain (first_id, second_id)",
            "CREATE INDEX chain_by_second ON chain (second_id)",
            "CREATE INDEX chain_passed ON chain (passed_id) WHERE passed_id IS NOT NULL",
            "CREATE INDEX chain_taken ON chain (taken_id) WHERE taken_id IS NOT NULL",
            "CREATE INDEX chain_owed ON chain (owed_id) WHERE owed_id IS NOT NULL",
            "CREATE INDEX chain_supporter ON chain (supporter_id)",
            "CREATE INDEX chain_middle ON chain (middle_id)",
            "CREATE INDEX chain_receiver ON chain (receiver_id)",
        ];
        all(manager, &indexes).await
    }
}
