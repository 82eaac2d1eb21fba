//! Members, who are people, and whom each of them knows.

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
                    .table("member")
                    // The person's.
                    .col(big_integer("id").primary_key())
                    // As the member wrote it. At most 64 characters, which is held where names are read.
                    .col(text("name"))
                    // What it looks like: by it those are found who can be taken for one another. Nothing of nobody.
                    .col(text("look").default(""))
                    // What they say about themselves. At most 180 characters, which is held where it is read.
                    .col(text_null("about"))
                    // At which hour of their day they read what they are told once a day. None: at the usual one.
                    .col(small_integer_null("daily_hour"))
                    .col(timestamp_with_time_zone("created_at"))
                    // Since when they are no member any more. What they did with others stays; what they were is erased.
                    .col(timestamp_with_time_zone_null("left_at"))
                    // Since when the administrators have suspended them, and why, as they read it.
                    .col(timestamp_with_time_zone_null("suspended_at"))
                    .col(text_null("suspended_why"))
                    .foreign_key(&mut refers("id", "person"))
                    .check((
                        "member_left",
                        Expr::cust(
                            "(left_at IS NULL AND name <> '')
                             OR (left_at IS NOT NULL AND name = '' AND about IS NULL AND daily_hour IS NULL
                                 AND suspended_at IS NULL)",
                        ),
                    ))
                    .check(("member_suspended", Expr::cust("(suspended_at IS NULL) = (suspended_why IS NULL)")))
                    .check(("member_daily_hour", Expr::cust("daily_hour BETWEEN 0 AND 23")))
                    .to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("member_look").table("member").col("look").to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("acquaintance")
                    // Each pair has two rows, one from either side, so that whom a member knows is one index.
                    .col(big_integer("member_id"))
                    .col(big_integer("other_id"))
                    .col(timestamp_with_time_zone("since"))
                    // One of the two wanted it no more. The rows stay: who was removed does not come back by an old invite.
                    .col(timestamp_with_time_zone_null("removed_at"))
                    .col(big_integer_null("removed_by"))
                    .primary_key(Index::create().col("member_id").col("other_id"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .foreign_key(&mut refers("other_id", "member"))
                    .check(("acquaintance_sides", Expr::cust("member_id <> other_id")))
                    .check(("acquaintance_removed", Expr::cust("(removed_at IS NULL) = (removed_by IS NULL)")))
                    .to_owned(),
            )
            .await?;
        all(manager, &INDEXES).await
    }
}

const INDEXES: [&str; 3] = [
    // Whom a member knows is read from here alone: some know thousands.
    "CREATE INDEX acquaintance_kept ON acquaintance (member_id, other_id, removed_at) WHERE removed_at IS NULL",
    "CREATE INDEX acquaintance_gone ON acquaintance (member_id, other_id, removed_at) WHERE removed_at IS NOT NULL",
    // They are few: where many are listed, all of these are read once.
    "CREATE INDEX member_held ON member (id, suspended_at) WHERE suspended_at IS NOT NULL",
];
