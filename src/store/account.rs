//! The messenger accounts that members are known by.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QueryOrder, Set};

use super::{member, outbox};
use crate::domain::MemberId;

/// One address of a member in one messenger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub member_id: i64,
    pub messenger: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    /// Since when the messenger delivers nothing to it.
    pub unreachable_since: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::MemberId", to = "super::member::Column::Id")]
    Member,
}

impl Related<member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// The account at this address and whose it is.
pub async fn find_by_account(
    db: &impl ConnectionTrait,
    messenger: &str,
    address: &str,
) -> Result<Option<(Model, member::Model)>, DbErr> {
    let row = Entity::find()
        .find_also_related(member::Entity)
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Address.eq(address))
        .one(db)
        .await?;
    Ok(row.and_then(|(account, member)| member.map(|member| (account, member))))
}

/// Gives a member an account; what waited for one goes there. A unique violation means that the address is somebody's
/// already.
pub async fn insert(
    db: &impl ConnectionTrait,
    member: MemberId,
    messenger: &str,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        member_id: Set(member),
        messenger: Set(messenger.to_owned()),
        address: Set(address.to_owned()),
        created_at: Set(now),
        unreachable_since: Set(None),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    outbox::find_way(db, id).await?;
    Ok(Model {
        id,
        member_id: member,
        messenger: messenger.to_owned(),
        address: address.to_owned(),
        created_at: now,
        unreachable_since: None,
    })
}

/// The account that the member is written to: the oldest that can be reached.
pub async fn reachable_account(db: &impl ConnectionTrait, member: MemberId) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::MemberId.eq(member))
        .filter(Column::UnreachableSince.is_null())
        .order_by_asc(Column::Id)
        .one(db)
        .await
}

/// All accounts of a member, the oldest first.
pub async fn of_member(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::Id).all(db).await
}

/// Notes that the messenger delivers nothing to this account; the first time counts. What waits for its owner goes to
/// their next account, or waits until they are back.
pub async fn mark_unreachable(db: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let marked = Entity::update_many()
        .col_expr(Column::UnreachableSince, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::UnreachableSince.is_null())
        .exec(db)
        .await?;
    if marked.rows_affected > 0 { outbox::find_way(db, id).await } else { Ok(()) }
}

/// Notes that this account can be written to again, and what has waited for that may go. Nothing is written when it
/// could before.
pub async fn mark_reachable(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    let marked = Entity::update_many()
        .col_expr(Column::UnreachableSince, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::UnreachableSince.is_not_null())
        .exec(db)
        .await?;
    if marked.rows_affected > 0 { outbox::find_way(db, id).await } else { Ok(()) }
}
