//! The community as a whole, for those who administer it: counted and listed. It has no table.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use super::network::asks;
use super::{Slice, unreadable};
use crate::domain::{Category, CollectionKind, MemberId, Mode, Money, State, Status};

/// A member in the list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One {
    pub id: MemberId,
    pub name: String,
    pub since: DateTime<Utc>,
    pub status: Status,
    pub suspended: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: MemberId,
    name: String,
    created_at: DateTime<Utc>,
    suspended_at: Option<DateTime<Utc>>,
    kind: Option<String>,
}

/// A page of all members, those who came last first.
pub async fn members(db: &impl ConnectionTrait, slice: Slice) -> Result<Vec<One>, DbErr> {
    list(db, "m.left_at IS NULL ORDER BY m.id DESC LIMIT $1 OFFSET $2", slice.take, slice.skip).await
}

/// This one of them.
pub async fn member(db: &impl ConnectionTrait, id: MemberId) -> Result<Option<One>, DbErr> {
    let sql = select("m.left_at IS NULL AND m.id = $1");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [id.into()]);
    Row::find_by_statement(statement).one(db).await?.map(Row::into_one).transpose()
}

async fn list(db: &impl ConnectionTrait, which: &str, take: u64, skip: u64) -> Result<Vec<One>, DbErr> {
    let values = [take, skip].map(|rows| i64::try_from(rows).unwrap_or(i64::MAX).into());
    let statement = Statement::from_sql_and_values(db.get_database_backend(), select(which), values);
    Row::find_by_statement(statement).all(db).await?.into_iter().map(Row::into_one).collect()
}

/// For each member the kind of the collection that says how they are.
fn select(which: &str) -> String {
    format!(
        "SELECT m.id, m.name, m.created_at, m.suspended_at,
                (SELECT k.kind FROM collection k WHERE k.id = ({asks})) AS kind
         FROM member m WHERE {which}",
        asks = asks("m.id")
    )
}

impl Row {
    fn into_one(self) -> Result<One, DbErr> {
        Ok(One {
            id: self.id,
            name: self.name,
            since: self.created_at,
            status: status(self.kind.as_deref())?,
            suspended: self.suspended_at.is_some(),
        })
    }
}

fn status(kind: Option<&str>) -> Result<Status, DbErr> {
    let Some(kind) = kind else { return Ok(Status::Green) };
    let known = CollectionKind::parse(kind).ok_or_else(|| unreadable("collection.kind", kind))?;
    Ok(known.means_status().unwrap_or(Status::Green))
}

/// How many members there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// All but those who have left.
    pub all: u64,
    /// Of those, how many are suspended.
    pub suspended: u64,
    /// Of the others, how many ask for something, by what that says of them.
    pub in_need: HashMap<Status, u64>,
}

/// Counts the members: those who are suspended by themselves, all others by their statuses.
pub async fn count_members(db: &impl ConnectionTrait) -> Result<Members, DbErr> {
    let backend = db.get_database_backend();
    let all = "SELECT COUNT(*), COUNT(suspended_at) FROM member WHERE left_at IS NULL";
    let row = db.query_one_raw(Statement::from_string(backend, all)).await?;
    let (all, suspended): (i64, i64) = match row {
        Some(row) => (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
        None => (0, 0),
    };
    let owners = "SELECT DISTINCT o.owner_id AS id FROM collection o WHERE o.ended_at IS NULL";
    let asks = asks("n.id");
    let sql = format!(
        "SELECT said.kind, COUNT(*) FROM (
             SELECT (SELECT k.kind FROM collection k WHERE k.id = ({asks})) AS kind FROM ({owners}) n) said
         WHERE said.kind IS NOT NULL GROUP BY said.kind"
    );
    let mut in_need = HashMap::new();
    for row in db.query_all_raw(Statement::from_string(backend, sql)).await? {
        let (kind, count): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        *in_need.entry(status(Some(&kind))?).or_default() += count.unsigned_abs();
    }
    Ok(Members { all: all.unsigned_abs(), suspended: suspended.unsigned_abs(), in_need })
}

/// How many members are told of this category, which is on where nothing was chosen: at once, or with their daily message.
pub async fn count_told(db: &impl ConnectionTrait, category: Category) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) FROM member m WHERE m.left_at IS NULL AND m.suspended_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM member_notification n
                               WHERE n.member_id = m.id AND n.category = $1 AND n.mode = $2)";
    let values = [category.as_str().into(), Mode::Off.as_str().into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

/// How many commitments are not settled, in each state, and how much they come to.
pub async fn unsettled(db: &impl ConnectionTrait) -> Result<Vec<(State, u64, Money)>, DbErr> {
    let states: Vec<String> = State::ALL
        .into_iter()
        .filter(|state| !state.is_settled())
        .map(|state| format!("'{}'", state.as_str()))
        .collect();
    let sql = format!(
        "SELECT state, COUNT(*), CAST(SUM(sum) AS BIGINT) FROM commitment WHERE state IN ({}) GROUP BY state",
        states.join(", ")
    );
    let mut found = Vec::new();
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await? {
        let (state, count, sum): (String, i64, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let state = State::parse(&state).ok_or_else(|| unreadable("commitment.state", &state))?;
        found.push((state, count.unsigned_abs(), Money::from_minor(sum)));
    }
    found.sort_by_key(|(state, ..)| *state);
    Ok(found)
}
