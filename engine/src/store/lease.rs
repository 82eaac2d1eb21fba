//! What only one process may do at a time: whoever holds the lease of that name. It runs out when it is not renewed.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{PaginatorTrait, Set};

/// What the leases of processes begin with, each of which says that one is at work.
pub const PROCESS: &str = "process/";

/// One lease.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lease")]
pub struct Model {
    /// What may be done under it, by one at a time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Which process has it.
    pub holder: String,
    /// When it runs out, if it is not renewed.
    pub until: DateTime<Utc>,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How far the clocks of processes that share a database may be apart. What ends later than any of them can have said is
/// left of a clock that was set back.
pub(super) const CLOCKS_APART: TimeDelta = TimeDelta::seconds(20);

/// Takes the lease, or renews it, until then. False: somebody else has it.
pub async fn take(
    db: &impl ConnectionTrait,
    name: &str,
    holder: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let free = Column::Holder.eq(holder).or(Column::Until.lte(now)).or(Column::Until.gt(until + CLOCKS_APART));
    let taken = Entity::update_many()
        .col_expr(Column::Holder, Expr::value(holder))
        .col_expr(Column::Until, Expr::value(until))
        .filter(Column::Name.eq(name))
        .filter(free)
        .exec(db)
        .await?;
    if taken.rows_affected > 0 {
        return Ok(true);
    }
    let row = ActiveModel { name: Set(name.to_owned()), holder: Set(holder.to_owned()), until: Set(until) };
    let nobody_had_it = Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(nobody_had_it > 0)
}

/// Takes it from a holder that is known to be gone. False: it is not theirs any more.
pub async fn inherit(
    db: &impl ConnectionTrait,
    name: &str,
    gone: &str,
    holder: &str,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let taken = Entity::update_many()
        .col_expr(Column::Holder, Expr::value(holder))
        .col_expr(Column::Until, Expr::value(until))
        .filter(Column::Name.eq(name))
        .filter(Column::Holder.eq(gone))
        .exec(db)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Who has it, or had it last.
pub async fn holder(db: &impl ConnectionTrait, name: &str) -> Result<Option<String>, DbErr> {
    Ok(Entity::find_by_id(name).one(db).await?.map(|lease| lease.holder))
}

/// Gives it back, so that another need not wait for its end.
pub async fn give_back(db: &impl ConnectionTrait, name: &str, holder: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Name.eq(name)).filter(Column::Holder.eq(holder)).exec(db).await?;
    Ok(())
}

/// How many leases whose name begins so are held.
pub async fn held(db: &impl ConnectionTrait, prefix: &str, now: DateTime<Utc>) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Name.starts_with(prefix)).filter(Column::Until.gt(now)).count(db).await
}

/// Forgets leases that nobody has renewed since then.
pub async fn forget_before(db: &impl ConnectionTrait, then: DateTime<Utc>) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::Until.lt(then)).exec(db).await?.rows_affected)
}
