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
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Memory {
    /// Where this person is spoken with. `None`: nowhere, they have not come or have gone. `Some(None)`: they are to
    /// be written to, but the room for it has to be made first.
    pub async fn room_of(&self, user: &str) -> Result<Option<Option<String>>, DbErr> {
        Ok(Entity::find_by_id(user).one(&self.db).await?.map(|row| row.room_id))
    }

    /// Who is spoken with in this room.
    pub async fn person_in(&self, room: &str) -> Result<Option<String>, DbErr> {
        Ok(Entity::find().filter(Column::RoomId.eq(room)).one(&self.db).await?.map(|row| row.user_id))
    }

    /// From now on this person is spoken with in this room, and nobody else is. Gives the room that it was before,
    /// when that was another.
    pub async fn settle(&self, user: &str, room: &str) -> Result<Option<String>, DbErr> {
        let before = self.room_of(user).await?.flatten();
        if before.as_deref() == Some(room) {
            return Ok(None);
        }
        let tx = self.db.begin().await?;
        let others = Entity::update_many()
            .col_expr(Column::RoomId, Expr::value(None::<String>))
            .filter(Column::RoomId.eq(room))
            .filter(Column::UserId.ne(user));
        others.exec(&tx).await?;
        let row = ActiveModel { user_id: Set(user.to_owned()), room_id: Set(Some(room.to_owned())) };
        let moved = OnConflict::column(Column::UserId).update_column(Column::RoomId).to_owned();
        Entity::insert(row).on_conflict(moved).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(before)
    }

    /// The person left this room, or shut the bot out of it: they don't want to be written to.
    pub async fn person_left(&self, room: &str) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::RoomId.eq(room)).exec(&self.db).await?;
        Ok(())
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
