//! Invites, and who came by them.

mod guarantees;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{Condition, FromQueryResult, NotSet, QueryOrder, QuerySelect, QueryTrait, Set, Statement};

use super::many::one_of;
use super::{Slice, invite_use};
use crate::domain::invite::Term;
use crate::domain::{Called, InviteId, MemberId};

pub use guarantees::{Offer, end_offer, insert_offer, lock_offer, offer, offers};

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
    /// Whether it ends with the first who comes by it.
    pub for_one: bool,
    /// From when on it leads nowhere, if that is so.
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it offers a mutual guarantee. Only what `guarantees` has here is about such.
    pub guarantees: bool,
}

impl Model {
    /// How long it stands.
    pub fn term(&self) -> Term {
        term(self.for_one, self.ends_at)
    }
}

fn term(for_one: bool, ends_at: Option<DateTime<Utc>>) -> Term {
    match ends_at {
        Some(at) => Term::Until(at),
        None if for_one => Term::ForOne,
        None => Term::Open,
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// As a condition on an invite `i`: it was not revoked, and neither of the two is suspended.
const KEPT: &str = "i.revoked_at IS NULL AND NOT EXISTS (SELECT 1 FROM member held
    WHERE held.id IN (i.inviter_id, i.for_id) AND held.suspended_at IS NOT NULL)";

/// And at the moment `$1` it is not over.
const OPEN: &str = "(i.ends_at IS NULL OR i.ends_at > $1)
    AND NOT (i.for_one AND EXISTS (SELECT 1 FROM invite_use u WHERE u.invite_id = i.id))";

/// As a condition on an invite `i` at the moment `$1`: whoever has its token can come by it.
fn stands() -> String {
    format!("{KEPT} AND {OPEN}")
}

/// The same, or the member `$2` has come by it: `NULL`, who is no member yet.
fn leads() -> String {
    format!(
        "{KEPT} AND (({OPEN})
             OR EXISTS (SELECT 1 FROM invite_use u WHERE u.invite_id = i.id AND u.member_id = $2))"
    )
}

/// The invite with this token, if `who` can come by it now, or has: somebody who is no member yet can only be the first.
/// None when there is none, it was revoked or is over: nobody can tell one from the other.
pub async fn find_by_token(
    db: &impl ConnectionTrait,
    token: &str,
    who: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let sql = format!("SELECT i.* FROM invite i WHERE i.token = $3 AND {}", leads());
    let values = [now.into(), who.into(), token.into()];
    Entity::find().from_raw_sql(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await
}

/// Whoever else comes by an invite with this token, or would revoke or erase it, comes after this.
pub async fn lock(db: &impl ConnectionTrait, token: &str) -> Result<(), DbErr> {
    // SeaORM leaves the lock out of the SQL that it writes for SQLite, which has one writer at a time anyway.
    Entity::find().filter(Column::Token.eq(token)).lock_exclusive().one(db).await?;
    Ok(())
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

/// Those of these words that are tokens of invites which stand, or by which `who` has come.
pub async fn standing_among(
    db: &impl ConnectionTrait,
    words: &[String],
    who: Option<MemberId>,
    now: DateTime<Utc>,
) -> Result<BTreeSet<String>, DbErr> {
    if words.is_empty() {
        return Ok(BTreeSet::new());
    }
    let places: Vec<String> = (3..words.len() + 3).map(|place| format!("${place}")).collect();
    let sql = format!("SELECT i.token FROM invite i WHERE i.token IN ({}) AND {}", places.join(", "), leads());
    let values = [now.into(), who.into()].into_iter().chain(words.iter().map(Value::from));
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// The standing invite without an end of this inviter to that member's card.
pub async fn live_between(
    db: &impl ConnectionTrait,
    inviter: MemberId,
    for_member: MemberId,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::InviterId.eq(inviter))
        .filter(Column::ForId.eq(for_member))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ForOne.eq(false))
        .filter(Column::EndsAt.is_null())
        .one(db)
        .await
}

/// The tokens of the standing invites without an end that these members have made to their own cards. One query, none for an empty list.
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
    let own = own.filter(Column::ForOne.eq(false)).filter(Column::EndsAt.is_null());
    let rows: Vec<(MemberId, String)> = own.filter(Column::RevokedAt.is_null()).into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
}

/// How many standing invites with an end this inviter has made.
pub async fn count_with_an_end(db: &impl ConnectionTrait, inviter: MemberId, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let sql = format!(
        "SELECT COUNT(*) FROM invite i
             WHERE i.inviter_id = $2 AND (i.for_one OR i.ends_at IS NOT NULL) AND NOT i.guarantees AND {}",
        stands()
    );
    count(db, sql, [now.into(), inviter.into()]).await
}

/// A standing invite, as those see it who may revoke it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    pub id: InviteId,
    pub token: String,
    pub inviter_id: MemberId,
    /// The inviter's name.
    pub inviter: Called,
    pub for_id: MemberId,
    /// The name of the one whose card it leads to.
    pub to: Called,
    for_one: bool,
    ends_at: Option<DateTime<Utc>>,
    /// How many came by it.
    pub used: i64,
}

impl Standing {
    /// How long it stands.
    pub fn term(&self) -> Term {
        term(self.for_one, self.ends_at)
    }
}

const STANDING: &str = "SELECT i.id, i.token, i.inviter_id, m.name AS inviter, i.for_id, f.name AS \"to\",
        i.for_one, i.ends_at, (SELECT COUNT(*) FROM invite_use u WHERE u.invite_id = i.id) AS used
    FROM invite i JOIN member m ON m.id = i.inviter_id JOIN member f ON f.id = i.for_id
    WHERE NOT i.guarantees";

/// As a condition on an invite `i`: it leads to the card of `$2`, and is not the one without an end that `$3` has made
/// themselves; where the card is another's, it is `$3` who has made it. What leads to a pool is shown there.
const OTHERS: &str = "i.for_id = $2 AND (i.for_id = $3 OR i.inviter_id = $3)
    AND NOT (i.inviter_id = $3 AND NOT i.for_one AND i.ends_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM pool_invite p WHERE p.invite_id = i.id)";

/// The standing invites to a card that `who` may revoke, beside the one without an end that they have made: the newest
/// first.
pub async fn others_to_card(
    db: &impl ConnectionTrait,
    (who, whose): (MemberId, MemberId),
    now: DateTime<Utc>,
    slice: Slice,
) -> Result<Vec<Standing>, DbErr> {
    let sql = format!("{STANDING} AND {OTHERS} AND {} ORDER BY i.id DESC LIMIT $4 OFFSET $5", stands());
    let most = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let values = [now.into(), whose.into(), who.into(), most(slice.take).into(), most(slice.skip).into()];
    Standing::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// How many those are.
pub async fn count_others_to_card(
    db: &impl ConnectionTrait,
    (who, whose): (MemberId, MemberId),
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let sql = format!("SELECT COUNT(*) FROM invite i WHERE {OTHERS} AND NOT i.guarantees AND {}", stands());
    count(db, sql, [now.into(), whose.into(), who.into()]).await
}

/// This standing invite, if `who` may revoke it.
pub async fn standing(
    db: &impl ConnectionTrait,
    id: InviteId,
    who: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<Standing>, DbErr> {
    let sql = format!("{STANDING} AND i.id = $2 AND (i.for_id = $3 OR i.inviter_id = $3) AND {}", stands());
    let values = [now.into(), id.into(), who.into()];
    Standing::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await
}

/// The standing invites to cards that a member has made, at most so many, the newest first.
pub async fn made_by(
    db: &impl ConnectionTrait,
    inviter: MemberId,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Standing>, DbErr> {
    let to_cards = "NOT EXISTS (SELECT 1 FROM pool_invite p WHERE p.invite_id = i.id)";
    let sql =
        format!("{STANDING} AND i.inviter_id = $2 AND {} AND {to_cards} ORDER BY i.id DESC LIMIT {limit}", stands());
    let values = [now.into(), inviter.into()];
    Standing::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// The newest standing invite of this inviter to that member's card.
pub async fn newest_between(
    db: &impl ConnectionTrait,
    (inviter, whose): (MemberId, MemberId),
    now: DateTime<Utc>,
) -> Result<Option<Standing>, DbErr> {
    let which = "i.for_id = $2 AND i.inviter_id = $3";
    let sql = format!("{STANDING} AND {which} AND {} ORDER BY i.id DESC LIMIT 1", stands());
    let values = [now.into(), whose.into(), inviter.into()];
    Standing::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await
}

async fn count<const N: usize>(db: &impl ConnectionTrait, sql: String, values: [Value; N]) -> Result<u64, DbErr> {
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Stores a new invite without an end. A unique violation means that the pair has one that stands.
pub async fn insert(
    db: &impl ConnectionTrait,
    token: &str,
    inviter: MemberId,
    for_member: MemberId,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    insert_for(db, token, (inviter, for_member), Term::Open, now).await
}

/// Stores a new invite that stands for so long.
pub async fn insert_for(
    db: &impl ConnectionTrait,
    token: &str,
    (inviter, for_member): (MemberId, MemberId),
    term: Term,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let for_one = term == Term::ForOne;
    let ends_at = if let Term::Until(at) = term { Some(at) } else { None };
    let row = ActiveModel {
        id: NotSet,
        token: Set(token.to_owned()),
        inviter_id: Set(inviter),
        for_id: Set(for_member),
        created_at: Set(now),
        revoked_at: Set(None),
        for_one: Set(for_one),
        ends_at: Set(ends_at),
        guarantees: Set(false),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Ok(Model {
        id,
        token: token.to_owned(),
        inviter_id: inviter,
        for_id: for_member,
        created_at: now,
        revoked_at: None,
        for_one,
        ends_at,
        guarantees: false,
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

/// Whether anybody has come by this invite.
pub async fn is_used(db: &impl ConnectionTrait, invite: InviteId) -> Result<bool, DbErr> {
    Ok(invite_use::Entity::find().filter(invite_use::Column::InviteId.eq(invite)).one(db).await?.is_some())
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
