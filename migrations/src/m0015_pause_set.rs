//! When a messenger's pause was set: one from a time that has not come yet was set by a clock that was wrong.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // None in what was set before this step.
        let set_at = timestamp_with_time_zone_null("set_at");
        manager.alter_table(Table::alter().table("pause").add_column(set_at).to_owned()).await
    }
}
