//! What waits for a member's daily message: notices that they want to read once a day, all together.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, QueryOrder, Set};

use crate::domain::MemberId;

/// One notice that waits.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digest_item")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub member_id: i64,
    /// Which notice it is, and what it says: as in the outbox.
    pub kind: String,
    pub facts: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A notice that is to wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub member: MemberId,
    pub kind: String,
    /// JSON.
    pub facts: String,
}

/// How many rows one statement takes, so that it stays below the number of values that databases allow.
const AT_ONCE: usize = 2_000;

/// Keeps all of these.
pub async fn push_many(
    db: &impl ConnectionTrait,
    items: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<ActiveModel> = items
        .into_iter()
        .map(|item| ActiveModel {
            id: NotSet,
            member_id: Set(item.member),
            kind: Set(item.kind),
            facts: Set(item.facts),
            created_at: Set(now),
        })
        .collect();
    for rows in rows.chunks(AT_ONCE) {
        Entity::insert_many(rows.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes out all that waits for a member, the oldest first.
pub async fn take(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    let items = Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::Id).all(db).await?;
    let taken = items.iter().map(|item| item.id);
    if !items.is_empty() {
        Entity::delete_many().filter(Column::Id.is_in(taken)).exec(db).await?;
    }
    Ok(items)
}
