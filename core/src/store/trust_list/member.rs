//! Who is in which trust list.

use sea_orm::entity::prelude::*;

use super::ListId;
use crate::domain::MemberId;

/// That a member is in a list: in one at the most.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "trust_list_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    pub list_id: ListId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
