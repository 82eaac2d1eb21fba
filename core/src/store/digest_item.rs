//! What waits for a member's daily message: notices that they want to read once a day, all together.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, QueryOrder, Set, Statement};

use super::many;
use crate::domain::MemberId;
use exodus_engine::id::Id;

/// How many records one statement names.
const AT_ONCE: usize = 1_000;

/// One notice that waits.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "digest_item")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: Id<Model>,
    pub member_id: MemberId,
    /// Which notice it is, and what it says: as in the outbox.
    pub kind: String,
    pub facts: String,
    /// The record that it tells of.
    pub record: Option<String>,
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
    /// The record that it tells of, if it is one.
    pub record: Option<String>,
}

/// Keeps all of these.
pub async fn push_many(
    db: &impl ConnectionTrait,
    items: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = items.into_iter().map(|item| ActiveModel {
        id: NotSet,
        member_id: Set(item.member),
        kind: Set(item.kind),
        facts: Set(item.facts),
        record: Set(item.record),
        created_at: Set(now),
    });
    many::insert(db, rows.collect()).await
}

/// Takes out all of these kinds that waits for a member, the oldest first. What another release has left there stays.
pub async fn take(db: &impl ConnectionTrait, member: MemberId, kinds: &[&str]) -> Result<Vec<Model>, DbErr> {
    let of_these = Column::Kind.is_in(kinds.iter().copied());
    let mine = Entity::find().filter(Column::MemberId.eq(member)).filter(of_these);
    let items = mine.order_by_asc(Column::Id).all(db).await?;
    let taken = items.iter().map(|item| item.id);
    if !items.is_empty() {
        Entity::delete_many().filter(many::one_of(db, Column::Id, taken)).exec(db).await?;
    }
    Ok(items)
}

/// Whether anything waits for a member.
pub async fn waits(db: &impl ConnectionTrait, member: MemberId) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(Column::MemberId.eq(member)).one(db).await?.is_some())
}

/// Nothing waits for this member any more; nor does anything for others that tells of these records.
pub async fn forget(db: &impl ConnectionTrait, member: MemberId, records: &[String]) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::MemberId.eq(member)).exec(db).await?;
    withdraw(db, records).await
}

/// Nothing that tells of these records waits for anybody any more.
pub async fn withdraw(db: &impl ConnectionTrait, records: &[String]) -> Result<(), DbErr> {
    for records in records.chunks(AT_ONCE) {
        Entity::delete_many().filter(Column::Record.is_in(records)).exec(db).await?;
    }
    Ok(())
}

/// Members for whom something waits though no message is planned under this name: the clock was set back, and the
/// message of that evening had gone out before.
pub async fn forgotten(db: &impl ConnectionTrait, name: &str, limit: u64) -> Result<Vec<MemberId>, DbErr> {
    let sql = "SELECT DISTINCT i.member_id FROM digest_item i
         WHERE NOT EXISTS (
             SELECT 1 FROM schedule s WHERE s.name = $1 AND s.about = i.member_id AND s.done_at IS NULL)
         ORDER BY i.member_id LIMIT $2";
    let values = [name.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// All that waits for a member.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::Id).all(db).await
}
