//! Who lets their promises be set off against each other, and which promise is to be kept directly all the same.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryTrait, Set};

use crate::domain::MemberId;

/// A member who allows it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "clearing_consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    pub since: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What this member has allowed, if they have.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(member).one(db).await
}

/// How many allow it.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait;
    Entity::find().count(db).await
}

/// From now on they allow it. False: they did already.
pub async fn allow(db: &impl ConnectionTrait, member: MemberId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let row = ActiveModel { member_id: Set(member), since: Set(now) };
    let mut insert = Entity::insert(row).into_query();
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(db.execute(&insert).await?.rows_affected() == 1)
}

/// They don't allow it any more. False: they did not.
pub async fn refuse(db: &impl ConnectionTrait, member: MemberId) -> Result<bool, DbErr> {
    Ok(Entity::delete_by_id(member).exec(db).await?.rows_affected == 1)
}
