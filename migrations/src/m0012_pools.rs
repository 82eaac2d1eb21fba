//! Pools: who is in them, and the cases that their members share out among them.

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
        for table in [pool(), member(), invite(), case(), share()] {
            manager.create_table(table).await?;
        }
        all(manager, &INDEXES).await
    }
}

fn pool() -> TableCreateStatement {
    Table::create()
        .table("pool")
        .col(big_pk_auto("id"))
        .col(big_integer("opened_by"))
        // As whoever opened it wrote them. Empty: nobody is left who could read them.
        .col(text("name"))
        // The name as it looks, whatever letters it is written with: two that look alike are told apart.
        .col(text("look"))
        .col(text("rules"))
        // Minor units: the least and the most that a member says they would give in a month.
        .col(big_integer("smallest"))
        .col(big_integer("largest"))
        // For how long a case is discussed.
        .col(integer("hours"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .foreign_key(&mut refers("opened_by", "member"))
        .check(("pool_contributions", Expr::cust("smallest > 0 AND largest >= smallest")))
        .check(("pool_hours", Expr::cust("hours BETWEEN 1 AND 336")))
        .to_owned()
}

fn member() -> TableCreateStatement {
    Table::create()
        .table("pool_member")
        .col(big_integer("pool_id"))
        .col(big_integer("member_id"))
        // Minor units: the most that they would give in a month.
        .col(big_integer("contribution"))
        .col(timestamp_with_time_zone("joined_at"))
        .primary_key(Index::create().col("pool_id").col("member_id"))
        .foreign_key(&mut refers("pool_id", "pool"))
        .foreign_key(&mut refers("member_id", "member"))
        .check(("pool_member_contribution", Expr::cust("contribution > 0")))
        .to_owned()
}

/// That an invite leads to a pool.
fn invite() -> TableCreateStatement {
    Table::create()
        .table("pool_invite")
        .col(big_integer("invite_id").primary_key())
        .col(big_integer("pool_id"))
        .foreign_key(&mut refers("invite_id", "invite"))
        .foreign_key(&mut refers("pool_id", "pool"))
        .to_owned()
}

fn case() -> TableCreateStatement {
    Table::create()
        .table("pool_case")
        .col(big_pk_auto("id"))
        .col(big_integer("pool_id"))
        .col(big_integer("owner_id"))
        // As its owner wrote them. Empty: they have left.
        .col(text("words"))
        // Minor units.
        .col(big_integer("sum"))
        // What its owner was told last that it can come to.
        .col(big_integer("owner_told"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(text("phase"))
        // Until when answers are waited for.
        .col(timestamp_with_time_zone("until"))
        .col(timestamp_with_time_zone_null("ended_at"))
        // Why nothing came of it.
        .col(text_null("ending"))
        // What the obligations are for that the shares have become.
        .col(big_integer_null("collection_id"))
        .foreign_key(&mut refers("pool_id", "pool"))
        .foreign_key(&mut refers("owner_id", "member"))
        .foreign_key(&mut refers("collection_id", "collection"))
        .check(("pool_case_sum", Expr::cust("sum > 0")))
        .check((
            "pool_case_phase",
            Expr::cust("phase IN ('discussed', 'asked_again', 'leaving', 'settling', 'settled', 'over')"),
        ))
        .check(("pool_case_ending", Expr::cust("ending IN ('withdrawn', 'owner_gone', 'nobody', 'closed')")))
        .check(("pool_case_over", Expr::cust("(phase = 'over') = (ending IS NOT NULL)")))
        .check(("pool_case_ended", Expr::cust("(phase IN ('settled', 'over')) = (ended_at IS NOT NULL)")))
        .check((
            "pool_case_collection",
            Expr::cust("collection_id IS NOT NULL OR phase NOT IN ('settling', 'settled')"),
        ))
        .to_owned()
}

/// Thousands of these are made in one turn, of members who are there and of the case that was just made, and are erased with
/// whoever they are of: to look each of them up would cost PostgreSQL more than writing them.
fn share() -> TableCreateStatement {
    Table::create()
        .table("pool_share")
        .col(big_integer("case_id"))
        .col(big_integer("member_id"))
        // Minor units: the most that they can be asked for.
        .col(big_integer("most"))
        .col(text("answer"))
        // How much of it they have been told last.
        .col(big_integer_null("told"))
        // They have not answered, and have been told that they are asked for the last time.
        .col(boolean("asked_again").default(false))
        // When they left the pool with it, while they were asked.
        .col(timestamp_with_time_zone_null("left_at"))
        .primary_key(Index::create().col("case_id").col("member_id"))
        .check(("pool_share_most", Expr::cust("most >= 0")))
        .check(("pool_share_answer", Expr::cust("answer IN ('none', 'confirmed', 'promised', 'left')")))
        .to_owned()
}

const INDEXES: [&str; 10] = [
    "CREATE INDEX pool_opened_by ON pool (opened_by)",
    "CREATE INDEX pool_look ON pool (look) WHERE closed_at IS NULL",
    "CREATE INDEX pool_member_member ON pool_member (member_id)",
    // Who has been there longest looks after a pool.
    "CREATE INDEX pool_member_joined ON pool_member (pool_id, joined_at, member_id)",
    "CREATE INDEX pool_invite_pool ON pool_invite (pool_id)",
    "CREATE INDEX pool_case_pool ON pool_case (pool_id, id)",
    "CREATE INDEX pool_case_owner ON pool_case (owner_id)",
    "CREATE UNIQUE INDEX pool_case_collection ON pool_case (collection_id) WHERE collection_id IS NOT NULL",
    // A member has at most one case in a pool that has not come to its end.
    "CREATE UNIQUE INDEX pool_case_open ON pool_case (pool_id, owner_id) WHERE ended_at IS NULL",
    "CREATE INDEX pool_share_member ON pool_share (member_id)",
];
