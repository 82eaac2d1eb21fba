//! Pools, and who is in them. `case` has the cases of pools, `share` what each member is asked for by them, `invite` the
//! invites that lead to pools, `seen` what is listed and counted.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QuerySelect, Set};

use crate::domain::{MemberId, Money, PoolId, PoolName, PoolRules, Terms};

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

/// The same, and nobody else changes it, who is in it, or one of its cases, until the transaction ends: all of that is done
/// under this lock. (SQLite has one writer at a time anyway.)
pub async fn find_locked(db: &impl ConnectionTrait, id: PoolId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Closes a pool. Where nobody is left who could read them, its name and rules go.
pub async fn close(db: &impl ConnectionTrait, id: PoolId, erase: bool, now: DateTime<Utc>) -> Result<(), DbErr> {
    let mut close = Entity::update_many().col_expr(Column::ClosedAt, Expr::value(now)).filter(Column::Id.eq(id));
    if erase {
        close = close.col_expr(Column::Name, Expr::value("")).col_expr(Column::Rules, Expr::value(""));
    }
    close.exec(db).await?;
    Ok(())
}

/// All that a member has ever opened.
pub async fn opened_by(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::OpenedBy.eq(who)).all(db).await
}
