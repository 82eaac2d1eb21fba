//! Acquaintances: who knows whom through the bot. Each pair has a row from either side.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, QueryOrder, Statement};

use super::invite;
use crate::domain::MemberId;

/// That a member knows another.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "acquaintance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub other_id: MemberId,
    pub since: DateTime<Utc>,
    /// Since when they know each other no more, and who of the two wanted it so.
    pub removed_at: Option<DateTime<Utc>>,
    pub removed_by: Option<MemberId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// These two help each other, so they know each other, whatever was before.
pub(super) async fn by_help(
    db: &impl ConnectionTrait,
    (one, other): (MemberId, MemberId),
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let again = "WHERE acquaintance.removed_at IS NOT NULL";
    meet(db, again, vec![one.into(), other.into(), now.into()]).await
}

/// Each of these helps the same member, so they know each other, whatever was before: in one statement.
pub(super) async fn by_help_of_many(
    db: &impl ConnectionTrait,
    one: MemberId,
    others: impl IntoIterator<Item = MemberId>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<String> =
        others.into_iter().map(|other| format!("({one}, {other}, $1), ({other}, {one}, $1)")).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO acquaintance (member_id, other_id, since) VALUES {}
         ON CONFLICT (member_id, other_id) DO UPDATE SET removed_at = NULL, removed_by = NULL
         WHERE acquaintance.removed_at IS NOT NULL",
        rows.join(", ")
    );
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [now.into()])).await?;
    Ok(())
}

/// Whoever came by an invite knows this member from now on: the inviter, or whose card it leads to. Not when that member
/// had removed them before, unless the invite is that member's own and newer.
pub async fn by_invite(
    db: &impl ConnectionTrait,
    (comer, other): (MemberId, MemberId),
    invite: &invite::Model,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let again = "WHERE acquaintance.removed_by = $4
                 OR (acquaintance.removed_by = $5 AND acquaintance.removed_at < $6)";
    let (inviter, made_at) = (invite.inviter_id, invite.created_at);
    let values = [comer.into(), other.into(), now.into(), comer.into(), inviter.into(), made_at.into()];
    meet(db, again, values.into()).await
}

/// Both rows of a pair, `$1` and `$2`; those that are there change only where `again` says so.
async fn meet(db: &impl ConnectionTrait, again: &str, values: Vec<Value>) -> Result<(), DbErr> {
    let sql = format!(
        "INSERT INTO acquaintance (member_id, other_id, since) VALUES ($1, $2, $3), ($2, $1, $3)
         ON CONFLICT (member_id, other_id) DO UPDATE SET removed_at = NULL, removed_by = NULL {again}"
    );
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Whether these two know each other.
pub async fn stands(db: &impl ConnectionTrait, one: MemberId, other: MemberId) -> Result<bool, DbErr> {
    let row = Entity::find_by_id((one, other)).one(db).await?;
    Ok(row.is_some_and(|row| row.removed_at.is_none()))
}

/// From now on these two know each other no more; false when they did not before.
pub async fn remove(
    db: &impl ConnectionTrait,
    who: MemberId,
    other: MemberId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = |one, other| Condition::all().add(Column::MemberId.eq(one)).add(Column::OtherId.eq(other));
    let done = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(now))
        .col_expr(Column::RemovedBy, Expr::value(who))
        .filter(Condition::any().add(row(who, other)).add(row(other, who)))
        .filter(Column::RemovedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Nobody knows this member any more. Of those who never helped each other nothing is kept; between two who did, it stays that
/// what has ended between them is a tie no more.
pub async fn leave(db: &impl ConnectionTrait, who: MemberId, now: DateTime<Utc>) -> Result<(), DbErr> {
    const HELPED: &str = "EXISTS (SELECT 1 FROM commitment c
         WHERE (c.supporter_id = acquaintance.member_id AND c.receiver_id = acquaintance.other_id)
         OR (c.supporter_id = acquaintance.other_id AND c.receiver_id = acquaintance.member_id))";
    // The rows of either side: of those whom the member knows, each is found by its key.
    let theirs = "SELECT a.other_id FROM acquaintance a WHERE a.member_id = $1";
    for of in ["member_id = $1".to_owned(), format!("other_id = $1 AND member_id IN ({theirs})")] {
        let sql = format!(
            "UPDATE acquaintance SET removed_at = $2, removed_by = $1 WHERE {of} AND removed_at IS NULL AND {HELPED}"
        );
        let values = [who.into(), now.into()];
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    for of in [format!("other_id = $1 AND member_id IN ({theirs})"), "member_id = $1".to_owned()] {
        let sql = format!("DELETE FROM acquaintance WHERE {of} AND NOT {HELPED}");
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()])).await?;
    }
    Ok(())
}

/// All whom a member knows, or has known.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::OtherId).all(db).await
}
