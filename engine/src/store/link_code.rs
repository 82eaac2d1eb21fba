//! The codes by which people link one more account: typed there, each makes that account theirs.
//!
//! A code is kept as it is, not as a digest of it. The page that shows it is made of the database alone, also after a restart;
//! and a digest of what people can type is tried out within the minutes for which a code counts, so it would hide nothing.
//! It is gone as soon as it was used, replaced, or thrown away with what is over.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Set, Statement};

use crate::id::PersonId;

/// One code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "link_code")]
pub struct Model {
    /// Whoever has drawn it: each has one at a time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// What is typed.
    pub code: String,
    /// From then on it counts no more.
    pub expires_at: DateTime<Utc>,
}

/// It refers to no other table by this.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Gives a person this code, in the place of the one that they had. A unique violation means that it is somebody else's.
pub async fn put(
    db: &impl ConnectionTrait,
    person: PersonId,
    code: &str,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = ActiveModel { person_id: Set(person), code: Set(code.to_owned()), expires_at: Set(expires_at) };
    let instead = OnConflict::column(Column::PersonId).update_columns([Column::Code, Column::ExpiresAt]).to_owned();
    Entity::insert(row).on_conflict(instead).exec_without_returning(db).await?;
    Ok(())
}

/// The code of this person, if it still counts.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(person).filter(Column::ExpiresAt.gt(now)).one(db).await
}

/// One of these words that is a code which still counts.
pub async fn living_among(
    db: &impl ConnectionTrait,
    words: &[String],
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let words = words.iter().map(String::as_str);
    Entity::find().filter(Column::Code.is_in(words)).filter(Column::ExpiresAt.gt(now)).one(db).await
}

/// Uses this code up. False: somebody else has in the same moment, or its owner has drawn another one.
pub async fn take(db: &impl ConnectionTrait, code: &Model) -> Result<bool, DbErr> {
    let used = Entity::delete_many().filter(Column::PersonId.eq(code.person_id)).filter(Column::Code.eq(&code.code));
    Ok(used.exec(db).await?.rows_affected == 1)
}

/// Forgets at most `limit` codes that have counted until before `time`. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM link_code WHERE person_id IN (
             SELECT person_id FROM link_code WHERE expires_at < $1 LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
