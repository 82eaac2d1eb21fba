//! Which updates were taken in, so that a second delivery does nothing.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{QueryTrait, Set, Statement};

/// One update of one messenger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seen_update")]
pub struct Model {
    /// The name of the messenger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub messenger: String,
    /// The messenger's own id of the update.
    #[sea_orm(primary_key, auto_increment = false)]
    pub update_key: String,
    /// When it was taken in.
    pub seen_at: DateTime<Utc>,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Notes that this update is being taken in. False: it was before. When another process has it in an open
/// transaction, this waits for its outcome.
pub async fn note(db: &impl ConnectionTrait, messenger: &str, key: &str, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let row = ActiveModel { messenger: Set(messenger.to_owned()), update_key: Set(key.to_owned()), seen_at: Set(now) };
    let mut insert = Entity::insert(row).into_query();
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    Ok(db.execute(&insert).await?.rows_affected() == 1)
}

/// Forgets all updates of a messenger: it numbers them anew.
pub async fn forget_all(db: &impl ConnectionTrait, messenger: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Messenger.eq(messenger)).exec(db).await.map(drop)
}

/// Forgets at most `limit` updates that are too old to be delivered again. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM seen_update WHERE (messenger, update_key) IN (
             SELECT messenger, update_key FROM seen_update WHERE seen_at < $1 ORDER BY seen_at LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
