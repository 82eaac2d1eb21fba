//! Clearing: who lets their promises be set off against each other, the clearings that there were, and what was set off.

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
        consent(manager).await?;
        clearing(manager).await?;
        gate(manager).await?;
        set_off(manager).await
    }
}

async fn consent(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let consent = Table::create()
        .table("clearing_consent")
        // Who allows it for all their promises, to them and from them. No row: they don't.
        .col(big_integer("member_id").primary_key())
        .col(timestamp_with_time_zone("since"))
        .foreign_key(&mut refers("member_id", "member"))
        .to_owned();
    manager.create_table(consent).await?;
    let directly = Table::create()
        .table("paid_directly")
        // A promise that one of its sides wants to be kept directly, whatever they allow for the others.
        .col(big_integer("commitment_id"))
        // Which side.
        .col(big_integer("member_id"))
        .col(timestamp_with_time_zone("since"))
        .primary_key(Index::create().col("commitment_id").col("member_id"))
        .foreign_key(&mut refers("commitment_id", "commitment"))
        .foreign_key(&mut refers("member_id", "member"))
        .to_owned();
    manager.create_table(directly).await?;
    all(manager, &["CREATE INDEX paid_directly_member ON paid_directly (member_id)"]).await
}

async fn clearing(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let clearing = Table::create()
        .table("clearing")
        .col(big_pk_auto("id"))
        // The clearing of a month, or a trial, of which nothing comes but its totals.
        .col(text("kind"))
        // The month, as 202611.
        .col(integer("month"))
        // It is computed; it is decided, and is being carried out; all is done.
        .col(text("state").default("running"))
        // Somebody has changed something since it began to read: it is computed anew.
        .col(boolean("disturbed").default(false))
        .col(timestamp_with_time_zone("began_at"))
        .col(timestamp_with_time_zone_null("decided_at"))
        // Totals: what took part and what is set off, each as a number of promises, of members, and a sum in minor units.
        .col(big_integer("owed_count").default(0))
        .col(big_integer("owed_members").default(0))
        .col(big_integer("owed_sum").default(0))
        .col(big_integer("set_off_count").default(0))
        .col(big_integer("set_off_members").default(0))
        .col(big_integer("set_off_sum").default(0))
        .check(("clearing_kind", Expr::cust("kind IN ('month', 'trial')")))
        .check(("clearing_state", Expr::cust("state IN ('running', 'decided', 'done')")))
        .check(("clearing_decided", Expr::cust("kind = 'trial' OR (state = 'running') = (decided_at IS NULL)")))
        .to_owned();
    manager.create_table(clearing).await?;
    let indexes = [
        // A month is cleared once.
        "CREATE UNIQUE INDEX clearing_month ON clearing (month) WHERE kind = 'month' AND state <> 'running'",
        // Asked for in each turn: mostly there is none.
        "CREATE INDEX clearing_decided ON clearing (id) WHERE state = 'decided'",
        "CREATE INDEX clearing_running ON clearing (id) WHERE state = 'running'",
        "CREATE INDEX clearing_under_way ON clearing (id) WHERE state <> 'done'",
    ];
    all(manager, &indexes).await
}

/// One row, through which whoever changes something and a clearing that begins wait for each other.
async fn gate(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let gate = Table::create().table("clearing_gate").col(integer("id").primary_key()).to_owned();
    manager.create_table(gate).await?;
    all(manager, &["INSERT INTO clearing_gate (id) VALUES (1)"]).await
}

async fn set_off(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let set_off = Table::create()
        .table("set_off")
        // What a clearing sets off of a promise. It counts as soon as the clearing is decided.
        .col(big_integer("clearing_id"))
        .col(big_integer("commitment_id"))
        // The two sides of the promise, repeated here so that each finds their lines by an index.
        .col(big_integer("supporter_id"))
        .col(big_integer("receiver_id"))
        // Minor units: how much, and how much the promise was before.
        .col(big_integer("sum"))
        .col(big_integer("of_sum"))
        // When the promise itself was changed by it.
        .col(timestamp_with_time_zone_null("done_at"))
        .primary_key(Index::create().col("clearing_id").col("commitment_id"))
        .foreign_key(&mut refers("clearing_id", "clearing"))
        .foreign_key(&mut refers("commitment_id", "commitment"))
        .foreign_key(&mut refers("supporter_id", "member"))
        .foreign_key(&mut refers("receiver_id", "member"))
        .check(("set_off_sum", Expr::cust("sum > 0 AND sum <= of_sum")))
        .to_owned();
    manager.create_table(set_off).await?;
    let indexes = [
        "CREATE INDEX set_off_supporter ON set_off (supporter_id, clearing_id, commitment_id)",
        "CREATE INDEX set_off_receiver ON set_off (receiver_id, clearing_id, commitment_id)",
        "CREATE INDEX set_off_to_do ON set_off (clearing_id, commitment_id) WHERE done_at IS NULL",
        "CREATE INDEX set_off_commitment ON set_off (commitment_id)",
        // The clearing that has fulfilled it, or this part of it.
        "ALTER TABLE commitment ADD COLUMN clearing_id BIGINT REFERENCES clearing (id)",
        // The last month whose clearing its two sides were told of: it takes part in no other.
        "ALTER TABLE commitment ADD COLUMN told_of_clearing INTEGER",
        // What a clearing has to look at, in its order.
        "CREATE INDEX commitment_owing ON commitment (id) WHERE state IN ('obligation', 'overdue')",
    ];
    all(manager, &indexes).await
}
