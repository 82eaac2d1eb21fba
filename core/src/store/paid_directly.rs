//! Promises that one of their sides wants to be kept directly, whatever both allow for the others.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Set};

use crate::domain::{CommitmentId, MemberId};

/// That one side wants it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "paid_directly")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub commitment_id: CommitmentId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    pub since: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who wants it of this promise: none of its sides, one, or both.
pub async fn wanted_by(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Vec<MemberId>, DbErr> {
    let wanted = Entity::find().select_only().column(Column::MemberId).filter(Column::CommitmentId.eq(id));
    wanted.into_tuple().all(db).await
}

/// This side wants it from now on. False: it did already.
pub async fn want(
    db: &impl ConnectionTrait,
    id: CommitmentId,
    side: MemberId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = ActiveModel { commitment_id: Set(id), member_id: Set(side), since: Set(now) };
    let mut insert = Entity::insert(row).into_query();
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(db.execute(&insert).await?.rows_affected() == 1)
}

/// This side does not want it any more. False: it did not.
pub async fn want_no_more(db: &impl ConnectionTrait, id: CommitmentId, side: MemberId) -> Result<bool, DbErr> {
    let wanted = Entity::delete_many().filter(Column::CommitmentId.eq(id)).filter(Column::MemberId.eq(side));
    Ok(wanted.exec(db).await?.rows_affected == 1)
}

/// All that a member wants so.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::CommitmentId).all(db).await
}
