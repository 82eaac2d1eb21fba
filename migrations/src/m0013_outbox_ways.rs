//! The outbox by messenger: each has a pace of its own, and may be out of reach while others are not.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Rows that are neither sent nor given up: all that the indexes below hold.
const WAITING: &str = "WHERE sent_at IS NULL AND failed_at IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            // Where a waiting row goes: the messenger of the recipient's oldest account that can be reached. Empty while
            // there is none.
            text_null("messenger"),
            // From then on it is given up.
            timestamp_with_time_zone_null("expires_at"),
        ] {
            manager.alter_table(Table::alter().table("outbox").add_column(column).to_owned()).await?;
        }
        let db = manager.get_connection();
        for sql in [
            format!(
                "UPDATE outbox SET messenger = (
                     SELECT a.messenger FROM account a
                     WHERE a.person_id = outbox.recipient_id AND a.unreachable_since IS NULL
                     ORDER BY a.id LIMIT 1)
                 {WAITING}"
            ),
            "DROP INDEX outbox_due".to_owned(),
            format!("CREATE INDEX outbox_due ON outbox (messenger, priority, due_at, id) {WAITING}"),
            format!("CREATE INDEX outbox_expires ON outbox (expires_at) {WAITING}"),
        ] {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
