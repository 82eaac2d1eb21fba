//! A month's close, as the database sees it: what to look at, and what became of it, many at once.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query};
use sea_orm::{DbBackend, FromQueryResult, QueryTrait, Set, Statement};

use super::{ActiveModel, Column, Entity, Model};
use crate::domain::{
    Carried, Closed, CollectionId, CollectionKind, Commitment, CommitmentId, Entry, MemberId, Month, State, Status,
};
use crate::store::many::one_of;
use crate::store::{collection, unreadable};

/// How many rows go into one statement.
const AT_ONCE: usize = 1_000;

/// What a month's close has to look at: live commitments, and what was fulfilled in a month that is not closed. The words
/// are those of the index that holds just these rows.
const TO_CLOSE: &str =
    "(c.state IN ('intention', 'obligation', 'claimed') OR (c.state = 'fulfilled' AND NOT c.closed))";

/// A collection and one of its supporters: what a month's close looks at together.
pub type Pair = (CollectionId, MemberId);

/// A commitment, and what of its collection matters to the calendar.
#[derive(FromQueryResult)]
pub(super) struct Row {
    #[sea_orm(nested)]
    commitment: Model,
    collection_kind: String,
    collection_open: bool,
}

/// At most `limit` of what a month's close has to look at, in the order of pairs, beginning behind `after`. No pair is
/// cut in two. Nobody else can change these until the transaction ends.
pub async fn to_close(db: &impl ConnectionTrait, after: Pair, limit: u64) -> Result<Vec<Entry>, DbErr> {
    let condition = "(c.collection_id, c.supporter_id) > ($1, $2)";
    let order = format!("ORDER BY c.collection_id, c.supporter_id LIMIT {limit}");
    let mut rows = rows(db, condition, &order, [after.0.into(), after.1.into()]).await?;
    if rows.len() as u64 == limit {
        let pair = |row: &Row| (row.commitment.collection_id, row.commitment.supporter_id);
        let last = rows.last().map(pair);
        let whole = rows.iter().position(|row| Some(pair(row)) == last).unwrap_or_default();
        // A single pair that fills it all is not cut either: it comes whole in a batch of its own.
        if whole == 0 {
            return Box::pin(to_close(db, after, limit * 2)).await;
        }
        rows.truncate(whole);
    }
    entries(db, rows).await
}

/// The same of all pairs that one member is a side of.
pub async fn to_close_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Entry>, DbErr> {
    let order = "ORDER BY c.collection_id, c.supporter_id";
    let rows = rows(db, "(c.supporter_id = $1 OR c.receiver_id = $1)", order, [member.into()]).await?;
    entries(db, rows).await
}

/// Whether a month before this one is still to be closed on anything that one member is a side of.
pub async fn is_behind(db: &impl ConnectionTrait, member: MemberId, month: Month) -> Result<bool, DbErr> {
    let sql = format!("SELECT 1 WHERE {}", behind("$1", "$2"));
    let values = [member.into(), month.number().into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(row.is_some())
}

/// As a condition: a month before this one is still to be closed on something that this member is a side of.
///
/// It is asked in every turn, so it is asked in parts of which an index answers each at once, however long a history the
/// member has.
pub(in crate::store) fn behind(member: &str, month: &str) -> String {
    let exists = |side: &str, state: &str| {
        format!("EXISTS (SELECT 1 FROM commitment c WHERE c.{side} = {member} AND c.month < {month} AND {state})")
    };
    let live = "c.state IN ('intention', 'obligation', 'claimed')";
    let fulfilled = "c.state = 'fulfilled' AND NOT c.closed";
    let parts =
        [live, fulfilled].into_iter().flat_map(|state| ["supporter_id", "receiver_id"].map(|side| exists(side, state)));
    format!("({})", parts.collect::<Vec<_>>().join("\n          OR "))
}

/// The earliest month that is not closed on some commitment.
pub async fn oldest_unclosed(db: &impl ConnectionTrait) -> Result<Option<Month>, DbErr> {
    let sql = format!("SELECT MIN(c.month) AS month FROM commitment c WHERE {TO_CLOSE}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let number: Option<i32> = row.map(|row| row.try_get("", "month")).transpose()?.flatten();
    Ok(number.and_then(Month::from_number))
}

/// The first month from `from` to `latest` whose close has something to do, or to tell: what it ends or carries over, and
/// what a turn that came before the calendar has done of it. What is overdue is told each month anew; of months that were
/// missed, with the latest.
pub async fn first_to_close(db: &impl ConnectionTrait, from: Month, latest: Month) -> Result<Option<Month>, DbErr> {
    let sql = format!(
        "SELECT MIN(first) AS month FROM (
             SELECT MIN(c.month) AS first FROM commitment c WHERE {TO_CLOSE}
             UNION ALL SELECT MIN(c.month) FROM commitment c WHERE c.state = 'lapsed' AND c.month >= $1
             UNION ALL SELECT MIN(c.carried_from) FROM commitment c WHERE c.carried_from >= $1
             UNION ALL SELECT {latest} WHERE EXISTS (
                 SELECT 1 FROM commitment c WHERE c.state IN ('overdue', 'overdue_claimed'))) AS firsts",
        latest = latest.number()
    );
    let values = [from.number().into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let number: Option<i32> = row.map(|row| row.try_get("", "month")).transpose()?.flatten();
    Ok(number.and_then(Month::from_number))
}

async fn rows(
    db: &impl ConnectionTrait,
    condition: &str,
    order: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Row>, DbErr> {
    let backend = db.get_database_backend();
    // SQLite has one writer at a time and needs no word.
    let lock = if backend == DbBackend::Postgres { "FOR UPDATE OF c, k" } else { "" };
    // SQLite joins in the order written when it says CROSS JOIN, and keeps the index's order.
    let sql = format!(
        "SELECT c.*, k.kind AS collection_kind, k.ended_at IS NULL AS collection_open
         FROM commitment c CROSS JOIN collection k
         WHERE k.id = c.collection_id AND {TO_CLOSE} AND {condition}
         {order} {lock}"
    );
    Row::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await
}

/// What the rules have to know of these, with the statuses of both sides: one query for all of them.
pub(super) async fn entries(db: &impl ConnectionTrait, rows: Vec<Row>) -> Result<Vec<Entry>, DbErr> {
    let mut sides: Vec<MemberId> =
        rows.iter().flat_map(|row| [row.commitment.supporter_id, row.commitment.receiver_id]).collect();
    sides.sort_unstable();
    sides.dedup();
    let mut statuses: HashMap<MemberId, Status> = HashMap::new();
    for sides in sides.chunks(AT_ONCE) {
        let open = collection::open_of_many(db, sides.iter().copied()).await?;
        statuses.extend(open.into_iter().map(|(who, open)| (who, Status::of(open.iter().map(|one| one.kind)))));
    }
    let status = |member| statuses.get(&member).copied().unwrap_or(Status::Green);
    rows.into_iter()
        .map(|row| {
            let kind = CollectionKind::parse(&row.collection_kind)
                .ok_or_else(|| unreadable("collection.kind", &row.collection_kind))?;
            let (receiver, supporter) = (status(row.commitment.receiver_id), status(row.commitment.supporter_id));
            let commitment = row.commitment.into_domain()?;
            Ok(Entry { commitment, kind, open: row.collection_open, receiver, supporter })
        })
        .collect()
}

/// Stores what the close of a month made true of these entries: so many statements for one of them as for a thousand.
/// Returns the new intentions.
///
/// A unique violation means that a supporter has just declared something for the new month: play it again.
pub async fn close(
    db: &impl ConnectionTrait,
    ended: Month,
    entries: &[Entry],
    closed: &Closed,
    now: DateTime<Utc>,
) -> Result<Vec<Commitment>, DbErr> {
    let mut fates: BTreeMap<(State, Month), Vec<CommitmentId>> = BTreeMap::new();
    for outcome in &closed.changed {
        fates.entry((outcome.commitment.state, outcome.commitment.month)).or_default().push(outcome.commitment.id);
    }
    for ((state, month), ids) in fates {
        for ids in ids.chunks(AT_ONCE) {
            end(db, state, month, ids, now).await?;
        }
    }
    let before: HashMap<CommitmentId, i64> =
        entries.iter().map(|entry| (entry.commitment.id, entry.commitment.sum.minor())).collect();
    let grown: Vec<(CommitmentId, i64)> = closed
        .changed
        .iter()
        .map(|outcome| (outcome.commitment.id, outcome.commitment.sum.minor()))
        .filter(|(id, sum)| before.get(id) != Some(sum))
        .collect();
    for grown in grown.chunks(AT_ONCE) {
        grow(db, ended, grown).await?;
    }
    let settled = entries.iter().map(|entry| &entry.commitment);
    let settled = settled.filter(|c| c.state == State::Fulfilled && c.month <= ended);
    for ids in settled.map(|c| c.id).collect::<Vec<_>>().chunks(AT_ONCE) {
        Entity::update_many()
            .col_expr(Column::Closed, Expr::value(true))
            .filter(one_of(db, Column::Id, ids.iter().copied()))
            .exec(db)
            .await?;
    }
    let mut carried = Vec::with_capacity(closed.carried.len());
    for new in closed.carried.chunks(AT_ONCE) {
        carried.extend(carry_over(db, ended, new, now).await?);
    }
    Ok(carried)
}

async fn end(
    db: &impl ConnectionTrait,
    state: State,
    month: Month,
    ids: &[CommitmentId],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::Month, Expr::value(month.number()));
    if state.is_settled() {
        update = update.col_expr(Column::SettledAt, Expr::value(now));
    }
    update.filter(one_of(db, Column::Id, ids.iter().copied())).exec(db).await?;
    Ok(())
}

/// Intentions that were brought over, with the sums that were carried over added to them.
async fn grow(db: &impl ConnectionTrait, ended: Month, grown: &[(CommitmentId, i64)]) -> Result<(), DbErr> {
    let sums = grown.iter().fold(CaseStatement::new(), |case, (id, sum)| case.case(Column::Id.eq(*id), *sum));
    Entity::update_many()
        .col_expr(Column::Sum, Expr::expr(sums.finally(Expr::col(Column::Sum))).cast_as("bigint"))
        .col_expr(Column::CarriedFrom, Expr::value(ended.number()))
        .filter(one_of(db, Column::Id, grown.iter().map(|(id, _)| *id)))
        .exec(db)
        .await?;
    Ok(())
}

async fn carry_over(
    db: &impl ConnectionTrait,
    ended: Month,
    new: &[Carried],
    now: DateTime<Utc>,
) -> Result<Vec<Commitment>, DbErr> {
    let rows = new.iter().map(|new| ActiveModel {
        collection_id: Set(new.collection),
        supporter_id: Set(new.supporter),
        receiver_id: Set(new.receiver),
        sum: Set(new.sum.minor()),
        state: Set(State::Intention.as_str().to_owned()),
        month: Set(new.month.number()),
        declared_at: Set(now),
        carried_from: Set(Some(ended.number())),
        ..Default::default()
    });
    let mut insert = Entity::insert_many(rows).into_query();
    insert.returning(Query::returning().all());
    let rows = db.query_all(&insert).await?;
    rows.iter().map(|row| Model::from_query_result(row, "")?.into_domain()).collect()
}
