//! Which message each letter has become: noted before it is sent, so that whoever goes on after a crash sends it no second
//! time.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Set, TransactionTrait};

use super::{Memory, chat};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deltachat_letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub letter: String,
    pub message_id: i64,
    pub said: String,
    pub noted_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The message that a letter has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number in the account folder.
    pub message: i64,
    /// A digest of what it says.
    pub said: String,
}

impl Memory {
    /// What this letter, by a digest of its name, has become.
    pub async fn letter(&self, letter: &str) -> Result<Option<Kept>, DbErr> {
        let row = Entity::find_by_id(letter).one(&self.db).await?;
        Ok(row.map(|row| Kept { message: row.message_id, said: row.said }))
    }

    /// This letter becomes this message. In whose chat (`page_of`) it shows a page is noted too.
    pub async fn becomes(
        &self,
        letter: &str,
        kept: &Kept,
        page_of: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let tx = self.db.begin().await?;
        let row = ActiveModel {
            letter: Set(letter.to_owned()),
            message_id: Set(kept.message),
            said: Set(kept.said.clone()),
            noted_at: Set(now),
        };
        let again = OnConflict::column(Column::Letter)
            .update_columns([Column::MessageId, Column::Said, Column::NotedAt])
            .to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
        if let Some(address) = page_of {
            let page = chat::Entity::update_many().col_expr(chat::Column::PageId, Expr::value(kept.message));
            page.filter(chat::Column::Address.eq(address)).exec(&tx).await?;
        }
        tx.commit().await
    }

    /// Forgets letters that are older than anything that is still tried again.
    pub async fn forget_letters(&self, before: DateTime<Utc>) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::NotedAt.lt(before)).exec(&self.db).await.map(drop)
    }
}
