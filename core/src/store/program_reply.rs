//! What was answered to what a program asked by a name of its own: asked once more by that name, it is answered the same, and
//! nothing is done twice.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Set, Statement};

use crate::domain::{MemberId, ProgramId};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "program_reply")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub program_id: ProgramId,
    /// What the program calls the request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// What is kept of what it asked for.
    pub digest: String,
    /// JSON.
    pub answer: String,
    pub answered_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What was answered to what this program asked by that name.
pub async fn find(db: &impl ConnectionTrait, program: ProgramId, name: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((program, name.to_owned())).one(db).await
}

/// Keeps an answer. A unique violation means that the same was asked in the same moment.
pub async fn insert(db: &impl ConnectionTrait, reply: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        program_id: Set(reply.program_id),
        name: Set(reply.name),
        digest: Set(reply.digest),
        answer: Set(reply.answer),
        answered_at: Set(reply.answered_at),
    };
    Entity::insert(row).exec_without_returning(db).await.map(drop)
}

/// What was answered to the programs of a member.
pub async fn of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    let sql = "SELECT r.* FROM program t JOIN program_reply r ON r.program_id = t.id
               WHERE t.member_id = $1 ORDER BY r.answered_at, r.name";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()]);
    Entity::find().from_raw_sql(statement).all(db).await
}

/// Forgets at most `limit` from before `time`. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM program_reply WHERE (program_id, name) IN (
             SELECT program_id, name FROM program_reply WHERE answered_at < $1 LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}
