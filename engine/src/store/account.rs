//! The messenger accounts that people are known by, and which of them is written to.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, QueryOrder, Set, Statement};

use super::{outbox, person};
use crate::id::PersonId;

/// One address of a person in one messenger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose it is.
    pub person_id: PersonId,
    /// The name of the messenger.
    pub messenger: String,
    /// The address there, as the messenger writes it.
    pub address: String,
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
        created_at: now,
        unreachable_since: None,
    })
}

/// Which account a person is written to: that which they have chosen, or else their oldest, of those that can be reached.
/// As SQL: this column of it, or null; `person` is an expression for their id, `among` a further condition on `own`, the
/// account.
pub(super) fn written_to(column: &str, person: &str, among: &str) -> String {
    format!(
        "(SELECT own.{column} FROM account own JOIN person owner ON owner.id = own.person_id
          WHERE own.person_id = {person} AND own.unreachable_since IS NULL {among}
          ORDER BY CASE WHEN own.id = owner.written_to THEN 0 ELSE 1 END, own.id LIMIT 1)"
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
pub async fn mark_unreachable(db: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    mark(db, "unreachable_since = $2 WHERE id = $1 AND unreachable_since IS NULL", [id.into(), now.into()]).await
}

/// Notes that this account can be written to again, and what has waited for that may go. Nothing is written when it
/// could before.
pub async fn mark_reachable(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    mark(db, "unreachable_since = NULL WHERE id = $1 AND unreachable_since IS NOT NULL", [id.into()]).await
}

async fn mark(db: &impl ConnectionTrait, change: &str, values: impl IntoIterator<Item = Value>) -> Result<(), DbErr> {
    let sql = format!("UPDATE account SET {change} RETURNING person_id");
    let changed = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    match changed {
        Some(row) => outbox::set_way(db, row.try_get_by_index(0)?).await,
        None => Ok(()),
    }
}
