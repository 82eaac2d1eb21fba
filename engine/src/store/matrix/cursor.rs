//! Up to where a device has heard the homeserver.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Memory;
use crate::store::session;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "matrix_cursor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_id: String,
    pub next_batch: String,
    /// How much was said before that, to any device of the bot.
    pub heard: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Memory {
    /// Where the next sync of this device begins; `None`: it has never heard anything.
    pub async fn cursor(&self, user: &str, device: &str) -> Result<Option<String>, DbErr> {
        let row = Entity::find_by_id((user.to_owned(), device.to_owned())).one(&self.db).await?;
        Ok(row.map(|row| row.next_batch))
    }

    /// How much was said before the next sync of this device, so that what comes has its place behind it. It is the same
    /// after a crash; a device that goes on where another was begins behind all that a chat knows of.
    pub async fn heard(&self, user: &str, device: &str) -> Result<i64, DbErr> {
        let rows = Entity::find().all(&self.db).await?;
        let is_ours = |row: &&Model| row.user_id == user && row.device_id == device;
        let (ours, most) =
            (rows.iter().find(is_ours).and_then(|row| row.heard), rows.iter().filter_map(|row| row.heard).max());
        match ours {
            Some(heard) if ours == most => Ok(heard),
            _ => Ok(most.max(session::newest(&self.db, "matrix").await?).unwrap_or_default()),
        }
    }

    /// Everything before `next_batch` has become turns; so much was said before it.
    pub async fn move_cursor(&self, user: &str, device: &str, next_batch: &str, heard: i64) -> Result<(), DbErr> {
        let row = ActiveModel {
            user_id: Set(user.to_owned()),
            device_id: Set(device.to_owned()),
            next_batch: Set(next_batch.to_owned()),
            heard: Set(Some(heard)),
        };
        let moved = OnConflict::columns([Column::UserId, Column::DeviceId])
            .update_columns([Column::NextBatch, Column::Heard])
            .to_owned();
        Entity::insert(row).on_conflict(moved).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
