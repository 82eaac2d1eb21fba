//! Collections (what members ask for) and commitments (what others record towards them).

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{all, refers};

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
                // The last day of an emergency or an initiative, in the community's time zone. A monthly collection has none.
                .col(date_null("ends_on"))
                // When an initiative had all the votes that it needs.
                .col(timestamp_with_time_zone_null("reached_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                // How it ended: covered, the date passed, its owner ended it, or its owner left.
                .col(text_null("ending"))
                // How far word of the collection has gone: 1 the near circle, 2 the network, 3 the far circle.
                .col(small_integer("ring").default(1))
                .foreign_key(&mut refers("owner_id", "member"))
                .check(("collection_kind", Expr::cust("kind IN ('monthly', 'emergency', 'case', 'initiative')")))
                .check(("collection_target", Expr::cust("target > 0")))
                .check(("collection_date", Expr::cust("(kind IN ('emergency', 'initiative')) = (ends_on IS NOT NULL)")))
                .check((
                    "collection_ending",
                    Expr::cust("ending IN ('covered', 'expired', 'ended', 'left', 'reached', 'closed')"),
                ))
                .check(("collection_ended", Expr::cust("(ended_at IS NULL) = (ending IS NULL)")))
                .to_owned(),
        )
        .await?;
    // A member asks for help in each way once at a time. They may propose several initiatives. Of many members, those in need
    // are found here alone.
    let found_here = if manager.get_database_backend() == DbBackend::Postgres { "INCLUDE (id, target)" } else { "" };
    let open = format!(
        "CREATE UNIQUE INDEX collection_open ON collection (owner_id, kind) {found_here}
         WHERE ended_at IS NULL AND kind <> 'initiative'"
    );
    all(manager, &[&open, "CREATE INDEX collection_owner ON collection (owner_id)"]).await
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
                // Its month was not over when its supporter said that it is done: it is kept in time, whenever it is confirmed.
                .col(boolean("claimed_in_time").default(false))
                // When it came to rest: fulfilled, withdrawn, lapsed, forgiven or cancelled.
                .col(timestamp_with_time_zone_null("settled_at"))
                // When the receiver last asked to promise or to fulfil: once in 24 hours.
                .col(timestamp_with_time_zone_null("asked_at"))
                // When the supporter last reminded to confirm: once in 24 hours.
                .col(timestamp_with_time_zone_null("reminded_at"))
                // The month that it was fulfilled in is over, and what follows from that is done.
                .col(boolean("closed").default(false))
                // It is an intention that was made, or added to, from what was fulfilled in this month, as 202611.
                .col(integer_null("carried_from"))
                // The promise that it was a part of, where it was claimed by itself.
                .col(big_integer_null("part_of"))
                // What its supporter says about it: their own words.
                .col(text_null("note"))
                .foreign_key(&mut refers("collection_id", "collection"))
                .foreign_key(&mut refers("supporter_id", "member"))
                .foreign_key(&mut refers("receiver_id", "member"))
                .foreign_key(&mut refers("part_of", "commitment"))
                .check(("commitment_sum", Expr::cust("sum > 0")))
                .check(("commitment_sides", Expr::cust("supporter_id <> receiver_id")))
                .check((
                    "commitment_state",
                    Expr::cust(
                        "state IN ('intention', 'obligation', 'claimed', 'overdue', 'overdue_claimed', 'fulfilled', \
                         'fulfilled_late', 'withdrawn', 'lapsed', 'forgiven', 'cancelled', 'merged', 'passed_on', 'taken_over')",
                    ),
                ))
                .to_owned(),
        )
        .await?;
    all(manager, &OF_COMMITMENTS).await
}

const OF_COMMITMENTS: [&str; 12] = [
    // A supporter has at most one intention or obligation to a collection; what was claimed of it stands beside it.
    "CREATE UNIQUE INDEX commitment_owed ON commitment (collection_id, supporter_id)
     WHERE state IN ('intention', 'obligation')",
    // The circle of a collection, member by member.
    "CREATE INDEX commitment_circle ON commitment (collection_id, supporter_id, state, settled_at, id)",
    // Lists are read page by page, each state from its latest month on, and of a month from what was settled last, or is the
    // newest: so nobody sorts all that a member with thousands of supporters has.
    "CREATE INDEX commitment_supporter ON commitment (supporter_id, state, month, settled_at, id)",
    "CREATE INDEX commitment_receiver ON commitment (receiver_id, state, month, settled_at, id)",
    // A circle's fulfilled ones are those of this month: by when they were settled. What a collection has is added up from
    // here alone.
    "CREATE INDEX commitment_collection ON commitment (collection_id, state, settled_at, id, month, sum, supporter_id)",
    // Ties are followed without a look at the commitments themselves, of which one member may have thousands: what is
    // unsettled, and what ended lately, by when it did.
    "CREATE INDEX commitment_supporter_tied ON commitment (supporter_id, receiver_id, month, state, settled_at)
     WHERE settled_at IS NULL",
    "CREATE INDEX commitment_receiver_tied ON commitment (receiver_id, supporter_id, month, state, settled_at)
     WHERE settled_at IS NULL",
    "CREATE INDEX commitment_supporter_lately ON commitment (supporter_id, settled_at, receiver_id)
     WHERE settled_at IS NOT NULL",
    "CREATE INDEX commitment_receiver_lately ON commitment (receiver_id, settled_at, supporter_id)
     WHERE settled_at IS NOT NULL",
    // What a month's close still has to look at; so it stays small however long the history grows.
    "CREATE INDEX commitment_to_close ON commitment (collection_id, supporter_id)
     WHERE state IN ('intention', 'obligation', 'claimed') OR (state = 'fulfilled' AND NOT closed)",
    // Whether a month is still to be closed on what somebody was given, or gave, whatever they were before.
    "CREATE INDEX commitment_supporter_open ON commitment (supporter_id, state, month) WHERE state = 'fulfilled' AND NOT closed",
    "CREATE INDEX commitment_receiver_open ON commitment (receiver_id, state, month) WHERE state = 'fulfilled' AND NOT closed",
];
