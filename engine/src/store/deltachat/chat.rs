//! Which chat of the account folder belongs to whom.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Set, TransactionTrait};

use super::{MESSENGER, Memory};
use crate::store::session;

/// Somebody's chat, or a group.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deltachat_chat")]
pub struct Model {
    /// The fingerprint of their key, or what the group calls itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// The chat's number in the account folder.
    pub chat_id: i64,
    /// They were shown what is open when they came, or have said something.
    pub greeted: bool,
    /// The message that shows the page which was sent last.
    pub page_id: Option<i64>,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Memory {
    /// The chat that this address is spoken with in.
    pub async fn chat_of(&self, address: &str) -> Result<Option<Model>, DbErr> {
        Entity::find_by_id(address).one(&self.db).await
    }

    /// Whose chat this is.
    pub async fn whose(&self, chat: i64) -> Result<Option<Model>, DbErr> {
        Entity::find().filter(Column::ChatId.eq(chat)).one(&self.db).await
    }

    /// The numbers of all chats that are known.
    pub async fn chats(&self) -> Result<Vec<i64>, DbErr> {
        Ok(Entity::find().all(&self.db).await?.into_iter().map(|row| row.chat_id).collect())
    }

    /// Who came and was not greeted yet.
    pub async fn ungreeted(&self) -> Result<Vec<Model>, DbErr> {
        Entity::find().filter(Column::Greeted.eq(false)).all(&self.db).await
    }

    /// This address is spoken with in this chat from now on, and nobody else is. With whom the bot has spoken before need not
    /// be greeted.
    pub async fn settle(&self, address: &str, chat: i64) -> Result<Model, DbErr> {
        if let Some(known) = self.chat_of(address).await?.filter(|known| known.chat_id == chat) {
            return Ok(known);
        }
        let tx = self.db.begin().await?;
        Entity::delete_many().filter(Column::ChatId.eq(chat)).exec(&tx).await?;
        let greeted = session::load(&tx, MESSENGER, address).await?.is_some();
        let row = ActiveModel {
            address: Set(address.to_owned()),
            chat_id: Set(chat),
            greeted: Set(greeted),
            page_id: Set(None),
        };
        let moved = OnConflict::column(Column::Address).update_columns([Column::ChatId, Column::PageId]).to_owned();
        Entity::insert(row).on_conflict(moved).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(Model { address: address.to_owned(), chat_id: chat, greeted, page_id: None })
    }

    /// They have been greeted, or have said something.
    pub async fn greeted(&self, address: &str) -> Result<(), DbErr> {
        let row = Entity::update_many().col_expr(Column::Greeted, Expr::value(true));
        row.filter(Column::Address.eq(address)).filter(Column::Greeted.eq(false)).exec(&self.db).await.map(drop)
    }

    /// There is no such chat any more.
    pub async fn is_over(&self, chat: i64) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::ChatId.eq(chat)).exec(&self.db).await.map(drop)
    }
}
