//! Programs that act for members: known by a token of which nothing but a digest is kept.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, NotSet, QueryOrder, Set, Statement};

use super::{commitment, unreadable};
use crate::domain::{MemberId, Month, ProgramId, Scope};

/// So exactly it is known when a program has asked for something last.
const SEEN_TO: TimeDelta = TimeDelta::hours(1);

/// One program.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "program")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ProgramId,
    /// For whom it acts.
    pub member_id: MemberId,
    pub name: String,
    /// What is kept of its token.
    #[serde(skip)]
    pub digest: String,
    pub scope: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// To the hour.
    pub seen_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What it may do.
    pub fn scope(&self) -> Result<Scope, DbErr> {
        Scope::parse(&self.scope).ok_or_else(|| unreadable("program.scope", &self.scope))
    }
}

/// Lets a program act for a member.
pub async fn insert(
    db: &impl ConnectionTrait,
    who: MemberId,
    (name, digest, scope): (&str, &str, Scope),
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<ProgramId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        member_id: Set(who),
        name: Set(name.to_owned()),
        digest: Set(digest.to_owned()),
        scope: Set(scope.as_str().to_owned()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        seen_at: Set(None),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// Those that act for a member, or did until lately, the newest first.
pub async fn of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(who)).order_by_desc(Column::Id).all(db).await
}

/// Ends one of a member's. False: it is none of theirs.
pub async fn end(db: &impl ConnectionTrait, who: MemberId, id: ProgramId) -> Result<bool, DbErr> {
    let gone = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::MemberId.eq(who)).exec(db).await?;
    Ok(gone.rows_affected == 1)
}

/// Ends all of a member's.
pub async fn end_all(db: &impl ConnectionTrait, who: MemberId) -> Result<u64, DbErr> {
    Ok(Entity::delete_many().filter(Column::MemberId.eq(who)).exec(db).await?.rows_affected)
}

/// A program that asks for something, and for whom.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Asking {
    pub id: ProgramId,
    pub member_id: MemberId,
    pub scope: String,
    pub seen_at: Option<DateTime<Utc>>,
    /// The language of the member, and the time zone that they have chosen.
    pub lang: String,
    pub zone: Option<String>,
    pub suspended_at: Option<DateTime<Utc>>,
    /// Whether a month before this one is still to be closed on anything that they are a side of.
    pub behind: bool,
}

/// The program that shows the token of which this is kept, as long as it counts. One query.
pub async fn asking(
    db: &impl ConnectionTrait,
    digest: &str,
    now: DateTime<Utc>,
    month: Month,
) -> Result<Option<Asking>, DbErr> {
    let sql = format!(
        "SELECT t.id, t.member_id, t.scope, t.seen_at, p.lang, p.zone, m.suspended_at, {} AS behind
         FROM program t JOIN member m ON m.id = t.member_id JOIN person p ON p.id = m.id
         WHERE t.digest = $1 AND t.expires_at > $3 AND m.left_at IS NULL",
        commitment::behind("m.id", "$2")
    );
    let values = [digest.into(), month.number().into(), now.into()];
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let asking = Asking::find_by_statement(asked).one(db).await?;
    if let Some(asking) = &asking
        && asking.seen_at.is_none_or(|seen| seen < now - SEEN_TO)
    {
        let seen = Entity::update_many().col_expr(Column::SeenAt, Expr::value(now));
        seen.filter(Column::Id.eq(asking.id)).exec(db).await?;
    }
    Ok(asking)
}

/// What is known by one token is known by another one from now on, under another name and until another time, if it is called so
/// and counts. False: there is no such.
pub async fn exchange(
    db: &impl ConnectionTrait,
    (digest, name): (&str, &str),
    (new_digest, new_name): (&str, &str),
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = Entity::update_many()
        .col_expr(Column::Digest, Expr::value(new_digest))
        .col_expr(Column::Name, Expr::value(new_name))
        .col_expr(Column::ExpiresAt, Expr::value(expires_at))
        .filter(Column::Digest.eq(digest))
        .filter(Column::Name.eq(name))
        .filter(Column::ExpiresAt.gt(now));
    Ok(row.exec(db).await?.rows_affected == 1)
}

/// Forgets at most `limit` that counted until before `time`. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!("DELETE FROM program WHERE id IN (SELECT id FROM program WHERE expires_at < $1 LIMIT {limit})");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
