//! People, the messenger accounts they are known by, and members, who are people.

use sea_orm_migration::sea_orm::DbBackend;
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
        manager
            .create_table(
                Table::create()
                    .table("person")
                    .col(big_pk_auto("id"))
                    // A language of `locales/`, as a tag: `en`, `ru`.
                    .col(text("lang"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(big_pk_auto("id"))
                    .col(big_integer("person_id"))
                    // The adapter's name: `telegram`, `matrix`, `terminal`.
                    .col(text("messenger"))
                    // The address in that messenger's own spelling: a Telegram user id, a Matrix user id.
                    .col(text("address"))
                    .col(timestamp_with_time_zone("created_at"))
                    // Set when the messenger says that nothing can be delivered here; cleared when they write again.
                    .col(timestamp_with_time_zone_null("unreachable_since"))
                    .foreign_key(&mut refers("person_id", "person"))
                    .to_owned(),
            )
            .await?;
        // A row of SQLite's is found fastest by a number of this type.
        let mut number = match manager.get_database_backend() {
            DbBackend::Sqlite => integer("id"),
            _ => big_integer("id"),
        };
        manager
            .create_table(
                Table::create()
                    .table("member")
                    // The person's.
                    .col(number.primary_key())
                    // As the member wrote it. At most 64 characters, which is held where names are read.
                    .col(text("name"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut refers("id", "person"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared("CREATE UNIQUE INDEX account_address ON account (messenger, address)").await?;
        db.execute_unprepared("CREATE INDEX account_person ON account (person_id)").await?;
        Ok(())
    }
}
