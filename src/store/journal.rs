//! The journal: who did what and when. Rows are only ever added.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, QueryOrder, Statement};
use serde::Serialize;

use crate::domain::{CollectionId, CommitmentId, MemberId};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: DateTime<Utc>,
    /// None: the calendar did it.
    pub actor_id: Option<i64>,
    pub what: String,
    pub collection_id: Option<i64>,
    pub commitment_id: Option<i64>,
    /// The rest of it, as JSON.
    pub facts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is to be noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct New {
    pub actor: Option<MemberId>,
    pub what: String,
    pub collection: Option<CollectionId>,
    pub commitment: Option<CommitmentId>,
    /// JSON.
    pub facts: String,
}

/// Notes all of these at once; an empty list costs nothing. They go to the database as one JSON value: a statement that is
/// the same for one row as for a thousand is prepared once, and takes half the time of one with six thousand values.
pub async fn append(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<New> = rows.into_iter().collect();
    if rows.is_empty() {
        return Ok(());
    }
    let rows = serde_json::to_string(&rows).map_err(|error| DbErr::Json(error.to_string()))?;
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { ON_SQLITE } else { ON_POSTGRES };
    db.execute_raw(Statement::from_sql_and_values(backend, sql, [now.into(), rows.into()])).await?;
    Ok(())
}

const ON_SQLITE: &str = "
    INSERT INTO journal (at, actor_id, what, collection_id, commitment_id, facts)
    SELECT $1, value ->> 'actor', value ->> 'what', value ->> 'collection', value ->> 'commitment', value ->> 'facts'
    FROM json_each($2) ORDER BY key";

const ON_POSTGRES: &str = "
    INSERT INTO journal (at, actor_id, what, collection_id, commitment_id, facts)
    SELECT $1, actor, what, collection, commitment, facts
    FROM json_to_recordset(CAST($2 AS json))
        AS r (actor bigint, what text, collection bigint, commitment bigint, facts text)";

/// What happened to this commitment, oldest first.
pub async fn of_commitment(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::CommitmentId.eq(id)).order_by_asc(Column::Id).all(db).await
}
