//! In which order things were said in Matrix: as the homeserver brought them, whatever its clock says.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // How much had been said before `next_batch`; none in what was noted before this step.
        let heard = Table::alter().table("matrix_cursor").add_column(big_integer_null("heard")).to_owned();
        manager.alter_table(heard).await?;
        // The place of the message in that order.
        let place = Table::alter().table("matrix_undecrypted").add_column(big_integer("seq").default(0)).to_owned();
        manager.alter_table(place).await
    }
}
