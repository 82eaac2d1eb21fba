//! Up to where a device has heard the homeserver.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::Memory;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "matrix_cursor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub device_id: String,
    pub next_batch: String,
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

    /// Everything before `next_batch` has become turns.
    pub async fn move_cursor(&self, user: &str, device: &str, next_batch: &str) -> Result<(), DbErr> {
        let row = ActiveModel {
            user_id: Set(user.to_owned()),
            device_id: Set(device.to_owned()),
            next_batch: Set(next_batch.to_owned()),
        };
        let moved = OnConflict::columns([Column::UserId, Column::DeviceId]).update_column(Column::NextBatch).to_owned();
        Entity::insert(row).on_conflict(moved).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
