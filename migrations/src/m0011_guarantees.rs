//! Mutual guarantees, and the trust lists that they make.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{all, refers};

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
                // Each pair has a row from either side.
                Table::create()
                    .table("guarantee")
                    .col(big_integer("member_id"))
                    .col(big_integer("other_id"))
                    .col(timestamp_with_time_zone("since"))
                    .primary_key(Index::create().col("member_id").col("other_id"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .foreign_key(&mut refers("other_id", "member"))
                    .check(("guarantee_sides", Expr::cust("member_id <> other_id")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("trust_list")
                    .col(big_pk_auto("id"))
                    // How many members it has: two at least.
                    .col(big_integer("members"))
                    .check(("trust_list_members", Expr::cust("members >= 2")))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                // In which list those are who hold a guarantee.
                Table::create()
                    .table("trust_list_member")
                    .col(big_integer("member_id").primary_key())
                    .col(big_integer("list_id"))
                    .foreign_key(&mut refers("member_id", "member"))
                    .foreign_key(&mut refers("list_id", "trust_list"))
                    .to_owned(),
            )
            .await?;
        all(manager, &["CREATE INDEX trust_list_member_list ON trust_list_member (list_id)"]).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Of a table that it has never looked at, a server believes that it holds a few thousand rows. Who is near whom is
            // asked of this one too, and would be looked for by another way, though a community has no guarantees at all.
            all(manager, &["ANALYZE guarantee"]).await?;
        }
        Ok(())
    }
}
