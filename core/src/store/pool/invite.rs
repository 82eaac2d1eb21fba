//! Invites that lead to a pool: an invite as any other, and beside it which pool.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait, Set};

use super::super::{invite, many};
use crate::domain::{InviteId, MemberId, PoolId};

/// That an invite leads to a pool.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "pool_invite")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invite_id: InviteId,
    pub pool_id: PoolId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// This invite leads to that pool.
pub async fn insert(db: &impl ConnectionTrait, invite: InviteId, pool: PoolId) -> Result<(), DbErr> {
    let row = ActiveModel { invite_id: Set(invite), pool_id: Set(pool) };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Where these invites lead that lead to a pool. One query, none for nothing.
pub async fn pools_of(
    db: &impl ConnectionTrait,
    invites: impl IntoIterator<Item = InviteId>,
) -> Result<HashMap<InviteId, PoolId>, DbErr> {
    let invites: Vec<InviteId> = invites.into_iter().collect();
    if invites.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(many::one_of(db, Column::InviteId, invites)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.invite_id, row.pool_id)).collect())
}

/// The newest standing invite to a pool that this member has made.
pub async fn newest_by(
    db: &impl ConnectionTrait,
    pool: PoolId,
    inviter: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<invite::Standing>, DbErr> {
    let of_pool = Entity::find().select_only().column(Column::InviteId).filter(Column::PoolId.eq(pool));
    let ids: Vec<InviteId> = invite::Entity::find()
        .select_only()
        .column(invite::Column::Id)
        .filter(invite::Column::InviterId.eq(inviter))
        .filter(invite::Column::RevokedAt.is_null())
        .filter(invite::Column::Id.in_subquery(of_pool.into_query()))
        .order_by_desc(invite::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    // A few at the most: a member may have so many that end.
    for id in ids {
        if let Some(standing) = invite::standing(db, id, inviter, now).await? {
            return Ok(Some(standing));
        }
    }
    Ok(None)
}

/// What leads to pools of the invites that a member has made, or that lead to their card, goes with them.
pub async fn erase_of(db: &impl ConnectionTrait, who: MemberId) -> Result<(), DbErr> {
    let theirs = Condition::any().add(invite::Column::InviterId.eq(who)).add(invite::Column::ForId.eq(who));
    let theirs = invite::Entity::find().select_only().column(invite::Column::Id).filter(theirs).into_query();
    Entity::delete_many().filter(Column::InviteId.in_subquery(theirs)).exec(db).await?;
    Ok(())
}

/// Which of the invites lead to pools that a member has made.
pub async fn rows_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    let made =
        invite::Entity::find().select_only().column(invite::Column::Id).filter(invite::Column::InviterId.eq(who));
    Entity::find().filter(Column::InviteId.in_subquery(made.into_query())).all(db).await
}
