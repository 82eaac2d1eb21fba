//! The links by which people sign in in a browser, each for once and for a few minutes.
//!
//! A link's word is kept as it is, as a code for linking is: the page that shows it is made of the database alone, also after a
//! restart. It is gone as soon as it was used, replaced, or thrown away with what is over.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Set, Statement};

use crate::id::PersonId;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "web_link")]
pub struct Model {
    /// Whom it signs in: each has one at a time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// What stands in the link.
    pub word: String,
    /// From then on it counts no more.
    pub expires_at: DateTime<Utc>,
    /// It was given by somebody else than whom it signs in.
    pub given: bool,
}

/// Whom a link signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Who that is.
    pub who: PersonId,
    /// Somebody else has given it.
    pub given: bool,
}

/// It refers to no other table by this.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Gives a person a link with this word, in the place of the one that they had; `given`: by somebody else.
pub async fn put(
    db: &impl ConnectionTrait,
    person: PersonId,
    word: &str,
    expires_at: DateTime<Utc>,
    given: bool,
) -> Result<(), DbErr> {
    let word = Set(word.to_owned());
    let row = ActiveModel { person_id: Set(person), word, expires_at: Set(expires_at), given: Set(given) };
    let columns = [Column::Word, Column::ExpiresAt, Column::Given];
    let instead = OnConflict::column(Column::PersonId).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(instead).exec_without_returning(db).await?;
    Ok(())
}

/// The link that signs this person in, whoever has drawn it, if it still counts.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(person).filter(Column::ExpiresAt.gt(now)).one(db).await
}

/// Uses the link with this word up, and says whom it signs in. None: no such link counts.
pub async fn take(db: &impl ConnectionTrait, word: &str, now: DateTime<Utc>) -> Result<Option<Taken>, DbErr> {
    let sql = "DELETE FROM web_link WHERE word = $1 AND expires_at > $2 RETURNING person_id, given";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [word.into(), now.into()]);
    let row = db.query_one_raw(statement).await?;
    row.map(|row| Ok(Taken { who: row.try_get_by_index(0)?, given: row.try_get_by_index(1)? })).transpose()
}

/// Forgets at most `limit` links that have counted until before `time`. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM web_link WHERE person_id IN (
             SELECT person_id FROM web_link WHERE expires_at < $1 LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
