//! Who came by which invite. Written and read through `invite`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;

use crate::domain::{InviteId, MemberId};

/// One member who came by one invite.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "invite_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invite_id: InviteId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    pub used_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
