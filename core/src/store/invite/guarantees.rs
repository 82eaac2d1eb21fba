//! Invites that offer a mutual guarantee: for one person, and for a time. Whoever became a member by one has it for
//! themselves; it is over when it was accepted.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, NotSet, QuerySelect, Set, Statement};

use super::{ActiveModel, Column, Entity};
use crate::domain::{InviteId, MemberId};

/// One that may still be accepted, as whoever made it sees it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Offer {
    pub id: InviteId,
    pub token: String,
    pub ends_at: DateTime<Utc>,
    /// Who became a member by it, and has not accepted yet.
    pub comer: Option<String>,
}

const OFFERS: &str = "SELECT i.id, i.token, i.ends_at,
        (SELECT m.name FROM invite_use u CROSS JOIN member m WHERE u.invite_id = i.id AND m.id = u.member_id) AS comer
    FROM invite i WHERE i.inviter_id = $1 AND i.guarantees AND i.ends_at > $2 AND i.revoked_at IS NULL";

/// Those that a member has made and nobody has accepted yet, the newest first.
pub async fn offers(db: &impl ConnectionTrait, who: MemberId, now: DateTime<Utc>) -> Result<Vec<Offer>, DbErr> {
    let sql = format!("{OFFERS} ORDER BY i.id DESC");
    let values = [who.into(), now.into()];
    Offer::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// This one of them.
pub async fn offer(
    db: &impl ConnectionTrait,
    who: MemberId,
    id: InviteId,
    now: DateTime<Utc>,
) -> Result<Option<Offer>, DbErr> {
    let sql = format!("{OFFERS} AND i.id = $3");
    let values = [who.into(), now.into(), id.into()];
    Offer::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await
}

/// Stores a new one.
pub async fn insert_offer(
    db: &impl ConnectionTrait,
    token: &str,
    who: MemberId,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<InviteId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        token: Set(token.to_owned()),
        inviter_id: Set(who),
        for_id: Set(who),
        created_at: Set(now),
        revoked_at: Set(None),
        for_one: Set(true),
        ends_at: Set(Some(ends_at)),
        guarantees: Set(true),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// Whoever else accepts this one, or takes it back, comes after this.
pub async fn lock_offer(db: &impl ConnectionTrait, id: InviteId) -> Result<(), DbErr> {
    // SeaORM leaves the lock out of the SQL that it writes for SQLite.
    Entity::find_by_id(id).select_only().column(Column::Id).lock_exclusive().into_tuple::<InviteId>().one(db).await?;
    Ok(())
}

/// It was accepted: nobody comes by it any more.
pub async fn end_offer(db: &impl ConnectionTrait, id: InviteId, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::EndsAt, Expr::value(now)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}
