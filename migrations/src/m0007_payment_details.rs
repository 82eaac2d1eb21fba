//! How members can be paid.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{all, refers};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let payment_detail = Table::create()
            .table("payment_detail")
            .col(big_pk_auto("id"))
            .col(big_integer("member_id"))
            // As the member wrote them. How long they may be is held where they are read.
            .col(text("name"))
            .col(text("value"))
            // The one that others read first.
            .col(boolean("is_default"))
            .foreign_key(&mut refers("member_id", "member"))
            .to_owned();
        manager.create_table(payment_detail).await?;
        let indexes = [
            "CREATE INDEX payment_detail_member ON payment_detail (member_id, id)",
            "CREATE UNIQUE INDEX payment_detail_default ON payment_detail (member_id) WHERE is_default",
        ];
        all(manager, &indexes).await
    }
}
