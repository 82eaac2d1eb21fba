//! Who knows whom through the bot; and what ended lately is found by when it did.

use sea_orm_migration::{prelude::*, schema::*};

use crate::refers;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Those who have had a commitment between them, and those who came by an invite that still stands: both know both.
const KNOWN: &str = "INSERT INTO acquaintance (member_id, other_id, since)
    SELECT one, other, MIN(since) FROM (
        SELECT supporter_id AS one, receiver_id AS other, declared_at AS since FROM commitment
        UNION ALL SELECT receiver_id, supporter_id, declared_at FROM commitment
        UNION ALL SELECT u.member_id, i.inviter_id, u.used_at
            FROM invite_use u JOIN invite i ON i.id = u.invite_id WHERE i.revoked_at IS NULL
        UNION ALL SELECT i.inviter_id, u.member_id, u.used_at
            FROM invite_use u JOIN invite i ON i.id = u.invite_id WHERE i.revoked_at IS NULL
        UNION ALL SELECT u.member_id, i.for_id, u.used_at
            FROM invite_use u JOIN invite i ON i.id = u.invite_id WHERE i.revoked_at IS NULL
        UNION ALL SELECT i.for_id, u.member_id, u.used_at
            FROM invite_use u JOIN invite i ON i.id = u.invite_id WHERE i.revoked_at IS NULL) AS met
    WHERE one <> other
    GROUP BY one, other";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
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
        let db = manager.get_connection();
        db.execute_unprepared(KNOWN).await?;
        for side in ["supporter", "receiver"] {
            let sql = format!(
                "CREATE INDEX commitment_{side}_lately ON commitment ({side}_id, settled_at)
                 WHERE settled_at IS NOT NULL"
            );
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
