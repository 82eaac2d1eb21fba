//! What very many are told of one event: kept when it happens, and put into the outbox in steps.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let telling = Table::create()
            .table("telling")
            .col(big_pk_auto("id"))
            // Who is to be told what, as JSON; not the words. As many as one step puts into the outbox.
            .col(text("notices"))
            .to_owned();
        manager.create_table(telling).await
    }
}
