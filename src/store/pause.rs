//! Messengers that asked to be left alone, for all processes that work on the database.

use chrono::{DateTime, Utc};
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

/// One messenger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pause")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub messenger: String,
    /// Nothing is sent until then.
    pub until: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Leaves a messenger alone until then. What it said last counts.
pub async fn set(db: &impl ConnectionTrait, messenger: &str, until: DateTime<Utc>) -> Result<(), DbErr> {
    let row = ActiveModel { messenger: Set(messenger.to_owned()), until: Set(until) };
    let again = OnConflict::column(Column::Messenger).update_column(Column::Until).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}
