//! Invites, and who came by them.

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
                    .table("invite")
                    .col(big_pk_auto("id"))
                    // At least 128 random bits, in letters that survive every messenger's links.
                    .col(text("token"))
                    .col(big_integer("inviter_id"))
                    // The member whose card it leads to: the inviter, or a member in need they may see.
                    .col(big_integer("for_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("revoked_at"))
                    // Whoever uses it first is the only one.
                    .col(boolean("for_one").default(false))
                    // From then on it leads nowhere.
                    .col(timestamp_with_time_zone_null("ends_at"))
                    // It offers a mutual guarantee: for one person, and for a time.
                    .col(boolean("guarantees").default(false))
                    .check(Expr::cust(
                        "(for_one AND ends_at IS NOT NULL AND inviter_id = for_id) = guarantees \
                         AND (guarantees OR NOT for_one OR ends_at IS NULL)",
                    ))
                    .foreign_key(&mut refers("inviter_id", "member"))
                    .foreign_key(&mut refers("for_id", "member"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("invite_use")
                    .col(big_integer("invite_id"))
                    .col(big_integer("member_id"))
                    .col(timestamp_with_time_zone("used_at"))
                    .primary_key(Index::create().col("invite_id").col("member_id"))
                    .foreign_key(&mut refers("invite_id", "invite"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .to_owned(),
            )
            .await?;
        all(
            manager,
            &[
                "CREATE UNIQUE INDEX invite_token ON invite (token)",
                // One invite without an end for each pair; a new one is made only after the old one is revoked.
                "CREATE UNIQUE INDEX invite_live ON invite (inviter_id, for_id)
                     WHERE revoked_at IS NULL AND NOT for_one AND ends_at IS NULL",
                "CREATE INDEX invite_for ON invite (for_id)",
                // Whether a member ever made an invite is asked by the member alone, also of those that were revoked.
                "CREATE INDEX invite_inviter ON invite (inviter_id)",
                "CREATE INDEX invite_use_member ON invite_use (member_id)",
                // A member's offers that may still be accepted are listed, and counted.
                "CREATE INDEX invite_guarantees ON invite (inviter_id, ends_at) WHERE guarantees",
            ],
        )
        .await
    }
}
