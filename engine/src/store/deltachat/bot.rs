//! The bot's own account: where people find it, and whether its folder is the one that this database has grown with.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Set, TransactionTrait};

use super::{MESSENGER, Memory, chat, letter};
use crate::store::{outbox, session};

/// The only row.
const ONLY: i32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deltachat_bot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub link: Option<String>,
    pub word: String,
    pub word_before: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Memory {
    /// By which link people found the bot when it last ran.
    pub async fn link(&self) -> Result<Option<String>, DbErr> {
        Ok(self.bot().await?.and_then(|bot| bot.link))
    }

    /// They find it by this one from now on.
    pub async fn found_by(&self, link: &str) -> Result<(), DbErr> {
        let row = Entity::update_many().col_expr(Column::Link, Expr::value(link)).filter(Column::Id.eq(ONLY));
        row.exec(&self.db).await.map(drop)
    }

    /// The account folder knows this word, and is about to be told another. When this database has never heard of it, one of
    /// the two is an older copy, or the folder is a new one: its messages and chats are numbered otherwise, so all that goes
    /// by such numbers is forgotten. True: it was.
    pub async fn meets(&self, folder: Option<&str>, word: &str) -> Result<bool, DbErr> {
        let tx = self.db.begin().await?;
        let before = Entity::find_by_id(ONLY).one(&tx).await?;
        let knows = |bot: &Model| folder.is_some_and(|it| it == bot.word || Some(it) == bot.word_before.as_deref());
        let is_another = !before.as_ref().is_some_and(knows);
        if is_another {
            session::begin_anew(&tx, MESSENGER).await?;
            outbox::forget_messages(&tx, MESSENGER).await?;
            letter::Entity::delete_many().exec(&tx).await?;
            chat::Entity::delete_many().exec(&tx).await?;
        }
        let row = ActiveModel {
            id: Set(ONLY),
            link: Set(before.as_ref().and_then(|bot| bot.link.clone())),
            word: Set(word.to_owned()),
            word_before: Set(folder.map(str::to_owned)),
        };
        let again = OnConflict::column(Column::Id).update_columns([Column::Word, Column::WordBefore]).to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(is_another && before.is_some())
    }

    /// The account folder knows the new word: the one before it counts no longer.
    pub async fn has_met(&self) -> Result<(), DbErr> {
        let row = Entity::update_many().col_expr(Column::WordBefore, Expr::value(None::<String>));
        row.filter(Column::Id.eq(ONLY)).exec(&self.db).await.map(drop)
    }

    async fn bot(&self) -> Result<Option<Model>, DbErr> {
        Entity::find_by_id(ONLY).one(&self.db).await
    }
}
