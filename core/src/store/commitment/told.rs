//! Who was told of a clearing, as the database sees it: what is noted for it, and whose notice did not come in time.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, Statement};

use super::clearing::Owing;
use super::{Column, Entity};
use crate::domain::{CommitmentId, MemberId, Month};
use crate::store::many::one_of;

/// Notes that the sides of these promises are told of the clearing of this month.
pub async fn note_told(db: &impl ConnectionTrait, these: &[Owing], month: Month) -> Result<(), DbErr> {
    if these.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::ToldOfClearing, Expr::value(month.number()))
        .filter(one_of(db, Column::Id, these.iter().map(|one| one.id)))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether the sides of this promise were told of the clearing of this month.
pub async fn is_told(db: &impl ConnectionTrait, id: CommitmentId, month: Month) -> Result<bool, DbErr> {
    let told = Entity::find_by_id(id).filter(Column::ToldOfClearing.eq(month.number()));
    Ok(told.one(db).await?.is_some())
}

/// Nothing is noted for the clearing of this month any more. It goes through all promises: for what hardly ever happens.
pub async fn note_none(db: &impl ConnectionTrait, month: Month) -> Result<(), DbErr> {
    let noted = Entity::update_many().col_expr(Column::ToldOfClearing, Expr::value(None::<i32>));
    noted.filter(Column::ToldOfClearing.eq(month.number())).exec(db).await?;
    Ok(())
}

/// Nothing of these members takes part in the clearing of this month, on whichever side.
pub async fn leave_out(db: &impl ConnectionTrait, members: &[MemberId], month: Month) -> Result<(), DbErr> {
    if members.is_empty() {
        return Ok(());
    }
    for side in [Column::SupporterId, Column::ReceiverId] {
        Entity::update_many()
            .col_expr(Column::ToldOfClearing, Expr::value(None::<i32>))
            .filter(one_of(db, side, members.iter().copied()))
            .filter(Column::ToldOfClearing.eq(month.number()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Those to whom what tells of the record `$1` did not come by `$2`, though they can be reached: it waits, was given up, or came
/// later; or it is kept for a daily message that has not gone out.
const UNTOLD: &str = "SELECT o.recipient_id AS member_id FROM outbox o
     WHERE o.record = $1 AND o.priority = 2 AND o.messenger IS NOT NULL AND (o.sent_at IS NULL OR o.sent_at > $2)
     UNION SELECT i.member_id FROM digest_item i WHERE i.record = $1";

/// How many members were told of something in time, and how many were not who can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Reached {
    pub told: i64,
    pub untold: i64,
}

/// How many were told of this record, which goes to all, by this time.
pub async fn reached(db: &impl ConnectionTrait, record: &str, by: DateTime<Utc>) -> Result<Reached, DbErr> {
    let sql = format!(
        "SELECT (SELECT COUNT(*) FROM outbox o WHERE o.record = $1 AND o.priority = 2 AND o.sent_at <= $2) AS told,
                (SELECT COUNT(*) FROM ({UNTOLD}) AS u) AS untold"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [record.into(), by.into()]);
    Ok(Reached::find_by_statement(statement).one(db).await?.unwrap_or(Reached { told: 0, untold: 0 }))
}

/// The next members behind `after` who can be told and were not told of this record by this time.
pub async fn untold(
    db: &impl ConnectionTrait,
    record: &str,
    by: DateTime<Utc>,
    after: MemberId,
    limit: u64,
) -> Result<Vec<MemberId>, DbErr> {
    let sql =
        format!("SELECT u.member_id FROM ({UNTOLD}) AS u WHERE u.member_id > $3 ORDER BY u.member_id LIMIT {limit}");
    let values = [record.into(), by.into(), after.into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
