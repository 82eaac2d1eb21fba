//! What a notice goes by: a word that its buttons carry, and a number for whoever has to type it. Both are drawn, so that an
//! old button or an old number means no other notice, also in an older copy of the database.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            // What its buttons carry.
            text_null("word"),
            // What its reader types after the words of a choice; no two notices of one reader have the same.
            big_integer_null("number"),
        ] {
            manager.alter_table(Table::alter().table("outbox").add_column(column).to_owned()).await?;
        }
        let db = manager.get_connection();
        for sql in [
            // The notices that have been sent carry their ids.
            "UPDATE outbox SET word = CAST(id AS TEXT), number = id",
            // Of no use to questions that name neither: see m0017.
            "CREATE UNIQUE INDEX outbox_word ON outbox (word) WHERE word IS NOT NULL",
            "CREATE UNIQUE INDEX outbox_number ON outbox (recipient_id, number) WHERE number IS NOT NULL",
        ] {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
