//! The initiatives that a member may see: those of their network and of their trust list, their own, and those that they vote
//! for or have voted for.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};

use crate::domain::{CollectionId, CollectionKind, MemberId, Money};
use crate::store::Slice;
use crate::store::sight::{seen, taking_part};
use crate::store::tie::Lately;

/// One in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: CollectionId,
    pub title: String,
    pub target: Money,
    /// What was voted for it, or came of that.
    pub voted: Money,
}

#[derive(FromQueryResult)]
struct Row {
    id: CollectionId,
    title: String,
    target: i64,
    voted: i64,
}

/// So many open ones are looked at for one member, those whose date comes first.
const LOOKED_AT: u64 = 200;

/// As a condition on an initiative `k`: the member `$1` may see it, or administers the community (`$4`). That of one who is
/// suspended is seen by those who vote for it.
fn may_see(backend: DbBackend) -> String {
    format!(
        "(k.owner_id = $1 OR $4 = 1 OR EXISTS (
              SELECT 1 FROM commitment v WHERE v.collection_id = k.id AND v.supporter_id = $1 LIMIT 1 OFFSET 0)
          OR ({taking_part} AND (EXISTS (
                  SELECT 1 FROM trust_list_member here CROSS JOIN trust_list_member there
                  WHERE here.member_id = $1 AND there.member_id = k.owner_id AND there.list_id = here.list_id
                  LIMIT 1 OFFSET 0)
              OR {seen})))",
        taking_part = taking_part("k.owner_id"),
        seen = seen(backend, "$1", "k.owner_id")
    )
}

const KIND: &str = CollectionKind::VOTED_FOR.as_str();

/// What was voted for an initiative `k`, which has ended at `ended`, if it has.
fn voted(ended: &str) -> String {
    format!(
        "COALESCE((SELECT CAST(SUM(c.sum) AS BIGINT) FROM commitment c WHERE c.collection_id = k.id AND {}), 0)",
        super::counts(ended)
    )
}

/// A page of the open ones that a member may see, those whose date comes first; `all`: whoever administers sees each.
pub async fn list(
    db: &impl ConnectionTrait,
    who: MemberId,
    all: bool,
    lately: Lately,
    slice: Slice,
) -> Result<Vec<Line>, DbErr> {
    let sql = format!(
        "SELECT k.id, (SELECT i.title FROM initiative i WHERE i.collection_id = k.id) AS title, k.target, {voted} AS voted
         FROM ({open}) k WHERE {may_see} ORDER BY k.ends_on, k.id LIMIT $5 OFFSET $6",
        voted = voted("NULL"),
        open = open(),
        may_see = may_see(db.get_database_backend())
    );
    let most = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX).into();
    let values = values(who, all, lately).into_iter().chain([most(slice.take), most(slice.skip)]);
    lines(db, sql, values).await
}

/// How many those are.
pub async fn count_open(db: &impl ConnectionTrait, who: MemberId, all: bool, lately: Lately) -> Result<u64, DbErr> {
    let may_see = may_see(db.get_database_backend());
    let sql = format!("SELECT COUNT(*) FROM ({open}) k WHERE {may_see}", open = open());
    one_count(db, Statement::from_sql_and_values(db.get_database_backend(), sql, values(who, all, lately))).await
}

/// Whether a member may see one, open or over.
pub async fn is_seen(
    db: &impl ConnectionTrait,
    who: MemberId,
    id: CollectionId,
    all: bool,
    lately: Lately,
) -> Result<bool, DbErr> {
    let may_see = may_see(db.get_database_backend());
    let sql = format!("SELECT 1 FROM collection k WHERE k.id = $5 AND k.kind = '{KIND}' AND {may_see}");
    let values = values(who, all, lately).into_iter().chain([id.into()]);
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(row.is_some())
}

/// As a condition on a collection `k`: an initiative that is over, which the member `$1` has proposed or voted for.
fn is_over() -> String {
    format!(
        "k.id IN (SELECT o.id FROM collection o WHERE o.owner_id = $1
                  UNION SELECT v.collection_id FROM commitment v WHERE v.supporter_id = $1)
         AND k.kind = '{KIND}' AND k.ended_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM initiative t WHERE t.collection_id = k.id LIMIT 1 OFFSET 0)"
    )
}

/// A page of those that are over and that a member has proposed or voted for, the last ones first.
pub async fn over(db: &impl ConnectionTrait, who: MemberId, slice: Slice) -> Result<Vec<Line>, DbErr> {
    let sql = format!(
        "SELECT k.id, (SELECT i.title FROM initiative i WHERE i.collection_id = k.id) AS title, k.target, {voted} AS voted
         FROM collection k WHERE {is_over} ORDER BY k.ended_at DESC, k.id DESC LIMIT $2 OFFSET $3",
        voted = voted("k.ended_at"),
        is_over = is_over()
    );
    let most = |rows: u64| -> Value { i64::try_from(rows).unwrap_or(i64::MAX).into() };
    lines(db, sql, [who.into(), most(slice.take), most(slice.skip)]).await
}

/// How many those are.
pub async fn count_over(db: &impl ConnectionTrait, who: MemberId) -> Result<u64, DbErr> {
    let sql = format!("SELECT COUNT(*) FROM collection k WHERE {}", is_over());
    one_count(db, Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()])).await
}

/// How many are open in the whole community.
pub async fn count_all_open(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let sql = format!("SELECT COUNT(*) FROM collection o WHERE o.kind = '{KIND}' AND o.ended_at IS NULL");
    one_count(db, Statement::from_string(db.get_database_backend(), sql)).await
}

async fn one_count(db: &impl ConnectionTrait, statement: Statement) -> Result<u64, DbErr> {
    let count: i64 = db.query_one_raw(statement).await?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(count.unsigned_abs())
}

/// Those that are open, as far as they are looked at.
fn open() -> String {
    format!(
        "SELECT o.id, o.owner_id, o.target, o.ends_on FROM collection o
         WHERE o.kind = '{KIND}' AND o.ended_at IS NULL ORDER BY o.ends_on, o.id LIMIT {LOOKED_AT}"
    )
}

fn values(who: MemberId, all: bool, lately: Lately) -> Vec<Value> {
    let [since, overdue_of] = lately.values();
    vec![who.into(), since, overdue_of, i64::from(all).into()]
}

async fn lines(
    db: &impl ConnectionTrait,
    sql: String,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Line>, DbErr> {
    let rows = Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let line = |Row { id, title, target, voted }| Line {
        id,
        title,
        target: Money::from_minor(target),
        voted: Money::from_minor(voted),
    };
    Ok(rows.all(db).await?.into_iter().map(line).collect())
}
