//! Messengers that asked to be left alone, for all processes that work on the database.

use chrono::{DateTime, Utc};
use sea_orm::Statement;
use sea_orm::entity::prelude::*;

use super::lease::CLOCKS_APART;

/// One messenger.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pause")]
pub struct Model {
    /// The name of the messenger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub messenger: String,
    /// Nothing is sent until then.
    pub until: DateTime<Utc>,
    /// When that was said.
    pub set_at: Option<DateTime<Utc>>,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Leaves a messenger alone until then, or for longer, where that was said before.
pub async fn set(
    db: &impl ConnectionTrait,
    messenger: &str,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let sql = "INSERT INTO pause (messenger, until, set_at) VALUES ($1, $2, $3)
               ON CONFLICT (messenger) DO UPDATE SET set_at = excluded.set_at, until = CASE
                   WHEN pause.until > excluded.until AND pause.set_at <= $4 THEN pause.until ELSE excluded.until END";
    let values: [Value; 4] = [messenger.into(), until.into(), now.into(), (now + CLOCKS_APART).into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
