//! Pools and their cases as lists, and counted.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryResult, Statement, Value};

use super::super::many::one_of;
use super::super::tie::near;
use super::super::{Slice, member};
use super::case;
use crate::domain::{Called, Case, CaseId, MemberId, Money, PoolId};

/// A pool that a member is in.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Mine {
    pub id: PoolId,
    pub name: String,
    /// How many cases of it wait for their answer.
    pub waiting: i64,
}

/// The open pools that a member is in, those that wait for their answer first.
pub async fn of_member(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Mine>, DbErr> {
    let sql = format!(
        "SELECT p.id, {CALLED} AS name,
             (SELECT COUNT(*) FROM pool_case k JOIN pool_share s ON s.case_id = k.id AND s.member_id = $1
              WHERE k.pool_id = p.id AND k.ended_at IS NULL AND s.answer = 'none' AND s.told > 0) AS waiting
         FROM pool_member m JOIN pool p ON p.id = m.pool_id
         WHERE m.member_id = $1 AND p.closed_at IS NULL
         ORDER BY waiting DESC, p.name, p.id"
    );
    Mine::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()])).all(db).await
}

/// A case that waits for a member's answer.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Waiting {
    pub id: CaseId,
    pub owner: MemberId,
    /// How much they were told that their share is.
    pub told: i64,
}

/// The cases that wait for a member's answer, those first that wait for the shortest time. One query.
pub async fn waiting(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Waiting>, DbErr> {
    let sql = "SELECT k.id, k.owner_id AS owner, s.told
               FROM pool_share s JOIN pool_case k ON k.id = s.case_id
               WHERE s.member_id = $1 AND s.answer = 'none' AND s.told > 0
               AND k.ended_at IS NULL AND k.phase IN ('discussed', 'asked_again')
               ORDER BY k.until, k.id";
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()]);
    Waiting::find_by_statement(asked).all(db).await
}

/// What a pool `p` is called: its name, and behind it a number, where an older open pool has a name that looks the same and a
/// member in common with it. Who is in both could not tell them apart.
const CALLED: &str = "p.name || COALESCE((
    SELECT ' (' || CAST(COUNT(*) + 1 AS TEXT) || ')' FROM pool q
    WHERE q.look = p.look AND q.id < p.id AND q.closed_at IS NULL AND p.look <> ''
    AND EXISTS (SELECT 1 FROM pool_member a JOIN pool_member b ON b.member_id = a.member_id AND b.pool_id = p.id
                WHERE a.pool_id = q.id)
    HAVING COUNT(*) > 0), '')";

/// How many are in a pool, and how much they would give in a month at the most; whoever is suspended is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    pub members: u64,
    pub sum: Money,
}

/// The volume of a pool. One query.
pub async fn volume(db: &impl ConnectionTrait, pool: PoolId) -> Result<Volume, DbErr> {
    Ok(volumes(db, &[pool]).await?.remove(&pool).unwrap_or_default())
}

/// The volumes of these pools. One query, none for nothing.
pub async fn volumes(db: &impl ConnectionTrait, pools: &[PoolId]) -> Result<HashMap<PoolId, Volume>, DbErr> {
    if pools.is_empty() {
        return Ok(HashMap::new());
    }
    let pools: Vec<String> = pools.iter().map(PoolId::to_string).collect();
    let sql = format!(
        "SELECT p.pool_id, COUNT(*), CAST(COALESCE(SUM(p.contribution), 0) AS BIGINT)
         FROM pool_member p JOIN member m ON m.id = p.member_id AND m.suspended_at IS NULL
         WHERE p.pool_id IN ({}) GROUP BY p.pool_id",
        pools.join(", ")
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let read = |row: &QueryResult| {
        let (members, sum): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        Ok((row.try_get_by_index(0)?, Volume { members: members.unsigned_abs(), sum: Money::from_minor(sum) }))
    };
    rows.iter().map(read).collect()
}

/// How many are in a pool.
pub async fn count(db: &impl ConnectionTrait, pool: PoolId) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) FROM pool_member WHERE pool_id = $1";
    one_count(db, sql, pool).await
}

async fn one_count(db: &impl ConnectionTrait, sql: &str, pool: PoolId) -> Result<u64, DbErr> {
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [pool.into()])).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

/// A member of a pool whom the one who asks may know by name.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Known {
    pub id: MemberId,
    pub name: Called,
}

/// The others in a pool who are in this member's near circle, by their names: a part of them; and how many they are. Of the
/// others only the number is told: a pool shows nobody to whom section 6 does not.
pub async fn known(
    db: &impl ConnectionTrait,
    pool: PoolId,
    who: MemberId,
    slice: Slice,
) -> Result<(Vec<Known>, u64), DbErr> {
    let known = format!(
        "SELECT m.id, m.name FROM pool_member p JOIN member m ON m.id = p.member_id
         WHERE p.pool_id = $2 AND p.member_id <> $1 AND p.member_id IN ({})",
        near("$1")
    );
    let rows = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let values: [Value; 4] = [who.into(), pool.into(), rows(slice.take).into(), rows(slice.skip).into()];
    let sql = format!("SELECT k.id, k.name FROM ({known}) k ORDER BY k.name, k.id LIMIT $3 OFFSET $4");
    let backend = db.get_database_backend();
    let listed = Known::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await?;
    let sql = format!("SELECT COUNT(*) FROM ({known}) k");
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, [who.into(), pool.into()])).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok((listed, count.unsigned_abs()))
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub case: Case,
    /// What its owner is called; nothing, where they have left.
    pub name: Option<Called>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// The cases of a pool that run, the older first, or those that have come to their end, the newest first: a part of them.
pub async fn cases(db: &impl ConnectionTrait, pool: PoolId, ended: bool, slice: Slice) -> Result<Vec<Listed>, DbErr> {
    let (which, order) = if ended { ("IS NOT NULL", "DESC") } else { ("IS NULL", "ASC") };
    let sql = format!(
        "SELECT k.* FROM pool_case k WHERE k.pool_id = $1 AND k.ended_at {which} ORDER BY k.id {order} LIMIT $2 OFFSET $3"
    );
    let rows = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let values = [pool.into(), rows(slice.take).into(), rows(slice.skip).into()];
    let found = case::Model::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await?;
    let names = member::names(db, found.iter().map(|row| row.owner_id)).await?;
    let listed = |row: case::Model| {
        let name = names.get(&row.owner_id).cloned().map(Called::from);
        Ok(Listed { case: row.domain()?, name, ended_at: row.ended_at })
    };
    found.into_iter().map(listed).collect()
}

/// How many cases of a pool have come to their end.
pub async fn count_ended(db: &impl ConnectionTrait, pool: PoolId) -> Result<u64, DbErr> {
    one_count(db, "SELECT COUNT(*) FROM pool_case WHERE pool_id = $1 AND ended_at IS NOT NULL", pool).await
}

/// The pools of a community in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Open pools, members in them (each once), and cases that run.
    pub pools: u64,
    pub members: u64,
    pub cases: u64,
}

/// Counts the pools.
pub async fn figures(db: &impl ConnectionTrait) -> Result<Figures, DbErr> {
    let sql = "SELECT (SELECT COUNT(*) FROM pool WHERE closed_at IS NULL),
                      (SELECT COUNT(DISTINCT m.member_id) FROM pool_member m JOIN pool p ON p.id = m.pool_id
                       WHERE p.closed_at IS NULL),
                      (SELECT COUNT(*) FROM pool_case WHERE ended_at IS NULL)";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let Some(row) = row else { return Ok(Figures::default()) };
    let of = |at: usize| -> Result<u64, DbErr> { Ok(row.try_get_by_index::<i64>(at)?.unsigned_abs()) };
    Ok(Figures { pools: of(0)?, members: of(1)?, cases: of(2)? })
}

/// What pools are called, by their numbers. One query, none for nothing.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PoolId>,
) -> Result<HashMap<PoolId, String>, DbErr> {
    let ids: Vec<PoolId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<String> = ids.iter().map(PoolId::to_string).collect();
    let sql = format!("SELECT p.id, {CALLED} AS name FROM pool p WHERE p.id IN ({})", ids.join(", "));
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// What cases are about, by their numbers. One query, none for nothing.
pub async fn words(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CaseId>,
) -> Result<HashMap<CaseId, String>, DbErr> {
    let ids: Vec<CaseId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = case::Entity::find().filter(one_of(db, case::Column::Id, ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.words)).collect())
}
