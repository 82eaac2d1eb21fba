//! On PostgreSQL each question about what waits has one index that can answer it.
//!
//! The server chooses among indexes by how many rows it believes that they hold. It looks about once a minute, and mostly
//! sees an outbox in which all has been sent: then all indexes of what waits seem empty, and to read the whole of any of
//! them as good as to find a row in one. A moment later a hundred thousand rows wait in them. So each index holds what only
//! its own questions imply; for the others it is no choice.
//!
//! SQLite does not look, and takes the index whose columns are asked for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

const ON_POSTGRES: [&str; 7] = [
    "DROP INDEX outbox_due",
    "DROP INDEX outbox_turn",
    "DROP INDEX outbox_expires",
    "CREATE INDEX outbox_due ON outbox (messenger, priority, due_at, id)
     WHERE sent_at IS NULL AND failed_at IS NULL AND messenger IS NOT NULL",
    // What waits for members who can't be reached.
    "CREATE INDEX outbox_lost ON outbox (recipient_id) WHERE sent_at IS NULL AND failed_at IS NULL AND messenger IS NULL",
    "CREATE INDEX outbox_turn ON outbox (recipient_id, id)
     WHERE sent_at IS NULL AND failed_at IS NULL AND recipient_id IS NOT NULL",
    "CREATE INDEX outbox_expires ON outbox (expires_at)
     WHERE sent_at IS NULL AND failed_at IS NULL AND expires_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            for step in ON_POSTGRES {
                manager.get_connection().execute_unprepared(step).await?;
            }
        }
        Ok(())
    }
}
