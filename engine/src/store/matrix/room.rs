//! The room that each person and the bot have for themselves.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{Set, TransactionTrait};

use super::Memory;
use super::group::MESSENGER;
use crate::store::session;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "matrix_room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    /// None when one has to be made.
    pub room_id: Option<String>,
    /// When what made it so happened, in milliseconds, as a homeserver says.
    pub since_ms: i64,
    /// They have been greeted there, or have said something.
    pub greeted: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// In a room that we have made, the two have come together at no time yet, which is before all others.
const MADE: i64 = 0;

/// The person is not there any more. It is theirs no longer, unless it turns out that nobody has left it.
const GONE: i64 = -1;

/// What is so since two came together in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// The room that is over by that.
    pub over: Option<String>,
    /// They are spoken with there since just now.
    pub together: bool,
}

/// What is known of whoever says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The bot knows them: they may say nothing for as long as they like.
    Known,
    /// They have said something.
    Broken,
    /// They have not.
    Kept,
}

impl Memory {
    /// Where this person is spoken with. `None`: nowhere, they have not come or have gone. `Some(None)`: they are to
    /// be written to, but the room for it has to be made first.
    pub async fn room_of(&self, user: &str) -> Result<Option<Option<String>>, DbErr> {
        Ok(self.row(user).await?.map(|row| row.room_id))
    }

    /// Who is spoken with in this room.
    pub async fn person_in(&self, room: &str) -> Result<Option<String>, DbErr> {
        let theirs = Entity::find().filter(Column::RoomId.eq(room)).filter(Column::SinceMs.ne(GONE));
        Ok(theirs.one(&self.db).await?.map(|row| row.user_id))
    }

    /// From now on this person is spoken with in this room, and nobody else is, because of what happened at this time,
    /// in milliseconds. Gives the room that is over by that: where it was before.
    pub async fn settle(&self, user: &str, room: &str, at_ms: i64) -> Result<Option<String>, DbErr> {
        let before = self.row(user).await?.and_then(|row| row.room_id);
        if before.as_deref() == Some(room) {
            self.greeted(user).await?;
            return Ok(None);
        }
        self.place(user, room, at_ms, true).await?;
        Ok(before)
    }

    /// The two came together in this room at this time, in milliseconds. As [`Memory::settle`], unless something later
    /// made them speak elsewhere: then it is this room that is over. Until it is noted by [`Memory::greeted`], they are
    /// together since just now, whatever happens meanwhile.
    pub async fn met(&self, user: &str, room: &str, at_ms: i64) -> Result<Met, DbErr> {
        let before = self.row(user).await?;
        let later = before.as_ref().filter(|row| row.since_ms > at_ms).and_then(|row| row.room_id.as_deref());
        if let Some(elsewhere) = later {
            return Ok(Met { over: Some(room.to_owned()).filter(|room| room != elsewhere), together: false });
        }
        // One that we made is theirs since before they came.
        let was_there = |row: &&Model| row.room_id.as_deref() == Some(room) && row.greeted;
        let together = before.as_ref().filter(was_there).is_none();
        let over = before.and_then(|row| row.room_id).filter(|before| before != room);
        if together {
            self.place(user, room, at_ms, false).await?;
        }
        Ok(Met { over, together })
    }

    /// A room for the two was made. They have not come there yet.
    pub async fn made(&self, user: &str, room: &str) -> Result<(), DbErr> {
        self.place(user, room, MADE, false).await
    }

    /// Who has not been greeted yet in this room, if anybody is spoken with there.
    pub async fn ungreeted_in(&self, room: &str) -> Result<Option<String>, DbErr> {
        let row = Entity::find().filter(Column::RoomId.eq(room)).filter(Column::Greeted.eq(false));
        Ok(row.one(&self.db).await?.map(|row| row.user_id))
    }

    /// Rooms in which nobody has been greeted yet, whether they have come or not.
    pub async fn ungreeted(&self) -> Result<Vec<String>, DbErr> {
        let rows = Entity::find().filter(Column::Greeted.eq(false)).all(&self.db).await?;
        Ok(rows.into_iter().filter_map(|row| row.room_id).collect())
    }

    /// Where people are spoken with whom the bot does not know.
    pub async fn rooms_of_strangers(&self) -> Result<Vec<String>, DbErr> {
        let known =
            Query::select().column("address").from("account").and_where(Expr::col("messenger").eq(MESSENGER)).take();
        let rows = Entity::find().filter(Column::UserId.not_in_subquery(known)).all(&self.db).await?;
        Ok(rows.into_iter().filter_map(|row| row.room_id).collect())
    }

    /// Whether this person has said nothing since then, if the bot does not know them.
    pub async fn stays_silent(&self, user: &str, since: DateTime<Utc>) -> Result<Silence, DbErr> {
        if self.knows_any(&[user.to_owned()]).await? {
            return Ok(Silence::Known);
        }
        let session = session::load(&self.db, MESSENGER, user).await?;
        Ok(if session.is_some_and(|session| session.changed_at > since) { Silence::Broken } else { Silence::Kept })
    }

    /// Whoever came has been greeted, or has said something.
    pub async fn greeted(&self, user: &str) -> Result<(), DbErr> {
        let row = Entity::update_many().col_expr(Column::Greeted, Expr::value(true)).filter(Column::UserId.eq(user));
        row.exec(&self.db).await.map(drop)
    }

    async fn row(&self, user: &str) -> Result<Option<Model>, DbErr> {
        Entity::find_by_id(user).filter(Column::SinceMs.ne(GONE)).one(&self.db).await
    }

    async fn place(&self, user: &str, room: &str, since_ms: i64, greeted: bool) -> Result<(), DbErr> {
        let tx = self.db.begin().await?;
        let others = Entity::update_many()
            .col_expr(Column::RoomId, Expr::value(None::<String>))
            .filter(Column::RoomId.eq(room))
            .filter(Column::UserId.ne(user));
        others.exec(&tx).await?;
        let row = ActiveModel {
            user_id: Set(user.to_owned()),
            room_id: Set(Some(room.to_owned())),
            since_ms: Set(since_ms),
            greeted: Set(greeted),
        };
        let moved = OnConflict::column(Column::UserId)
            .update_columns([Column::RoomId, Column::SinceMs, Column::Greeted])
            .to_owned();
        Entity::insert(row).on_conflict(moved).exec_without_returning(&tx).await?;
        tx.commit().await
    }

    /// The person left this room, or shut the bot out of it: they don't want to be written to.
    pub async fn person_left(&self, room: &str) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::RoomId.eq(room)).exec(&self.db).await?;
        Ok(())
    }

    /// This person left this room, or was shut out of it. If they are spoken with there, they don't want to be written to,
    /// unless [`Memory::was_deleted`] says otherwise.
    pub async fn has_left(&self, user: &str, room: &str) -> Result<(), DbErr> {
        self.are_gone(Column::UserId.eq(user), room).await
    }

    /// The same of whoever is spoken with there.
    pub async fn have_left(&self, room: &str) -> Result<(), DbErr> {
        self.are_gone(Column::RoomId.eq(room), room).await
    }

    async fn are_gone(&self, who: Expr, room: &str) -> Result<(), DbErr> {
        let row = Entity::update_many().col_expr(Column::SinceMs, Expr::value(GONE));
        row.filter(who).filter(Column::RoomId.eq(room)).exec(&self.db).await.map(drop)
    }

    /// The bot has left this room, too, after whom it spoke with there.
    pub async fn is_over(&self, room: &str) -> Result<(), DbErr> {
        let row = Entity::delete_many().filter(Column::RoomId.eq(room)).filter(Column::SinceMs.eq(GONE));
        row.exec(&self.db).await.map(drop)
    }

    /// There is no such room any more: nobody has left it, it was taken away. The next letter needs another. Whether it was
    /// somebody's.
    pub async fn was_deleted(&self, room: &str) -> Result<bool, DbErr> {
        let rows = Entity::update_many()
            .col_expr(Column::RoomId, Expr::value(None::<String>))
            .col_expr(Column::SinceMs, Expr::value(MADE))
            .col_expr(Column::Greeted, Expr::value(false))
            .filter(Column::RoomId.eq(room))
            .filter(Column::SinceMs.eq(GONE));
        Ok(rows.exec(&self.db).await?.rows_affected > 0)
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
