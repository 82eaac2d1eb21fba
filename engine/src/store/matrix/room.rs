//! The room that each person and the bot have for themselves.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Set, TransactionTrait};

use super::Memory;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "matrix_room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    /// None when one has to be made.
    pub room_id: Option<String>,
    /// When what made it so happened, in milliseconds, as a homeserver says.
    pub since_ms: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Memory {
    /// Where this person is spoken with. `None`: nowhere, they have not come or have gone. `Some(None)`: they are to
    /// be written to, but the room for it has to be made first.
    pub async fn room_of(&self, user: &str) -> Result<Option<Option<String>>, DbErr> {
        Ok(self.row(user).await?.map(|row| row.room_id))
    }

    /// Who is spoken with in this room.
    pub async fn person_in(&self, room: &str) -> Result<Option<String>, DbErr> {
        Ok(Entity::find().filter(Column::RoomId.eq(room)).one(&self.db).await?.map(|row| row.user_id))
    }

    /// From now on this person is spoken with in this room, and nobody else is, because of what happened at this time,
    /// in milliseconds. Gives the room that is over by that: where it was before.
    pub async fn settle(&self, user: &str, room: &str, at_ms: i64) -> Result<Option<String>, DbErr> {
        let before = self.row(user).await?.and_then(|row| row.room_id);
        if before.as_deref() == Some(room) {
            return Ok(None);
        }
        self.place(user, room, at_ms).await?;
        Ok(before)
    }

    /// The two came together in this room at this time, in milliseconds. As [`Memory::settle`], unless something later
    /// made them speak elsewhere: then it is this room that is over.
    pub async fn met(&self, user: &str, room: &str, at_ms: i64) -> Result<Option<String>, DbErr> {
        let later = self.row(user).await?.filter(|row| row.since_ms > at_ms).and_then(|row| row.room_id);
        match later {
            Some(elsewhere) => Ok(Some(room.to_owned()).filter(|room| *room != elsewhere)),
            None => self.settle(user, room, at_ms).await,
        }
    }

    async fn row(&self, user: &str) -> Result<Option<Model>, DbErr> {
        Entity::find_by_id(user).one(&self.db).await
    }

    async fn place(&self, user: &str, room: &str, since_ms: i64) -> Result<(), DbErr> {
        let tx = self.db.begin().await?;
        let others = Entity::update_many()
            .col_expr(Column::RoomId, Expr::value(None::<String>))
            .filter(Column::RoomId.eq(room))
            .filter(Column::UserId.ne(user));
        others.exec(&tx).await?;
        let row =
            ActiveModel { user_id: Set(user.to_owned()), room_id: Set(Some(room.to_owned())), since_ms: Set(since_ms) };
        let moved = OnConflict::column(Column::UserId).update_columns([Column::RoomId, Column::SinceMs]).to_owned();
        Entity::insert(row).on_conflict(moved).exec_without_returning(&tx).await?;
        tx.commit().await
    }

    /// The person left this room, or shut the bot out of it: they don't want to be written to.
    pub async fn person_left(&self, room: &str) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::RoomId.eq(room)).exec(&self.db).await?;
        Ok(())
    }

    /// This person left this room, or was shut out of it. If they are spoken with there, they don't want to be written to.
    pub async fn has_left(&self, user: &str, room: &str) -> Result<(), DbErr> {
        let row = Entity::delete_many().filter(Column::UserId.eq(user)).filter(Column::RoomId.eq(room));
        row.exec(&self.db).await.map(drop)
    }

    /// The room is not theirs alone any more: the next letter to them needs another.
    pub async fn not_alone(&self, room: &str) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::RoomId, Expr::value(None::<String>))
            .filter(Column::RoomId.eq(room))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
