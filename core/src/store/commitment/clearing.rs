//! Clearing, as the database sees it: what takes part, and what was set off, many at once.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, QueryTrait, Set, Statement};

use super::{ActiveModel, Column, Entity, Model};
use crate::domain::{ClearingId, CollectionKind, Commitment, CommitmentId, MemberId, Money, Month, SetOff, State};
use crate::store::many::{among, one_of};
use crate::store::sight::{in_no_emergency, taking_part};

/// A promise that takes part.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Owing {
    pub id: CommitmentId,
    pub supporter_id: MemberId,
    pub receiver_id: MemberId,
    pub sum: i64,
    /// When it was promised.
    pub since: DateTime<Utc>,
}

/// What was found among the next promises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    pub owing: Vec<Owing>,
    /// The last one that was looked at; none at the end.
    pub last: Option<CommitmentId>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    owing: Owing,
    takes_part: bool,
}

/// Which promises are meant, in which month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that would take part if it were now, whoever was told.
    Now(Month),
    /// Those of them whose sides were told that they may.
    Told(Month),
    /// Those whose sides are to be told, whatever has changed since they were noted.
    Noted(Month),
}

impl Which {
    /// As a condition on a promise `c` that is owed.
    fn condition(self) -> String {
        let noted = |month: Month| format!("c.told_of_clearing = {}", month.number());
        match self {
            Which::Now(month) => takes_part(month),
            Which::Told(month) => format!("({} AND {})", noted(month), takes_part(month)),
            Which::Noted(month) => noted(month),
        }
    }
}

/// Looks at the next promises behind `after`, as many as `limit`, and gives those that are meant.
pub async fn owing(db: &impl ConnectionTrait, after: CommitmentId, which: Which, limit: u64) -> Result<Looked, DbErr> {
    let backend = db.get_database_backend();
    let sql = format!(
        "SELECT c.id, c.supporter_id, c.receiver_id, c.sum, COALESCE(c.promised_at, c.declared_at) AS since,
                COALESCE({takes_part}, FALSE) AS takes_part
         FROM (SELECT * FROM commitment WHERE id > $1 AND state IN ('obligation', 'overdue')
               ORDER BY id LIMIT {limit}) c
         ORDER BY c.id",
        takes_part = which.condition()
    );
    let rows = Row::find_by_statement(Statement::from_sql_and_values(backend, sql, [after.into()])).all(db).await?;
    let last = rows.last().map(|row| row.owing.id);
    Ok(Looked { owing: rows.into_iter().filter(|row| row.takes_part).map(|row| row.owing).collect(), last })
}

#[derive(FromQueryResult)]
struct Made {
    whole: CommitmentId,
    made: CommitmentId,
}

/// Of each of these promises, of which a clearing has set off a part, the record that this part has become.
pub async fn made_of(
    db: &impl ConnectionTrait,
    clearing: ClearingId,
    these: Vec<CommitmentId>,
) -> Result<HashMap<CommitmentId, CommitmentId>, DbErr> {
    if these.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<String> = these.iter().map(ToString::to_string).collect();
    // Two that are alike in all of this are alike in everything.
    let sql = format!(
        "SELECT s.commitment_id AS whole, MIN(m.id) AS made
         FROM set_off s JOIN commitment c ON c.id = s.commitment_id
         JOIN commitment m ON m.collection_id = c.collection_id AND m.supporter_id = c.supporter_id
              AND m.clearing_id = s.clearing_id AND m.part_of = COALESCE(c.part_of, c.id) AND m.sum = s.sum
         WHERE s.clearing_id = $1 AND s.commitment_id IN ({})
         GROUP BY s.commitment_id",
        ids.join(", ")
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [clearing.into()]);
    let rows = Made::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.whole, row.made)).collect())
}

/// As a condition on a promise `c`: it is help of a kind that is asked for each month, both sides allow it, nobody wants it to be
/// kept directly, and neither side is in need at once or suspended. One whose month is over and not closed is left alone.
fn takes_part(month: Month) -> String {
    let kinds = |these: fn(CollectionKind) -> bool| -> String {
        let kinds = CollectionKind::ALL.into_iter().filter(|kind| these(*kind));
        kinds.map(|kind| format!("'{}'", kind.as_str())).collect::<Vec<_>>().join(", ")
    };
    let of_a_month = kinds(CollectionKind::is_of_a_month);
    let side = |side: &str| {
        format!(
            "EXISTS (SELECT 1 FROM clearing_consent a WHERE a.member_id = {side} LIMIT 1 OFFSET 0)
             AND {} AND {}",
            in_no_emergency(side),
            taking_part(side)
        )
    };
    format!(
        "((c.state = 'overdue' OR c.month = {month})
          AND {supporter} AND {receiver}
          AND EXISTS (SELECT 1 FROM collection k WHERE k.id = c.collection_id AND k.kind IN ({of_a_month})
                      LIMIT 1 OFFSET 0)
          AND NOT EXISTS (SELECT 1 FROM paid_directly d WHERE d.commitment_id = c.id LIMIT 1 OFFSET 0))",
        month = month.number(),
        supporter = side("c.supporter_id"),
        receiver = side("c.receiver_id"),
    )
}

#[derive(FromQueryResult)]
struct Counted {
    member: MemberId,
    how_many: i64,
    how_much: i64,
}

/// Of each of these members how many of their promises are meant, and what they come to; and of those to them. Who has none is left
/// out.
pub async fn counted(
    db: &impl ConnectionTrait,
    members: &[MemberId],
    which: Which,
) -> Result<BTreeMap<MemberId, [(u64, Money); 2]>, DbErr> {
    let mut found: BTreeMap<MemberId, [(u64, Money); 2]> = BTreeMap::new();
    if members.is_empty() {
        return Ok(found);
    }
    let backend = db.get_database_backend();
    let (these, ids) = among(db, members.iter().copied());
    for (place, side) in ["supporter_id", "receiver_id"].into_iter().enumerate() {
        let sql = format!(
            "SELECT c.{side} AS member, COUNT(*) AS how_many, CAST(SUM(c.sum) AS BIGINT) AS how_much
             FROM commitment c WHERE c.{side} {these} AND c.state IN ('obligation', 'overdue') AND {takes_part}
             GROUP BY c.{side}",
            takes_part = which.condition()
        );
        let statement = Statement::from_sql_and_values(backend, sql, [ids.clone()]);
        for row in Counted::find_by_statement(statement).all(db).await? {
            found.entry(row.member).or_default()[place] =
                (row.how_many.unsigned_abs(), Money::from_minor(row.how_much));
        }
    }
    Ok(found)
}

/// What became of one line: what is fulfilled by it, and what is left of the promise, if anything is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrunk {
    pub fulfilled: Commitment,
    pub rest: Option<Commitment>,
}

/// Sets off of these promises what their lines say: all of it, and it is fulfilled; or a part of it, which is a record of its own
/// from then on, fulfilled, and the rest stays what it was. As many statements for one line as for hundreds.
///
/// # Errors
/// A promise is not as it was when it was read: nothing of this may be kept.
pub async fn set_off(
    db: &impl ConnectionTrait,
    clearing: ClearingId,
    lines: &[SetOff],
    now: DateTime<Utc>,
) -> Result<Vec<Shrunk>, DbErr> {
    let before = as_they_were(db, lines).await?;
    let (whole, part): (Vec<&SetOff>, Vec<&SetOff>) = lines.iter().partition(|line| line.sum == line.of);
    for from in [State::Obligation, State::Overdue] {
        let these: Vec<CommitmentId> = whole
            .iter()
            .map(|line| line.commitment)
            .filter(|id| before.get(id).is_some_and(|row| row.state == from.as_str()))
            .collect();
        if !these.is_empty() {
            Entity::update_many()
                .col_expr(Column::State, Expr::value(fulfilled(from).as_str()))
                .col_expr(Column::SettledAt, Expr::value(now))
                .col_expr(Column::ClaimedInTime, Expr::value(from == State::Obligation))
                .col_expr(Column::ClearingId, Expr::value(clearing))
                .filter(one_of(db, Column::Id, these))
                .exec(db)
                .await?;
        }
    }
    let mut parts = parts(db, clearing, &part, &before, now).await?;
    let mut shrunk = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(row) = before.get(&line.commitment) else { continue };
        let was = row.clone().into_domain()?;
        let state = fulfilled(was.state);
        let (id, part_of, rest) = match line.sum == line.of {
            true => (was.id, was.part_of, None),
            false => {
                let made = parts.get_mut(&key(row, line.sum.minor())).and_then(Vec::pop);
                let id = made.ok_or_else(|| DbErr::Custom(format!("no part of {} was made", was.id)))?;
                let rest = Commitment { sum: line.of.saturating_sub(line.sum), ..was.clone() };
                (id, Some(was.part_of.unwrap_or(was.id)), Some(rest))
            }
        };
        let fulfilled = Commitment {
            id,
            part_of,
            sum: line.sum,
            state,
            settled_at: Some(now),
            claimed_in_time: was.state == State::Obligation,
            set_off_by: Some(clearing),
            ..was
        };
        shrunk.push(Shrunk { fulfilled, rest });
    }
    Ok(shrunk)
}

/// What a promise becomes that is set off: in its month, or after it.
fn fulfilled(from: State) -> State {
    if from == State::Obligation { State::Fulfilled } else { State::FulfilledLate }
}

/// The promises of these lines, which nobody else can change until the transaction ends, if they are as they were read.
async fn as_they_were(db: &impl ConnectionTrait, lines: &[SetOff]) -> Result<HashMap<CommitmentId, Model>, DbErr> {
    let rows = Entity::find().filter(one_of(db, Column::Id, lines.iter().map(|line| line.commitment)));
    let rows = rows.order_by_asc(Column::Id).lock_exclusive().all(db).await?;
    let rows: HashMap<CommitmentId, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    for line in lines {
        let is_owed = |row: &Model| [State::Obligation, State::Overdue].iter().any(|state| state.as_str() == row.state);
        let is_same = |row: &&Model| is_owed(row) && row.sum == line.of.minor();
        if rows.get(&line.commitment).filter(is_same).is_none() {
            return Err(DbErr::Custom(format!("commitment {} is not what was set off", line.commitment)));
        }
    }
    Ok(rows)
}

/// What tells the part that is made of a promise from others. (Two that are alike in all of this are alike in everything.)
type Key = (CommitmentId, i64, String, i32);

fn key(of: &Model, sum: i64) -> Key {
    let state = if of.state == State::Obligation.as_str() { State::Fulfilled } else { State::FulfilledLate };
    (of.part_of.unwrap_or(of.id), sum, state.as_str().to_owned(), of.month)
}

/// Makes the parts that are fulfilled, and leaves of their promises what is left.
async fn parts(
    db: &impl ConnectionTrait,
    clearing: ClearingId,
    lines: &[&SetOff],
    before: &HashMap<CommitmentId, Model>,
    now: DateTime<Utc>,
) -> Result<HashMap<Key, Vec<CommitmentId>>, DbErr> {
    if lines.is_empty() {
        return Ok(HashMap::new());
    }
    let less = Expr::cust(format!(
        "sum - (SELECT s.sum FROM set_off s WHERE s.clearing_id = {clearing} AND s.commitment_id = commitment.id)"
    ));
    Entity::update_many()
        .col_expr(Column::Sum, less)
        .filter(one_of(db, Column::Id, lines.iter().map(|line| line.commitment)))
        .exec(db)
        .await?;
    let rows = lines.iter().filter_map(|line| {
        let of = before.get(&line.commitment)?;
        let (root, sum, state, month) = key(of, line.sum.minor());
        Some(ActiveModel {
            collection_id: Set(of.collection_id),
            supporter_id: Set(of.supporter_id),
            receiver_id: Set(of.receiver_id),
            sum: Set(sum),
            state: Set(state),
            month: Set(month),
            declared_at: Set(of.declared_at),
            promised_at: Set(of.promised_at),
            claimed_in_time: Set(of.state == State::Obligation.as_str()),
            settled_at: Set(Some(now)),
            part_of: Set(Some(root)),
            clearing_id: Set(Some(clearing)),
            ..Default::default()
        })
    });
    let mut insert = Entity::insert_many(rows).into_query();
    insert.returning(Query::returning().all());
    let mut made: HashMap<Key, Vec<CommitmentId>> = HashMap::new();
    for row in db.query_all(&insert).await? {
        let row = Model::from_query_result(&row, "")?;
        made.entry((row.part_of.unwrap_or(row.id), row.sum, row.state, row.month)).or_default().push(row.id);
    }
    Ok(made)
}
