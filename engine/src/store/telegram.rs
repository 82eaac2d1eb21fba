//! What the Telegram adapter has to remember of its wire: which bot it was.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseConnection, Set};

use super::{begin, outbox, seen_update, session};

/// What the accounts of this messenger carry.
const MESSENGER: &str = "telegram";

/// The only row.
const ONLY: i32 = 1;

/// The bot that signed in last.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "telegram_bot")]
pub struct Model {
    /// Always the same: there is one row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Telegram's id of the bot.
    pub bot_id: i64,
    /// Its user name, without the `@`.
    pub username: String,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The memory of the Telegram adapter, in the bot's database.
#[derive(Clone, Debug)]
pub struct Memory {
    db: DatabaseConnection,
}

impl Memory {
    /// What is remembered in this database.
    pub fn new(db: DatabaseConnection) -> Memory {
        Memory { db }
    }

    /// What the bot was called when it signed in last.
    pub async fn username(&self) -> Result<Option<String>, DbErr> {
        Ok(Entity::find_by_id(ONLY).one(&self.db).await?.map(|row| row.username))
    }

    /// This bot has signed in. When it is another than before, what its chats knew of the messages of the other one is
    /// forgotten, because its messages and updates are numbered anew. True: it is another.
    pub async fn signed_in(&self, bot: i64, username: &str) -> Result<bool, DbErr> {
        let tx = begin(&self.db).await?;
        let before = Entity::find_by_id(ONLY).one(&tx).await?;
        if before.as_ref().is_some_and(|before| before.bot_id == bot && before.username == username) {
            return Ok(false);
        }
        let row = ActiveModel { id: Set(ONLY), bot_id: Set(bot), username: Set(username.to_owned()) };
        let again = OnConflict::column(Column::Id).update_columns([Column::BotId, Column::Username]).to_owned();
        Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
        let is_another = before.is_some_and(|before| before.bot_id != bot);
        if is_another {
            session::begin_anew(&tx, MESSENGER).await?;
            outbox::forget_messages(&tx, MESSENGER).await?;
            seen_update::forget_all(&tx, MESSENGER).await?;
        }
        tx.commit().await?;
        Ok(is_another)
    }
}
