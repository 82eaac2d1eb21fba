//! Commitments as members see them in lists: with the name of the other side.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, JoinType, QueryOrder, QuerySelect, Select};

use super::{Column, Entity, Model, Relation};
use crate::domain::{CollectionId, CollectionKind, Commitment, MemberId, State};
use crate::store::{Slice, collection, member, unreadable};

/// A commitment in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub commitment: Commitment,
    /// The name of the other side: the receiver in a supporter's list, else the supporter.
    pub name: String,
    /// The collection's kind.
    pub kind: CollectionKind,
    /// When it came to rest, if it did.
    pub settled_at: Option<DateTimeUtc>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    commitment: Model,
    other_name: String,
    collection_kind: String,
}

/// What this member helps others with, in any of these states, the newest first.
pub async fn by_supporter(
    db: &impl ConnectionTrait,
    supporter: MemberId,
    states: &[State],
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    listed(db, in_states(states).filter(Column::SupporterId.eq(supporter)), Relation::Receiver, slice).await
}

/// What others help this member with, in any of these states, the newest first.
pub async fn by_receiver(
    db: &impl ConnectionTrait,
    receiver: MemberId,
    states: &[State],
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    listed(db, in_states(states).filter(Column::ReceiverId.eq(receiver)), Relation::Supporter, slice).await
}

/// The commitments to one collection, in any of these states, the newest first.
pub async fn of_collection(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    states: &[State],
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    listed(db, in_states(states).filter(Column::CollectionId.eq(collection)), Relation::Supporter, slice).await
}

fn in_states(states: &[State]) -> Select<Entity> {
    Entity::find().filter(Column::State.is_in(states.iter().map(|state| state.as_str())))
}

/// These commitments, the newest first, with the names of this side.
pub(super) async fn listed(
    db: &impl ConnectionTrait,
    these: Select<Entity>,
    other_side: Relation,
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    let rows = these
        .join(JoinType::InnerJoin, other_side.def())
        .join(JoinType::InnerJoin, Relation::Collection.def())
        .column_as(member::Column::Name, "other_name")
        .column_as(collection::Column::Kind, "collection_kind")
        .order_by_desc(Column::Id)
        .offset(slice.skip)
        .limit(slice.take)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.into_iter().map(Row::into_listed).collect()
}

impl Row {
    fn into_listed(self) -> Result<Listed, DbErr> {
        Ok(Listed {
            settled_at: self.commitment.settled_at,
            commitment: self.commitment.into_domain()?,
            name: self.other_name,
            kind: CollectionKind::parse(&self.collection_kind)
                .ok_or_else(|| unreadable("collection.kind", &self.collection_kind))?,
        })
    }
}
