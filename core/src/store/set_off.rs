//! What clearings set off of promises: a line each. Nothing counts before its clearing is decided, and then all of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, Set, Statement};

use super::{Slice, many};
use crate::domain::{ClearingId, CommitmentId, MemberId, Money, SetOff};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "set_off")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub clearing_id: ClearingId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub commitment_id: CommitmentId,
    pub supporter_id: MemberId,
    pub receiver_id: MemberId,
    pub sum: i64,
    /// How much the promise was before.
    pub of_sum: i64,
    /// When the promise was changed by it.
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for SetOff {
    fn from(row: Model) -> SetOff {
        SetOff {
            commitment: row.commitment_id,
            supporter: row.supporter_id,
            receiver: row.receiver_id,
            sum: Money::from_minor(row.sum),
            of: Money::from_minor(row.of_sum),
        }
    }
}

/// Notes these lines of a clearing that is computed.
pub async fn push_many(db: &impl ConnectionTrait, clearing: ClearingId, lines: &[SetOff]) -> Result<(), DbErr> {
    let row = |line: &SetOff| ActiveModel {
        clearing_id: Set(clearing),
        commitment_id: Set(line.commitment),
        supporter_id: Set(line.supporter),
        receiver_id: Set(line.receiver),
        sum: Set(line.sum.minor()),
        of_sum: Set(line.of.minor()),
        ..Default::default()
    };
    many::insert(db, lines.iter().map(row).collect()).await
}

/// The next lines that are not carried out, in the order of their promises. Nobody else can do so until the transaction ends.
pub async fn to_do(db: &impl ConnectionTrait, clearing: ClearingId, limit: u64) -> Result<Vec<SetOff>, DbErr> {
    let rows = of_clearing_to_do(clearing).order_by_asc(Column::CommitmentId).limit(limit).lock_exclusive();
    Ok(rows.all(db).await?.into_iter().map(SetOff::from).collect())
}

/// The same of those that one member is a side of: all of them.
pub async fn to_do_of(db: &impl ConnectionTrait, clearing: ClearingId, member: MemberId) -> Result<Vec<SetOff>, DbErr> {
    let mine = of_clearing_to_do(clearing).filter(side(member));
    let rows = mine.order_by_asc(Column::CommitmentId).lock_exclusive().all(db).await?;
    Ok(rows.into_iter().map(SetOff::from).collect())
}

/// Whether any is left to do that this member is a side of.
pub async fn is_any_to_do_of(db: &impl ConnectionTrait, clearing: ClearingId, member: MemberId) -> Result<bool, DbErr> {
    Ok(of_clearing_to_do(clearing).filter(side(member)).one(db).await?.is_some())
}

fn of_clearing_to_do(clearing: ClearingId) -> Select<Entity> {
    Entity::find().filter(Column::ClearingId.eq(clearing)).filter(Column::DoneAt.is_null())
}

fn side(member: MemberId) -> Condition {
    Condition::any().add(Column::SupporterId.eq(member)).add(Column::ReceiverId.eq(member))
}

/// These lines are carried out.
pub async fn done(
    db: &impl ConnectionTrait,
    clearing: ClearingId,
    lines: &[SetOff],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DoneAt, Expr::value(now))
        .filter(Column::ClearingId.eq(clearing))
        .filter(many::one_of(db, Column::CommitmentId, lines.iter().map(|line| line.commitment)))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets at most so many lines of a clearing that never counted. Says how many.
pub async fn forget(db: &impl ConnectionTrait, clearing: ClearingId, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM set_off WHERE clearing_id = $1 AND commitment_id IN (
             SELECT commitment_id FROM set_off WHERE clearing_id = $1 ORDER BY commitment_id LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [clearing.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// Those of a clearing that any of these members is a side of, by the member; the largest first.
pub async fn of_members(
    db: &impl ConnectionTrait,
    clearing: ClearingId,
    members: &[MemberId],
) -> Result<BTreeMap<MemberId, Vec<SetOff>>, DbErr> {
    let mut of: BTreeMap<MemberId, Vec<SetOff>> = BTreeMap::new();
    type Side = (Column, fn(&Model) -> MemberId);
    let sides: [Side; 2] = [(Column::SupporterId, |row| row.supporter_id), (Column::ReceiverId, |row| row.receiver_id)];
    for (column, member) in sides {
        let rows = Entity::find().filter(Column::ClearingId.eq(clearing));
        let rows = rows.filter(many::one_of(db, column, members.iter().copied()));
        let rows = rows.order_by_desc(Column::Sum).order_by_asc(Column::CommitmentId).all(db).await?;
        for row in rows {
            of.entry(member(&row)).or_default().push(row.into());
        }
    }
    Ok(of)
}

/// A page of a member's lines of a clearing: first what they owed, then what they were owed, each the largest first.
pub async fn page_of(
    db: &impl ConnectionTrait,
    clearing: ClearingId,
    member: MemberId,
    slice: Slice,
) -> Result<Vec<SetOff>, DbErr> {
    let mine = Entity::find().filter(Column::ClearingId.eq(clearing)).filter(side(member));
    let sides = Expr::cust(format!("CASE WHEN supporter_id = {member} THEN 0 ELSE 1 END"));
    let page = mine.order_by_asc(sides).order_by_desc(Column::Sum).order_by_asc(Column::CommitmentId);
    let rows = page.limit(slice.take).offset(slice.skip).all(db).await?;
    Ok(rows.into_iter().map(SetOff::from).collect())
}

/// How many lines a member has in a clearing on each side, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    pub given: (u64, Money),
    pub got: (u64, Money),
}

#[derive(FromQueryResult)]
struct OwnRow {
    given: i64,
    given_sum: i64,
    got: i64,
    got_sum: i64,
}

/// What a clearing has set off of a member's promises, and of those to them.
pub async fn own(db: &impl ConnectionTrait, clearing: ClearingId, member: MemberId) -> Result<Own, DbErr> {
    let sql = "SELECT COUNT(CASE WHEN supporter_id = $2 THEN 1 END) AS given,
                      CAST(COALESCE(SUM(CASE WHEN supporter_id = $2 THEN sum END), 0) AS BIGINT) AS given_sum,
                      COUNT(CASE WHEN receiver_id = $2 THEN 1 END) AS got,
                      CAST(COALESCE(SUM(CASE WHEN receiver_id = $2 THEN sum END), 0) AS BIGINT) AS got_sum
               FROM set_off WHERE clearing_id = $1 AND (supporter_id = $2 OR receiver_id = $2)";
    let values = [clearing.into(), member.into()];
    let row = OwnRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let Some(row) = row.one(db).await? else { return Ok(Own::default()) };
    Ok(Own {
        given: (row.given.unsigned_abs(), Money::from_minor(row.given_sum)),
        got: (row.got.unsigned_abs(), Money::from_minor(row.got_sum)),
    })
}

/// All lines of a member, of clearings that count.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    let counting = Entity::find()
        .filter(side(member))
        .filter(Expr::cust("EXISTS (SELECT 1 FROM clearing k WHERE k.id = clearing_id AND k.state <> 'running')"));
    counting.order_by_asc(Column::ClearingId).order_by_asc(Column::CommitmentId).all(db).await
}

/// The newest clearing that counts and has set something off that this member is a side of.
pub async fn newest_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Option<ClearingId>, DbErr> {
    let newest = |side: &str| {
        format!(
            "SELECT MAX(s.clearing_id) AS id FROM set_off s
             WHERE s.{side} = $1 AND EXISTS (SELECT 1 FROM clearing k WHERE k.id = s.clearing_id AND k.state <> 'running')"
        )
    };
    let sql =
        format!("SELECT MAX(id) AS id FROM ({} UNION ALL {}) AS sides", newest("supporter_id"), newest("receiver_id"));
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [member.into()])).await?;
    row.map_or(Ok(None), |row| row.try_get("", "id"))
}

#[derive(FromQueryResult)]
struct PartRow {
    sum: i64,
    of_sum: i64,
    at: DateTime<Utc>,
}

/// What clearings that count have set off of this promise, of which something was left: how much of how much, and when.
pub async fn parts_of(
    db: &impl ConnectionTrait,
    promise: CommitmentId,
) -> Result<Vec<(Money, Money, DateTime<Utc>)>, DbErr> {
    let sql = "SELECT s.sum, s.of_sum, COALESCE(k.decided_at, k.began_at) AS at
               FROM set_off s JOIN clearing k ON k.id = s.clearing_id
               WHERE s.commitment_id = $1 AND s.sum < s.of_sum AND k.state <> 'running' ORDER BY k.id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [promise.into()]);
    let rows = PartRow::find_by_statement(statement).all(db).await?;
    Ok(rows.into_iter().map(|row| (Money::from_minor(row.sum), Money::from_minor(row.of_sum), row.at)).collect())
}
