//! Invites, and who came by them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{Condition, FromQueryResult, NotSet, PaginatorTrait, QueryOrder, QueryTrait, Set, Statement};

use super::many::one_of;
use super::{Slice, invite_use};
use crate::domain::{InviteId, MemberId};

/// A link that leads to one member's card.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "invite")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: InviteId,
    pub token: String,
    pub inviter_id: MemberId,
    /// The member whose card it leads to.
    pub for_id: MemberId,
    pub created_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The invite with this token. None when there is none or it was revoked: nobody can tell one from the other.
pub async fn find_by_token(db: &impl ConnectionTrait, token: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Token.eq(token)).filter(stands()).one(db).await
}

/// Not revoked, and neither of the two is suspended.
fn stands() -> Condition {
    let held = "NOT EXISTS (SELECT 1 FROM member held
                            WHERE held.id IN (invite.inviter_id, invite.for_id) AND held.suspended_at IS NOT NULL)";
    Condition::all().add(Column::RevokedAt.is_null()).add(Expr::cust(held))
}

/// The same, and it stands until the transaction ends, whoever would revoke it. (SQLite has one writer at a time anyway.)
pub async fn find_kept(db: &impl ConnectionTrait, token: &str) -> Result<Option<Model>, DbErr> {
    // SeaORM leaves the lock out of the SQL that it writes for SQLite.
    Entity::find().filter(Column::Token.eq(token)).filter(stands()).lock_shared().one(db).await
}

/// Erases the invites that a member has made, or that lead to their card, and that they came by others. Gives the tokens.
pub async fn erase_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<String>, DbErr> {
    let theirs = Condition::any().add(Column::InviterId.eq(who)).add(Column::ForId.eq(who));
    let made = Entity::find().filter(theirs).order_by_asc(Column::Id).lock_exclusive().all(db).await?;
    let ids = || made.iter().map(|row| row.id);
    let uses = Condition::any().add(invite_use::Column::MemberId.eq(who));
    let uses = if made.is_empty() { uses } else { uses.add(one_of(db, invite_use::Column::InviteId, ids())) };
    invite_use::Entity::delete_many().filter(uses).exec(db).await?;
    if !made.is_empty() {
        Entity::delete_many().filter(one_of(db, Column::Id, ids())).exec(db).await?;
    }
    Ok(made.into_iter().map(|row| row.token).collect())
}

/// Those of these words that are tokens of standing invites.
pub async fn standing_among(db: &impl ConnectionTrait, words: &[String]) -> Result<BTreeSet<String>, DbErr> {
    let tokens = Entity::find().select_only().column(Column::Token).filter(Column::Token.is_in(words));
    let tokens: Vec<String> = tokens.filter(stands()).into_tuple().all(db).await?;
    Ok(tokens.into_iter().collect())
}

/// The standing invite of this inviter to that member's card.
pub async fn live_between(
    db: &impl ConnectionTrait,
    inviter: MemberId,
    for_member: MemberId,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::InviterId.eq(inviter))
        .filter(Column::ForId.eq(for_member))
        .filter(Column::RevokedAt.is_null())
        .one(db)
        .await
}

/// A standing invite, as the one whose card it leads to sees it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ToCard {
    pub inviter_id: MemberId,
    /// The inviter's name.
    pub inviter: String,
    /// How many came by it.
    pub used: i64,
}

const TO_CARD: &str = "SELECT i.inviter_id, m.name AS inviter,
        (SELECT COUNT(*) FROM invite_use u WHERE u.invite_id = i.id) AS used
    FROM invite i CROSS JOIN member m
    WHERE m.id = i.inviter_id AND i.for_id = $1 AND i.revoked_at IS NULL";

/// The standing invites that others have made to a member's card, the newest first.
pub async fn to_card(db: &impl ConnectionTrait, whose: MemberId, slice: Slice) -> Result<Vec<ToCard>, DbErr> {
    let sql = format!("{TO_CARD} AND i.inviter_id <> $1 ORDER BY i.id DESC LIMIT $2 OFFSET $3");
    let most = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let values = [whose.into(), most(slice.take).into(), most(slice.skip).into()];
    ToCard::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// The standing invite of this inviter to that member's card.
pub async fn to_card_by(
    db: &impl ConnectionTrait,
    whose: MemberId,
    inviter: MemberId,
) -> Result<Option<ToCard>, DbErr> {
    let sql = format!("{TO_CARD} AND i.inviter_id = $2");
    let values = [whose.into(), inviter.into()];
    ToCard::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await
}

/// How many standing invites others have made to a member's card.
pub async fn count_to_card(db: &impl ConnectionTrait, whose: MemberId) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::ForId.eq(whose))
        .filter(Column::InviterId.ne(whose))
        .filter(Column::RevokedAt.is_null())
        .count(db)
        .await
}

/// Stores a new invite. A unique violation means that the pair has a standing one.
pub async fn insert(
    db: &impl ConnectionTrait,
    token: &str,
    inviter: MemberId,
    for_member: MemberId,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        token: Set(token.to_owned()),
        inviter_id: Set(inviter),
        for_id: Set(for_member),
        created_at: Set(now),
        revoked_at: Set(None),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Ok(Model {
        id,
        token: token.to_owned(),
        inviter_id: inviter,
        for_id: for_member,
        created_at: now,
        revoked_at: None,
    })
}

/// Revokes an invite; false when it was before.
pub async fn revoke(db: &impl ConnectionTrait, id: InviteId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that a member came by this invite; false when they had before.
pub async fn note_use(
    db: &impl ConnectionTrait,
    invite: InviteId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = invite_use::ActiveModel { invite_id: Set(invite), member_id: Set(member), used_at: Set(now) };
    let mut insert = invite_use::Entity::insert(row).into_query();
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(db.execute(&insert).await?.rows_affected() == 1)
}

/// The invites that a member has made, and those of others to their card, also those that were revoked.
pub async fn of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    let theirs = Condition::any().add(Column::InviterId.eq(who)).add(Column::ForId.eq(who));
    Entity::find().filter(theirs).order_by_asc(Column::Id).all(db).await
}

/// By which invites a member came, and who came by theirs.
pub async fn uses_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<invite_use::Model>, DbErr> {
    let own = Entity::find().select_only().column(Column::Id).filter(Column::InviterId.eq(who)).into_query();
    let meant =
        Condition::any().add(invite_use::Column::MemberId.eq(who)).add(invite_use::Column::InviteId.in_subquery(own));
    invite_use::Entity::find().filter(meant).order_by_asc(invite_use::Column::UsedAt).all(db).await
}
