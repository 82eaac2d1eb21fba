//! Where a member lives, in their own words.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A city, as the list of all cities calls it, or what was typed (`МСК+2`); null where the zone says it by itself.
        let sql = "ALTER TABLE person ADD COLUMN place VARCHAR";
        manager.get_connection().execute_unprepared(sql).await.map(drop)
    }
}
