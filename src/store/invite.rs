//! Invites, and who came by them.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{FromQueryResult, NotSet, PaginatorTrait, QueryTrait, Set, Statement};

use super::many::one_of;
use super::{Slice, invite_use};
use crate::domain::{InviteId, MemberId};

/// A link that leads to one member's card.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
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
    Entity::find().filter(Column::Token.eq(token)).filter(Column::RevokedAt.is_null()).one(db).await
}

/// Those of these words that are tokens of standing invites.
pub async fn standing_among(db: &impl ConnectionTrait, words: &[String]) -> Result<BTreeSet<String>, DbErr> {
    let tokens = Entity::find().select_only().column(Column::Token).filter(Column::Token.is_in(words));
    let tokens: Vec<String> = tokens.filter(Column::RevokedAt.is_null()).into_tuple().all(db).await?;
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

/// The tokens of the standing invites that these members have made to their own cards. One query, none for an empty list.
pub async fn own_tokens(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, String>, DbErr> {
    let members: Vec<MemberId> = members.into_iter().collect();
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    let own = Entity::find().select_only().column(Column::ForId).column(Column::Token);
    let own = own.filter(one_of(db, Column::ForId, members)).filter(Expr::col(Column::InviterId).equals(Column::ForId));
    let rows: Vec<(MemberId, String)> = own.filter(Column::RevokedAt.is_null()).into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
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
