//! Collections (what members ask for) and commitments (what others record towards them).

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
        collection(manager).await?;
        commitment(manager).await
    }
}

async fn collection(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("collection")
                .col(big_pk_auto("id"))
                .col(big_integer("owner_id"))
                .col(text("kind"))
                // Minor units of the community's unit of account.
                .col(big_integer("target"))
                .col(timestamp_with_time_zone("opened_at"))
                // The last day of an emergency, in the community's time zone. A monthly collection has none.
                .col(date_null("ends_on"))
                .col(timestamp_with_time_zone_null("ended_at"))
                // How it ended: covered, the date passed, or its owner ended it.
                .col(text_null("ending"))
                .foreign_key(&mut refers("owner_id", "member"))
                .check(("collection_kind", Expr::cust("kind IN ('monthly', 'emergency')")))
                .check(("collection_target", Expr::cust("target > 0")))
                .check(("collection_date", Expr::cust("(kind = 'emergency') = (ends_on IS NOT NULL)")))
                .check(("collection_ending", Expr::cust("ending IN ('covered', 'expired', 'ended')")))
                .check(("collection_ended", Expr::cust("(ended_at IS NULL) = (ending IS NULL)")))
                .to_owned(),
        )
        .await?;
    let db = manager.get_connection();
    // A member has at most one open collection of each kind.
    db.execute_unprepared("CREATE UNIQUE INDEX collection_open ON collection (owner_id, kind) WHERE ended_at IS NULL")
        .await?;
    db.execute_unprepared("CREATE INDEX collection_owner ON collection (owner_id)").await?;
    Ok(())
}

async fn commitment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("commitment")
                .col(big_pk_auto("id"))
                .col(big_integer("collection_id"))
                .col(big_integer("supporter_id"))
                // The collection's owner, repeated here so that the lists of both sides need one index each.
                .col(big_integer("receiver_id"))
                // Minor units.
                .col(big_integer("sum"))
                .col(text("state"))
                // The month it counts in, as 202611.
                .col(integer("month"))
                .col(timestamp_with_time_zone("declared_at"))
                .col(timestamp_with_time_zone_null("promised_at"))
                .col(timestamp_with_time_zone_null("claimed_at"))
                // When it came to rest: fulfilled, withdrawn, lapsed, forgiven or cancelled.
                .col(timestamp_with_time_zone_null("settled_at"))
                // When the receiver last asked to promise or to fulfil: once in 24 hours.
                .col(timestamp_with_time_zone_null("asked_at"))
                // When the supporter last reminded to confirm: once in 24 hours.
                .col(timestamp_with_time_zone_null("reminded_at"))
                .foreign_key(&mut refers("collection_id", "collection"))
                .foreign_key(&mut refers("supporter_id", "member"))
                .foreign_key(&mut refers("receiver_id", "member"))
                .check(("commitment_sum", Expr::cust("sum > 0")))
                .check(("commitment_sides", Expr::cust("supporter_id <> receiver_id")))
                .check((
                    "commitment_state",
                    Expr::cust(
                        "state IN ('intention', 'obligation', 'claimed', 'overdue', 'overdue_claimed', 'fulfilled', \
                         'fulfilled_late', 'withdrawn', 'lapsed', 'forgiven', 'cancelled')",
                    ),
                ))
                .to_owned(),
        )
        .await?;
    let db = manager.get_connection();
    // A supporter has at most one live commitment to a collection.
    db.execute_unprepared(
        "CREATE UNIQUE INDEX commitment_live ON commitment (collection_id, supporter_id) \
         WHERE state IN ('intention', 'obligation', 'claimed')",
    )
    .await?;
    db.execute_unprepared("CREATE INDEX commitment_supporter ON commitment (supporter_id, state)").await?;
    db.execute_unprepared("CREATE INDEX commitment_receiver ON commitment (receiver_id, state)").await?;
    db.execute_unprepared("CREATE INDEX commitment_collection ON commitment (collection_id, state)").await?;
    Ok(())
}
