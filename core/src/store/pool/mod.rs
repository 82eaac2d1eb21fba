//! Pools, and who is in them. `case` has the cases of pools, `share` what each member is asked for by them, `invite` the
//! invites that lead to pools, `seen` what is listed and counted.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QueryOrder, QuerySelect, QueryTrait, Set};

use super::many::one_of;
use crate::domain::{MemberId, Money, PoolId, PoolName, PoolRules, Terms, look_of};

pub mod case;
pub mod invite;
pub mod member;
pub mod seen;
pub mod share;

/// One pool.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "pool")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: PoolId,
    pub opened_by: MemberId,
    pub name: String,
    /// The name as it looks, whatever letters it is written with.
    pub look: String,
    pub rules: String,
    pub smallest: i64,
    pub largest: i64,
    pub hours: i32,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What its members have agreed on, beside its rules.
    pub fn terms(&self) -> Terms {
        Terms {
            smallest: Money::from_minor(self.smallest),
            largest: Money::from_minor(self.largest),
            hours: u32::try_from(self.hours).unwrap_or_default(),
        }
    }

    /// Whether it has not been closed.
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

/// Opens a pool, in which nobody is yet.
pub async fn insert(
    db: &impl ConnectionTrait,
    opened_by: MemberId,
    (name, rules): (&PoolName, &PoolRules),
    terms: Terms,
    now: DateTime<Utc>,
) -> Result<PoolId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        opened_by: Set(opened_by),
        name: Set(name.as_str().to_owned()),
        look: Set(look_of(name.as_str())),
        rules: Set(rules.as_str().to_owned()),
        smallest: Set(terms.smallest.minor()),
        largest: Set(terms.largest.minor()),
        hours: Set(i32::try_from(terms.hours).unwrap_or(i32::MAX)),
        opened_at: Set(now),
        closed_at: Set(None),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The pool with this id, open or closed.
pub async fn find(db: &impl ConnectionTrait, id: PoolId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The pools with these ids, as they are told from others of their name. Two queries, none for nothing.
pub async fn find_many(db: &impl ConnectionTrait, these: &[PoolId]) -> Result<Vec<Model>, DbErr> {
    if these.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = seen::names(db, these.iter().copied()).await?;
    let pools = Entity::find().filter(one_of(db, Column::Id, these.iter().copied())).all(db).await?;
    let called = |pool: Model| Model { name: names.remove(&pool.id).unwrap_or_default(), ..pool };
    Ok(pools.into_iter().map(called).collect())
}

/// The pool with this id, open or closed, and nobody else changes it, who is in it, or one of its cases, until the transaction ends: all of that is done
/// under this lock. (SQLite has one writer at a time anyway.)
pub async fn find_locked(db: &impl ConnectionTrait, id: PoolId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The pools that a member is in, open or closed, taken in the order of their numbers, so that two who do so don't wait for
/// each other. One query.
pub async fn of_member_locked(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    let theirs = member::Entity::find().select_only().column(member::Column::PoolId);
    let theirs = theirs.filter(member::Column::MemberId.eq(who)).into_query();
    let pools = Entity::find().filter(Column::Id.in_subquery(theirs));
    pools.order_by_asc(Column::Id).lock_exclusive().all(db).await
}

/// Closes these pools. Where nobody is left who could read them, their names and rules go.
pub async fn close(db: &impl ConnectionTrait, these: &[PoolId], erase: bool, now: DateTime<Utc>) -> Result<(), DbErr> {
    if these.is_empty() {
        return Ok(());
    }
    let these = one_of(db, Column::Id, these.iter().copied());
    let mut close = Entity::update_many().col_expr(Column::ClosedAt, Expr::value(now)).filter(these);
    if erase {
        let nothing = || Expr::value("");
        close = close.col_expr(Column::Name, nothing()).col_expr(Column::Look, nothing());
        close = close.col_expr(Column::Rules, nothing());
    }
    close.exec(db).await?;
    Ok(())
}

/// All that a member has ever opened.
pub async fn opened_by(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::OpenedBy.eq(who)).all(db).await
}
