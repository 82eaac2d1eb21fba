//! Browsers in which people are signed in.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, NotSet, Set, Statement};

use crate::id::{Id, PersonId};
use crate::store::account::{self, AccountId, WAITS_TO_BE_ASKED};
use crate::store::many::one_of;

/// For so long somebody stays signed in where they ask for nothing.
pub const LASTS: TimeDelta = TimeDelta::days(30);

/// So exactly it is known when somebody has asked for something last.
pub(super) const SEEN_TO: TimeDelta = TimeDelta::hours(1);

/// In so many browsers somebody can be signed in. One more signs them out where they have asked for nothing for the longest time.
pub const MOST: u64 = 20;

/// A browser's number.
pub type BrowserId = Id<Model>;

/// One browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "web_browser")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: BrowserId,
    /// By which account they are known there.
    pub account_id: AccountId,
    /// What is kept of the secret that it shows.
    #[serde(skip)]
    pub digest: String,
    /// Which browser it is, by our own words.
    pub called: String,
    /// When they signed in.
    pub created_at: DateTime<Utc>,
    /// When something was asked for there, to the hour.
    pub seen_at: DateTime<Utc>,
    /// When the page of notices was looked at there.
    pub read_at: DateTime<Utc>,
}

/// What a browser goes with.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The account by which somebody is known there.
    #[sea_orm(belongs_to = "account::Entity", from = "Column::AccountId", to = "account::Column::Id")]
    Account,
}

impl Related<account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// A browser that somebody is signed in in, and who it is.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Browser {
    /// Its number.
    pub id: BrowserId,
    /// The address of their account.
    pub address: String,
    /// Who it is.
    pub person_id: PersonId,
    /// The language that they are spoken to in.
    pub lang: String,
    /// When something was asked for there, to the hour.
    pub seen_at: DateTime<Utc>,
    /// When the page of notices was looked at there.
    pub read_at: DateTime<Utc>,
}

/// Somebody has signed in in one more browser, by this account of theirs: which number that has.
pub async fn insert(
    db: &impl ConnectionTrait,
    account: AccountId,
    digest: &str,
    called: &str,
    now: DateTime<Utc>,
) -> Result<BrowserId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        account_id: Set(account),
        digest: Set(digest.to_owned()),
        called: Set(called.to_owned()),
        created_at: Set(now),
        seen_at: Set(now),
        read_at: Set(now),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    let sql = format!(
        "DELETE FROM web_browser WHERE account_id = $1 AND id NOT IN (
             SELECT id FROM web_browser WHERE account_id = $1 ORDER BY seen_at DESC, id DESC LIMIT {MOST})"
    );
    run(db, &sql, [account.into()]).await?;
    Ok(id)
}

/// The browser of which this is kept, if somebody is signed in there.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    digest: &str,
    now: DateTime<Utc>,
) -> Result<Option<Browser>, DbErr> {
    let sql = "SELECT b.id, a.address, a.person_id, p.lang, b.seen_at, b.read_at
               FROM web_browser b JOIN account a ON a.id = b.account_id JOIN person p ON p.id = a.person_id
               WHERE b.digest = $1 AND b.seen_at > $2";
    let values = [digest.into(), (now - LASTS).into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Browser::find_by_statement(statement).one(db).await
}

/// Those in which this person is signed in, that which was seen last first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Model>, DbErr> {
    let sql = "SELECT b.* FROM account a JOIN web_browser b ON b.account_id = a.id
               WHERE a.person_id = $1 ORDER BY b.seen_at DESC, b.id DESC";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [person.into()]);
    Entity::find().from_raw_sql(statement).all(db).await
}

/// These browsers, by their numbers, and whose they are. One query, none for an empty list.
pub async fn by_id(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = BrowserId>,
) -> Result<HashMap<BrowserId, (Model, PersonId)>, DbErr> {
    let ids: Vec<BrowserId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().find_also_related(account::Entity).filter(one_of(db, Column::Id, ids)).all(db).await?;
    let whose = |(browser, account): (Model, Option<account::Model>)| Some((browser.id, (browser, account?.person_id)));
    Ok(rows.into_iter().filter_map(whose).collect())
}

/// Signs this person out in one browser of theirs. False: it is none of theirs.
pub async fn end(db: &impl ConnectionTrait, person: PersonId, browser: BrowserId) -> Result<bool, DbErr> {
    let sql = "DELETE FROM web_browser
               WHERE id = $2 AND account_id IN (SELECT id FROM account WHERE person_id = $1)";
    Ok(run(db, sql, [person.into(), browser.into()]).await? == 1)
}

/// Signs this person out everywhere. Says in how many browsers that was.
pub async fn end_all(db: &impl ConnectionTrait, person: PersonId) -> Result<u64, DbErr> {
    let sql = "DELETE FROM web_browser WHERE account_id IN (SELECT id FROM account WHERE person_id = $1)";
    run(db, sql, [person.into()]).await
}

/// Signs out in the browser of which this is kept.
pub(super) async fn sign_out(db: &impl ConnectionTrait, digest: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Digest.eq(digest)).exec(db).await.map(drop)
}

/// Something was asked for.
pub(super) async fn seen(db: &impl ConnectionTrait, browser: BrowserId, now: DateTime<Utc>) -> Result<(), DbErr> {
    note(db, browser, Column::SeenAt, now).await
}

/// The page of notices was looked at.
pub(super) async fn read(db: &impl ConnectionTrait, browser: BrowserId, now: DateTime<Utc>) -> Result<(), DbErr> {
    note(db, browser, Column::ReadAt, now).await
}

async fn note(db: &impl ConnectionTrait, id: BrowserId, when: Column, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(when, Expr::value(now)).filter(Column::Id.eq(id)).exec(db).await.map(drop)
}

/// Forgets at most `limit` browsers in which nothing was asked for since `time`. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql =
        format!("DELETE FROM web_browser WHERE id IN (SELECT id FROM web_browser WHERE seen_at < $1 LIMIT {limit})");
    run(db, &sql, [time.into()]).await
}

async fn run(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// Whether nobody could sign in any more as whoever is signed in here, once they are not: they have no chat, and no other
/// browser.
pub(super) async fn is_last_way_in(db: &impl ConnectionTrait, browser: &Browser) -> Result<bool, DbErr> {
    let sql = format!(
        "SELECT COUNT(*) FROM account a LEFT JOIN web_browser b ON b.account_id = a.id
         WHERE a.person_id = $1 AND (a.messenger <> '{WAITS_TO_BE_ASKED}' OR b.id <> $2)"
    );
    let values = [browser.person_id.into(), browser.id.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(row.map(|row| row.try_get_by_index::<i64>(0)).transpose()? == Some(0))
}
