//! The outbox: what is still to be told, one row for each recipient.
//!
//! On PostgreSQL each question about what waits has one index that can answer it. The server chooses among indexes by how
//! many rows it believes that they hold. It looks about once a minute, and mostly sees an outbox in which all has been sent:
//! then all indexes of what waits seem empty, and to read the whole of any of them as good as to find a row in one. A moment
//! later a hundred thousand rows wait in them. So each index holds what only its own questions imply; for the others it is no
//! choice.
//!
//! SQLite does not look, and takes the index whose columns are asked for.

use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

use super::{all, refers};

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
                    // What the notice's choices act on, or lead to, as whoever queued it says that: `wish/412`.
                    .col(text_null("about"))
                    // The record that it tells of, so that the last word on it counts. None: it tells of several, or of none.
                    .col(text_null("record"))
                    // Smaller goes first.
                    .col(small_integer("priority"))
                    // Told by day, where its recipient lives.
                    .col(boolean("by_day"))
                    .col(timestamp_with_time_zone("created_at"))
                    // Not before this time: moved on when a messenger asks to wait.
                    .col(timestamp_with_time_zone("due_at"))
                    // From then on it is given up.
                    .col(timestamp_with_time_zone_null("expires_at"))
                    // Where a waiting row goes: the messenger of the account that its recipient is written to. Empty while
                    // there is none.
                    .col(text_null("messenger"))
                    // How often a worker has taken it up.
                    .col(integer("attempts").default(0))
                    // A worker has it in hand until then; if the worker dies, another takes it up afterwards.
                    .col(timestamp_with_time_zone_null("lease_until"))
                    // Since when it has been refused for a reason that nobody foresaw. None in nearly all: it never was.
                    .col(timestamp_with_time_zone_null("refused_since"))
                    .col(timestamp_with_time_zone_null("sent_at"))
                    .col(timestamp_with_time_zone_null("failed_at"))
                    // Why it was given up.
                    .col(text_null("failure"))
                    // The messenger's id of the message that shows the notice, so that a reply to it is understood.
                    .col(text_null("message"))
                    // What its buttons carry, and what its reader types after the words of a choice. Both are drawn, so that an
                    // old button or an old number means no other notice, also in an older copy of the database.
                    .col(text_null("word"))
                    .col(big_integer_null("number"))
                    // A notice's deeds work once: when one of them did.
                    .col(timestamp_with_time_zone_null("answered_at"))
                    .foreign_key(&mut refers("recipient_id", "person"))
                    .check(("outbox_outcome", Expr::cust("sent_at IS NULL OR failed_at IS NULL")))
                    .to_owned(),
            )
            .await?;
        all(manager, &INDEXES).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => all(manager, &OF_WHAT_WAITS_ON_POSTGRES).await,
            _ => all(manager, &OF_WHAT_WAITS).await,
        }
    }
}

const INDEXES: [&str; 11] = [
    // Of use to questions that name a word, or a number, and to no others.
    "CREATE UNIQUE INDEX outbox_word ON outbox (word) WHERE word IS NOT NULL",
    "CREATE UNIQUE INDEX outbox_number ON outbox (recipient_id, number) WHERE number IS NOT NULL",
    "CREATE INDEX outbox_message ON outbox (recipient_id, message) WHERE message IS NOT NULL",
    // What somebody can still answer, the newest first: also what is about nothing in particular.
    "CREATE INDEX outbox_unanswered ON outbox (recipient_id, id) WHERE sent_at IS NOT NULL AND answered_at IS NULL",
    // What else somebody was told about the same, and what they answered last: found without going through all they were told.
    "CREATE INDEX outbox_about ON outbox (recipient_id, about, id) WHERE about IS NOT NULL",
    "CREATE INDEX outbox_answered ON outbox (recipient_id, answered_at, id) WHERE answered_at IS NOT NULL",
    // Of what waits, a few rows tell of one record.
    "CREATE INDEX outbox_record ON outbox (record, recipient_id)
     WHERE sent_at IS NULL AND failed_at IS NULL AND record IS NOT NULL",
    // What goes to all and tells of one record is counted, however far it has come.
    "CREATE INDEX outbox_to_all ON outbox (record) WHERE priority = 2 AND record IS NOT NULL",
    // What is over is found by when it was over, so that throwing it away takes as long however much is kept.
    "CREATE INDEX outbox_told ON outbox (sent_at) WHERE sent_at IS NOT NULL AND about IS NULL",
    "CREATE INDEX outbox_asked ON outbox (sent_at) WHERE sent_at IS NOT NULL AND about IS NOT NULL",
    "CREATE INDEX outbox_given_up ON outbox (failed_at) WHERE failed_at IS NOT NULL",
];

/// These hold only what waits, so they stay small however long the history grows.
const OF_WHAT_WAITS: [&str; 3] = [
    "CREATE INDEX outbox_due ON outbox (messenger, priority, due_at, id) WHERE sent_at IS NULL AND failed_at IS NULL",
    "CREATE INDEX outbox_turn ON outbox (recipient_id, id) WHERE sent_at IS NULL AND failed_at IS NULL",
    "CREATE INDEX outbox_expires ON outbox (expires_at) WHERE sent_at IS NULL AND failed_at IS NULL",
];

const OF_WHAT_WAITS_ON_POSTGRES: [&str; 4] = [
    "CREATE INDEX outbox_due ON outbox (messenger, priority, due_at, id)
     WHERE sent_at IS NULL AND failed_at IS NULL AND messenger IS NOT NULL",
    // What waits for people who can't be reached.
    "CREATE INDEX outbox_lost ON outbox (recipient_id) WHERE sent_at IS NULL AND failed_at IS NULL AND messenger IS NULL",
    "CREATE INDEX outbox_turn ON outbox (recipient_id, id)
     WHERE sent_at IS NULL AND failed_at IS NULL AND recipient_id IS NOT NULL",
    "CREATE INDEX outbox_expires ON outbox (expires_at)
     WHERE sent_at IS NULL AND failed_at IS NULL AND expires_at IS NOT NULL",
];
