//! What each member is asked for by a case, and what they have answered. How much it is now follows from all of these
//! together, and is not stored.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Statement};

use super::super::{many, unreadable};
use super::case;
use super::member::{most, most_values};
use crate::domain::{Answer, CaseId, MemberId, Money, Month, PoolId};

/// One member's part in one case.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "pool_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: CaseId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The most that they can be asked for.
    pub most: i64,
    pub answer: String,
    /// How much of it they have been told last.
    pub told: Option<i64>,
    /// They have been told that they are asked for the last time.
    pub asked_again: bool,
    /// When they left the pool with it, while they were asked.
    pub left_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The same, as the rules know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub member: MemberId,
    pub most: Money,
    pub answer: Answer,
    pub told: Option<Money>,
    pub asked_again: bool,
}

/// All members of a pool but its owner take part in a case who can be asked for anything in this month: in one statement,
/// however many they are.
pub async fn insert_for(
    db: &impl ConnectionTrait,
    case: CaseId,
    (pool, owner): (PoolId, MemberId),
    (month, since): (Month, DateTime<Utc>),
) -> Result<(), DbErr> {
    let sql = format!(
        "INSERT INTO pool_share (case_id, member_id, most, answer)
         SELECT CAST($5 AS BIGINT), x.member_id, x.most, 'none' FROM ({}) x",
        most()
    );
    let values: Vec<Value> = most_values(pool, month, owner, since).into_iter().chain([Value::from(case)]).collect();
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Who still takes part in these cases, case by case, in the order of their numbers. One query.
pub async fn taking_part(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<Vec<(CaseId, Row)>, DbErr> {
    let cases: Vec<String> = cases.into_iter().map(|case| case.to_string()).collect();
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT case_id, member_id, most, answer, told, asked_again FROM pool_share
         WHERE case_id IN ({}) AND answer <> 'left' ORDER BY case_id, member_id",
        cases.join(", ")
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let read = |row: &QueryResult| {
        let answer: String = row.try_get_by_index(3)?;
        let told: Option<i64> = row.try_get_by_index(4)?;
        let read = Row {
            member: row.try_get_by_index(1)?,
            most: Money::from_minor(row.try_get_by_index(2)?),
            answer: Answer::parse(&answer).ok_or_else(|| unreadable("pool_share.answer", &answer))?,
            told: told.map(Money::from_minor),
            asked_again: row.try_get_by_index(5)?,
        };
        Ok((row.try_get_by_index(0)?, read))
    };
    rows.iter().map(read).collect()
}

/// How many take part in each of these cases. One query, none for nothing.
pub async fn counts(
    db: &impl ConnectionTrait,
    cases: impl IntoIterator<Item = CaseId>,
) -> Result<HashMap<CaseId, u64>, DbErr> {
    let cases: Vec<String> = cases.into_iter().map(|case| case.to_string()).collect();
    if cases.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT case_id, COUNT(*) FROM pool_share WHERE case_id IN ({}) AND answer <> 'left' GROUP BY case_id",
        cases.join(", ")
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index::<i64>(1)?.unsigned_abs()));
    rows.iter().map(read).collect()
}

/// One member's part in one case.
pub async fn find(db: &impl ConnectionTrait, case: CaseId, who: MemberId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((case, who)).one(db).await
}

/// These have answered so.
pub async fn set_answer(
    db: &impl ConnectionTrait,
    case: CaseId,
    these: &[MemberId],
    answer: Answer,
) -> Result<(), DbErr> {
    if these.is_empty() {
        return Ok(());
    }
    let some = many::one_of(db, Column::MemberId, these.iter().copied());
    let all = Entity::update_many().col_expr(Column::Answer, Expr::value(answer.as_str()));
    all.filter(Column::CaseId.eq(case)).filter(some).exec(db).await?;
    Ok(())
}

/// Why somebody takes no part any more in a case that is discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Away {
    /// They have left the pool at this time.
    Left(DateTime<Utc>),
    /// They can't, and stay in the pool.
    Unable,
}

/// These take no part any more in these cases, unless their share is an obligation: in one statement.
pub async fn leave(db: &impl ConnectionTrait, cases: &[CaseId], these: &[MemberId], why: Away) -> Result<(), DbErr> {
    let open = [Answer::None, Answer::Confirmed];
    leave_where(db, cases, these, why, &open).await
}

/// The same of somebody who has not answered; what they have taken they keep. Says of which cases they knew their share.
pub async fn leave_unanswered(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
    who: MemberId,
) -> Result<Vec<CaseId>, DbErr> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let asked = Entity::find().select_only().column(Column::CaseId).filter(Column::MemberId.eq(who));
    let asked = asked.filter(many::one_of(db, Column::CaseId, cases.iter().copied())).filter(Column::Told.gt(0));
    let asked = asked.filter(Column::Answer.eq(Answer::None.as_str())).order_by_asc(Column::CaseId);
    let asked = asked.into_tuple().all(db).await?;
    leave_where(db, cases, &[who], Away::Unable, &[Answer::None]).await?;
    Ok(asked)
}

async fn leave_where(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
    these: &[MemberId],
    why: Away,
    answers: &[Answer],
) -> Result<(), DbErr> {
    if cases.is_empty() || these.is_empty() {
        return Ok(());
    }
    let theirs = many::one_of(db, Column::MemberId, these.iter().copied());
    let mut leave = Entity::update_many().col_expr(Column::Answer, Expr::value(Answer::Left.as_str()));
    if let Away::Left(at) = why {
        leave = leave.col_expr(Column::LeftAt, Expr::value(at));
    }
    let open = Column::Answer.is_in(answers.iter().map(|answer| answer.as_str()));
    leave.filter(many::one_of(db, Column::CaseId, cases.iter().copied())).filter(theirs).filter(open).exec(db).await?;
    Ok(())
}

/// When a member last left this pool while they were asked for a share there; never, if they never did.
pub async fn left_at(db: &impl ConnectionTrait, pool: PoolId, who: MemberId) -> Result<Option<DateTime<Utc>>, DbErr> {
    let of_pool = case::Entity::find().select_only().column(case::Column::Id).filter(case::Column::PoolId.eq(pool));
    let left = Entity::find().select_only().column(Column::LeftAt).filter(Column::MemberId.eq(who));
    let left = left.filter(Column::LeftAt.is_not_null()).filter(Column::CaseId.in_subquery(of_pool.into_query()));
    let last: Option<Option<DateTime<Utc>>> = left.order_by_desc(Column::LeftAt).limit(1).into_tuple().one(db).await?;
    Ok(last.flatten())
}

/// Somebody has been told that their share is so much, and perhaps that they are asked for the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub member: MemberId,
    pub share: Money,
    pub asked_again: bool,
}

/// These have been told so: in one statement.
pub async fn set_told(db: &impl ConnectionTrait, case: CaseId, told: &[Told]) -> Result<(), DbErr> {
    let values = told.iter().map(|one| {
        format!("({}, {}, {})", one.member, one.share.minor(), if one.asked_again { "TRUE" } else { "FALSE" })
    });
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "WITH said (member_id, share, again) AS (VALUES {})
         UPDATE pool_share SET told = said.share, asked_again = said.again
         FROM said WHERE pool_share.case_id = $1 AND pool_share.member_id = said.member_id",
        values.join(", ")
    );
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [case.into()])).await?;
    Ok(())
}

/// What these have promised elsewhere is taken off what other cases of the pool can ask them for that still run.
pub async fn take_off(
    db: &impl ConnectionTrait,
    cases: &[CaseId],
    promised: &[(MemberId, Money)],
) -> Result<(), DbErr> {
    if cases.is_empty() || promised.is_empty() {
        return Ok(());
    }
    let values: Vec<String> = promised.iter().map(|(member, sum)| format!("({member}, {})", sum.minor())).collect();
    let cases: Vec<String> = cases.iter().map(CaseId::to_string).collect();
    let sql = format!(
        "WITH gave (member_id, sum) AS (VALUES {})
         UPDATE pool_share SET most = CASE WHEN most > gave.sum THEN most - gave.sum ELSE 0 END
         FROM gave WHERE pool_share.case_id IN ({}) AND pool_share.member_id = gave.member_id
         AND pool_share.answer <> 'promised'",
        values.join(", "),
        cases.join(", ")
    );
    db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(())
}

/// Whether this member is asked for their share of a case, and has not answered.
pub async fn is_waited_for(db: &impl ConnectionTrait, case: CaseId, who: MemberId) -> Result<bool, DbErr> {
    let sql = "SELECT 1 FROM pool_share s JOIN pool_case k ON k.id = s.case_id
               WHERE s.case_id = $1 AND s.member_id = $2 AND s.answer = 'none'
               AND k.phase IN ('discussed', 'asked_again')";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [case.into(), who.into()]);
    Ok(db.query_one_raw(statement).await?.is_some())
}

/// In which cases a member ever had a part.
pub async fn rows_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(who)).order_by_asc(Column::CaseId).all(db).await
}

/// What a member had to do with cases goes. Where a case becomes obligations just now, only their number stays, and none of
/// theirs: the shares of the others are not to change any more.
pub async fn erase_of(db: &impl ConnectionTrait, who: MemberId) -> Result<(), DbErr> {
    let settling = "SELECT id FROM pool_case WHERE phase = 'settling'";
    let keep = format!(
        "UPDATE pool_share SET answer = 'promised' WHERE member_id = $1 AND answer = 'confirmed' AND case_id IN ({settling})"
    );
    // Nobody is told any more what their share was.
    let untold = format!("UPDATE pool_share SET told = NULL WHERE member_id = $1 AND case_id IN ({settling})");
    let erase = format!("DELETE FROM pool_share WHERE member_id = $1 AND case_id NOT IN ({settling})");
    for sql in [keep, untold, erase] {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()])).await?;
    }
    Ok(())
}
