//! Messages whose key has not come yet.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{QueryOrder, Set};

use super::Memory;

/// How many are noted by one statement: a statement holds only so many values.
const AT_ONCE: usize = 1000;

/// A message that could not be read yet.
pub type Undecrypted = Model;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "matrix_undecrypted")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    pub room_id: String,
    pub sender: String,
    /// In milliseconds, as the sender's homeserver says.
    pub sent_ms: i64,
    pub noted_at: DateTime<Utc>,
    /// When the sender was asked to send it again.
    pub hinted_at: Option<DateTime<Utc>>,
    /// Its place in the order in which things were said.
    pub seq: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Memory {
    /// Notes messages that could not be read; those that are noted already stay as they are.
    pub async fn note_undecrypted(&self, messages: &[Undecrypted]) -> Result<(), DbErr> {
        for messages in messages.chunks(AT_ONCE) {
            let rows = messages.iter().cloned().map(|message| ActiveModel {
                event_id: Set(message.event_id),
                room_id: Set(message.room_id),
                sender: Set(message.sender),
                sent_ms: Set(message.sent_ms),
                noted_at: Set(message.noted_at),
                hinted_at: Set(message.hinted_at),
                seq: Set(message.seq),
            });
            let known = OnConflict::column(Column::EventId).do_nothing().to_owned();
            Entity::insert_many(rows).on_conflict(known).exec_without_returning(&self.db).await?;
        }
        Ok(())
    }

    /// All that is still to be read, the oldest first.
    pub async fn undecrypted(&self) -> Result<Vec<Undecrypted>, DbErr> {
        Entity::find().order_by_asc(Column::SentMs).all(&self.db).await
    }

    /// The sender of this message was asked to send it again.
    pub async fn hinted(&self, event: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::HintedAt, Expr::value(now))
            .filter(Column::EventId.eq(event))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// It was read, or is given up.
    pub async fn forget_undecrypted(&self, event: &str) -> Result<(), DbErr> {
        Entity::delete_by_id(event).exec(&self.db).await?;
        Ok(())
    }
}
