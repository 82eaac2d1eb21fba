//! The messenger accounts that people are known by, and which of them is written to.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QueryOrder, Set, Statement};

use super::many::one_of;
use super::{outbox, person};
use crate::id::{Id, PersonId};

/// The messenger in which what is told is seen when somebody comes to look: a browser.
pub const WAITS_TO_BE_ASKED: &str = "web";

/// An account's number.
pub type AccountId = Id<Model>;

/// One address of a person in one messenger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: AccountId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The name of the messenger.
    pub messenger: String,
    /// The address there, as the messenger writes it.
    pub address: String,
    /// How the messenger called them when they last wrote from there.
    pub called: Option<String>,
    /// When it was first heard of.
    pub created_at: DateTime<Utc>,
    /// Since when the messenger delivers nothing to it.
    pub unreachable_since: Option<DateTime<Utc>>,
}

/// What an account belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The person who has it.
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
}

impl Related<person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// Those of these accounts that there are, by their numbers. One query, none for an empty list.
pub async fn by_id(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<HashMap<AccountId, Model>, DbErr> {
    let ids: Vec<AccountId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(one_of(db, Column::Id, ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The account at this address and whose it is.
pub async fn find_by_account(
    db: &impl ConnectionTrait,
    messenger: &str,
    address: &str,
) -> Result<Option<(Model, person::Model)>, DbErr> {
    let row = Entity::find()
        .find_also_related(person::Entity)
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Address.eq(address))
        .one(db)
        .await?;
    Ok(row.and_then(|(account, person)| person.map(|person| (account, person))))
}

/// Gives a person an account; what waited for one goes there. A unique violation means that the address is somebody's
/// already.
pub async fn insert(
    db: &impl ConnectionTrait,
    person: PersonId,
    messenger: &str,
    address: &str,
    now: DateTime<Utc>,
) -> Result<Model, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        person_id: Set(person),
        messenger: Set(messenger.to_owned()),
        address: Set(address.to_owned()),
        called: Set(None),
        created_at: Set(now),
        unreachable_since: Set(None),
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    outbox::set_way(db, person).await?;
    Ok(Model {
        id,
        person_id: person,
        messenger: messenger.to_owned(),
        address: address.to_owned(),
        called: None,
        created_at: now,
        unreachable_since: None,
    })
}

/// This account has another address from now on, and so have its chats: what was known by the one before is nobody's.
pub async fn readdress(db: &impl ConnectionTrait, account: &Model, address: &str) -> Result<(), DbErr> {
    let sql = "UPDATE session SET address = $3 WHERE messenger = $1 AND address = $2";
    let values = [account.messenger.clone().into(), account.address.clone().into(), address.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let row = Entity::update_many().col_expr(Column::Address, Expr::value(address)).filter(Column::Id.eq(account.id));
    row.exec(db).await.map(drop)
}

/// Notes how the messenger calls them by now.
pub async fn call(db: &impl ConnectionTrait, account: AccountId, called: &str) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Called, Expr::value(called)).filter(Column::Id.eq(account));
    row.exec(db).await.map(drop)
}

/// Which account a person is written to: that which they have chosen, or else their oldest, of those that can be reached;
/// where nothing is seen until somebody looks, only if there is no other.
/// As SQL: this column of it, or null; `person` is an expression for their id, `among` a further condition on `own`, the
/// account.
pub(super) fn written_to(column: &str, person: &str, among: &str) -> String {
    format!(
        "(SELECT own.{column} FROM account own JOIN person owner ON owner.id = own.person_id
          WHERE own.person_id = {person} AND own.unreachable_since IS NULL {among}
          ORDER BY CASE WHEN own.id = owner.written_to THEN 0 WHEN own.messenger = '{WAITS_TO_BE_ASKED}' THEN 2 ELSE 1 END,
                   own.id LIMIT 1)"
    )
}

/// The account that a person is written to.
pub async fn reachable_account(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Model>, DbErr> {
    let sql = format!("SELECT * FROM account WHERE id = {}", written_to("id", "$1", ""));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [person.into()]);
    Entity::find().from_raw_sql(statement).one(db).await
}

/// All accounts of a person, the oldest first.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::PersonId.eq(person)).order_by_asc(Column::Id).all(db).await
}

/// Notes that the messenger delivers nothing to this account; the first time counts. What waits for its owner goes to
/// their next account, or waits until they are back.
pub async fn mark_unreachable(db: &impl ConnectionTrait, id: AccountId, now: DateTime<Utc>) -> Result<(), DbErr> {
    mark(db, "unreachable_since = $2 WHERE id = $1 AND unreachable_since IS NULL", [id.into(), now.into()]).await
}

/// Notes that this account can be written to again, and what has waited for that may go. Nothing is written when it
/// could before.
pub async fn mark_reachable(db: &impl ConnectionTrait, id: AccountId) -> Result<(), DbErr> {
    mark(db, "unreachable_since = NULL WHERE id = $1 AND unreachable_since IS NOT NULL", [id.into()]).await
}

/// Makes the accounts of one person those of another, whom this chat is going to be spoken with as. Where their other chats
/// stood is forgotten: it was as somebody else. What waits for the other person goes where they are written to.
pub async fn give_all(
    db: &impl ConnectionTrait,
    (from, to): (PersonId, PersonId),
    (messenger, address): (&str, &str),
) -> Result<(), DbErr> {
    forget_chats(
        db,
        "a.person_id = $1 AND NOT (a.messenger = $2 AND a.address = $3)",
        [from.into(), messenger.into(), address.into()],
    )
    .await?;
    let all = Entity::update_many().col_expr(Column::PersonId, Expr::value(to)).filter(Column::PersonId.eq(from));
    all.exec(db).await?;
    outbox::set_way(db, to).await
}

/// Takes an account away from its person, and forgets where its chat stood: whoever writes from there is nobody known. What
/// waits for the person goes to another one of theirs.
pub async fn remove(db: &impl ConnectionTrait, account: &Model) -> Result<(), DbErr> {
    forget_chats(db, "a.id = $1", [account.id.into()]).await?;
    person::forget_written_to(db, account.id).await?;
    Entity::delete_by_id(account.id).exec(db).await?;
    outbox::set_way(db, account.person_id).await
}

/// Forgets where the chats of these accounts stand.
async fn forget_chats(
    db: &impl ConnectionTrait,
    which: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<(), DbErr> {
    let sql = format!(
        "DELETE FROM session WHERE id IN (
             SELECT s.id FROM account a JOIN session s ON s.messenger = a.messenger AND s.address = a.address
             WHERE {which})"
    );
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

async fn mark(db: &impl ConnectionTrait, change: &str, values: impl IntoIterator<Item = Value>) -> Result<(), DbErr> {
    let sql = format!("UPDATE account SET {change} RETURNING person_id");
    let changed = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    match changed {
        Some(row) => outbox::set_way(db, row.try_get_by_index(0)?).await,
        None => Ok(()),
    }
}
