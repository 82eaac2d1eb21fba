//! Who is in which pool, and how much they would give in a month at the most.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, Set, Statement};

use super::super::many::one_of;
use crate::domain::{CollectionKind, MemberId, Money, Month, PoolId, Status};

/// One member of one pool.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "pool_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pool_id: PoolId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    pub contribution: i64,
    pub joined_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// This member in this pool, if they are in it.
pub async fn find(db: &impl ConnectionTrait, pool: PoolId, who: MemberId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((pool, who)).one(db).await
}

/// Somebody is in a pool from now on. A unique violation means that they are already.
pub async fn insert(
    db: &impl ConnectionTrait,
    pool: PoolId,
    who: MemberId,
    contribution: Money,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        pool_id: Set(pool),
        member_id: Set(who),
        contribution: Set(contribution.minor()),
        joined_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// They give so much at the most from now on.
pub async fn set_contribution(
    db: &impl ConnectionTrait,
    pool: PoolId,
    who: MemberId,
    contribution: Money,
) -> Result<(), DbErr> {
    let contribution = Expr::value(contribution.minor());
    let one = Entity::update_many().col_expr(Column::Contribution, contribution);
    one.filter(Column::PoolId.eq(pool)).filter(Column::MemberId.eq(who)).exec(db).await?;
    Ok(())
}

/// These are in a pool no more.
pub async fn remove(db: &impl ConnectionTrait, pool: PoolId, these: &[MemberId]) -> Result<(), DbErr> {
    if these.is_empty() {
        return Ok(());
    }
    let some = one_of(db, Column::MemberId, these.iter().copied());
    Entity::delete_many().filter(Column::PoolId.eq(pool)).filter(some).exec(db).await?;
    Ok(())
}

/// A member is in these pools no more.
pub async fn remove_from(db: &impl ConnectionTrait, pools: &[PoolId], who: MemberId) -> Result<(), DbErr> {
    if pools.is_empty() {
        return Ok(());
    }
    let these = one_of(db, Column::PoolId, pools.iter().copied());
    Entity::delete_many().filter(Column::MemberId.eq(who)).filter(these).exec(db).await?;
    Ok(())
}

/// Those of these pools in which anybody is. One query, none for nothing.
pub async fn peopled(db: &impl ConnectionTrait, pools: &[PoolId]) -> Result<Vec<PoolId>, DbErr> {
    if pools.is_empty() {
        return Ok(Vec::new());
    }
    let these: Vec<String> = pools.iter().map(PoolId::to_string).collect();
    let sql = format!(
        "SELECT p.id FROM pool p WHERE p.id IN ({}) AND EXISTS (SELECT 1 FROM pool_member m WHERE m.pool_id = p.id)",
        these.join(", ")
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Who has been in a pool for the longest time, and so looks after it.
pub async fn longest(db: &impl ConnectionTrait, pool: PoolId) -> Result<Option<MemberId>, DbErr> {
    let first = Entity::find().select_only().column(Column::MemberId).filter(Column::PoolId.eq(pool));
    first.order_by_asc(Column::JoinedAt).order_by_asc(Column::MemberId).limit(1).into_tuple().one(db).await
}

/// Who looks after each of these pools, as far as anybody is in them. One query, none for nothing.
pub async fn keepers(db: &impl ConnectionTrait, pools: Vec<PoolId>) -> Result<Vec<(PoolId, MemberId)>, DbErr> {
    if pools.is_empty() {
        return Ok(Vec::new());
    }
    let these: Vec<String> = pools.iter().map(PoolId::to_string).collect();
    let sql = format!(
        "SELECT m.pool_id, m.member_id FROM pool_member m
         WHERE m.pool_id IN ({}) AND m.member_id = (
             SELECT f.member_id FROM pool_member f WHERE f.pool_id = m.pool_id
             ORDER BY f.joined_at, f.member_id LIMIT 1)
         ORDER BY m.pool_id",
        these.join(", ")
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// The open pools that a member looks after: those in which nobody has been longer.
pub async fn kept_by(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<PoolId>, DbErr> {
    let sql = "SELECT m.pool_id FROM pool_member m JOIN pool p ON p.id = m.pool_id AND p.closed_at IS NULL
               WHERE m.member_id = $1 AND m.member_id = (
                   SELECT f.member_id FROM pool_member f WHERE f.pool_id = m.pool_id
                   ORDER BY f.joined_at, f.member_id LIMIT 1)
               ORDER BY m.pool_id";
    let kept = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()]);
    db.query_all_raw(kept).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// All who are in a pool, by their numbers.
pub async fn ids(db: &impl ConnectionTrait, pool: PoolId) -> Result<Vec<MemberId>, DbErr> {
    let ids = Entity::find().select_only().column(Column::MemberId).filter(Column::PoolId.eq(pool));
    ids.order_by_asc(Column::MemberId).into_tuple().all(db).await
}

/// In which pools a member is, in the order of their numbers.
pub async fn rows_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(who)).order_by_asc(Column::PoolId).all(db).await
}

/// What others than `$3` can be asked for in pool `$1` who are neither suspended nor in an emergency of their own: their
/// contributions, less what they have promised in the month `$2` to its cases. (Those that came to their end before `$4` have nothing of this month, also where
/// a promise was put off.)
pub(super) fn most() -> String {
    let red = CollectionKind::ALL.into_iter().filter(|kind| kind.means_status() == Some(Status::Red));
    let red: Vec<String> = red.map(|kind| format!("'{}'", kind.as_str())).collect();
    format!("{MOST} AND e.kind IN ({}))", red.join(", "))
}

const MOST: &str = "SELECT p.member_id, p.contribution - COALESCE(g.given, 0) AS most
    FROM pool_member p
    JOIN member m ON m.id = p.member_id AND m.suspended_at IS NULL
    LEFT JOIN (
        SELECT c.supporter_id, CAST(SUM(c.sum) AS BIGINT) AS given
        FROM pool_case k JOIN commitment c ON c.collection_id = k.collection_id
        WHERE k.pool_id = $1 AND (k.ended_at IS NULL OR k.ended_at >= $4) AND c.month = $2
        AND c.state NOT IN ('forgiven', 'cancelled', 'merged')
        GROUP BY c.supporter_id) g ON g.supporter_id = p.member_id
    WHERE p.pool_id = $1 AND p.member_id <> $3 AND p.contribution > COALESCE(g.given, 0)
    AND NOT EXISTS (SELECT 1 FROM collection e
                    WHERE e.owner_id = p.member_id AND e.ended_at IS NULL";

/// The values of [`most`] for this month.
pub(super) fn most_values(pool: PoolId, month: Month, besides: MemberId, since: DateTime<Utc>) -> [Value; 4] {
    [pool.into(), month.number().into(), besides.into(), since.into()]
}

/// What each of the others can be asked for in this month, beside what cases ask for that are discussed. One query.
pub async fn most_of_others(
    db: &impl ConnectionTrait,
    pool: PoolId,
    besides: MemberId,
    (month, since): (Month, DateTime<Utc>),
) -> Result<Vec<(MemberId, Money)>, DbErr> {
    let values = most_values(pool, month, besides, since);
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), most(), values)).await?;
    let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, Money::from_minor(row.try_get_by_index(1)?)));
    rows.iter().map(read).collect()
}

/// What they can be asked for together, and how many they are: the same, added up.
pub async fn volume_of_others(
    db: &impl ConnectionTrait,
    pool: PoolId,
    besides: MemberId,
    (month, since): (Month, DateTime<Utc>),
) -> Result<(Money, u64), DbErr> {
    let sql = format!("SELECT CAST(COALESCE(SUM(x.most), 0) AS BIGINT), COUNT(*) FROM ({}) x", most());
    let values = most_values(pool, month, besides, since);
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let Some(row) = row else { return Ok((Money::ZERO, 0)) };
    let (sum, count): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok((Money::from_minor(sum), count.unsigned_abs()))
}

/// How much a member has promised in this month to cases of a pool.
pub async fn given(db: &impl ConnectionTrait, pool: PoolId, who: MemberId, month: Month) -> Result<Money, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(c.sum), 0) AS BIGINT)
               FROM commitment c JOIN pool_case k ON k.collection_id = c.collection_id
               WHERE c.supporter_id = $1 AND k.pool_id = $2 AND c.month = $3
               AND c.state NOT IN ('forgiven', 'cancelled', 'merged')";
    let values = [who.into(), pool.into(), month.number().into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(Money::from_minor(row.map_or(Ok(0), |row| row.try_get_by_index(0))?))
}
