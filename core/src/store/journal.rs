//! The journal: who did what and when. Rows are only ever added.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Set};

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
