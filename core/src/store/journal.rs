//! The journal: who did what and when. Rows are only ever added.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set, Statement};

use super::many;
use crate::domain::{CollectionId, CommitmentId, MemberId};
use exodus_engine::id::Id;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "journal")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: Id<Model>,
    pub at: DateTime<Utc>,
    /// None: the calendar did it.
    pub actor_id: Option<MemberId>,
    pub what: String,
    pub collection_id: Option<CollectionId>,
    pub commitment_id: Option<CommitmentId>,
    /// The rest of it, as JSON.
    pub facts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is to be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub actor: Option<MemberId>,
    pub what: String,
    pub collection: Option<CollectionId>,
    pub commitment: Option<CommitmentId>,
    /// JSON.
    pub facts: String,
}

/// Notes all of these at once.
pub async fn append(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows = rows.into_iter().map(|row| ActiveModel {
        at: Set(now),
        actor_id: Set(row.actor),
        what: Set(row.what),
        collection_id: Set(row.collection),
        commitment_id: Set(row.commitment),
        facts: Set(row.facts),
        ..Default::default()
    });
    many::insert(db, rows.collect()).await
}

/// What happened to this commitment, oldest first.
pub async fn of_commitment(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::CommitmentId.eq(id)).order_by_asc(Column::Id).all(db).await
}

/// When this last happened to a commitment by this member's doing.
pub async fn last_by(
    db: &impl ConnectionTrait,
    id: CommitmentId,
    who: MemberId,
    what: &str,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let last = Entity::find().select_only().column(Column::At).filter(Column::CommitmentId.eq(id));
    let last = last.filter(Column::ActorId.eq(who)).filter(Column::What.eq(what)).order_by_desc(Column::Id);
    last.into_tuple().one(db).await
}

/// What happened to a member's commitments, and what else they did, oldest first.
pub async fn of_member(
    db: &impl ConnectionTrait,
    who: MemberId,
    commitments: impl IntoIterator<Item = CommitmentId>,
) -> Result<Vec<Model>, DbErr> {
    let others = Condition::all().add(Column::ActorId.eq(who)).add(Column::CommitmentId.is_null());
    let commitments: Vec<CommitmentId> = commitments.into_iter().collect();
    let meant = match commitments.is_empty() {
        true => others,
        false => Condition::any().add(others).add(many::one_of(db, Column::CommitmentId, commitments)),
    };
    Entity::find().filter(meant).order_by_asc(Column::Id).all(db).await
}

/// What happened behind this place to a member's commitments, and what else they did, oldest first; with `until`, nothing that
/// is not older than that, nor what stands behind it.
pub async fn concerning(
    db: &impl ConnectionTrait,
    who: MemberId,
    after: i64,
    until: Option<DateTime<Utc>>,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut values: Vec<Value> = vec![who.into(), after.into()];
    let mut settled = String::new();
    if let Some(until) = until {
        values.push(until.into());
        settled.push_str(
            "AND NOT EXISTS (SELECT 1 FROM journal late WHERE late.id > $2 AND late.id <= j.id AND late.at >= $3)",
        );
    }
    // By an index each, and no more of either than are asked for.
    let sql = format!(
        "SELECT * FROM (
             SELECT * FROM (
                 SELECT j.* FROM journal j WHERE j.actor_id = $1 AND j.commitment_id IS NULL AND j.id > $2 {settled}
                 ORDER BY j.id LIMIT {most}) own
             UNION ALL
             SELECT * FROM (
                 SELECT j.* FROM commitment c JOIN journal j ON j.commitment_id = c.id
                 WHERE (c.supporter_id = $1 OR c.receiver_id = $1) AND j.id > $2 {settled}
                 ORDER BY j.id LIMIT {most}) theirs) happened
         ORDER BY id LIMIT {most}"
    );
    Entity::find().from_raw_sql(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// The place of what was written down last.
pub async fn last(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let sql = "SELECT COALESCE(MAX(id), 0) FROM journal";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// So much of what has happened is looked at at once.
const LOOKED_AT: u64 = 1_000;

/// Whom what happened behind this place concerns, and the place of the last of it; with `until`, of what is older than that, up
/// to the first that is not.
pub async fn concerned(
    db: &impl ConnectionTrait,
    after: i64,
    until: Option<DateTime<Utc>>,
) -> Result<(i64, Vec<MemberId>), DbErr> {
    let sql = format!(
        "SELECT j.id, j.at, j.actor_id, c.supporter_id, c.receiver_id
         FROM journal j LEFT JOIN commitment c ON c.id = j.commitment_id
         WHERE j.id > $1 ORDER BY j.id LIMIT {LOOKED_AT}"
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [after.into()])).await?;
    let (mut last, mut concerned) = (after, Vec::new());
    for row in rows {
        let at: DateTime<Utc> = row.try_get_by_index(1)?;
        if until.is_some_and(|until| at >= until) {
            break;
        }
        last = row.try_get_by_index(0)?;
        for column in 2..5 {
            concerned.extend(row.try_get_by_index::<Option<MemberId>>(column)?);
        }
    }
    Ok((last, concerned))
}
