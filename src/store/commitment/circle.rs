//! Who supports a collection now.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::{Column, Entity};
use crate::domain::{Collection, CollectionKind, MemberId, State};

/// The circle of a collection: who supports it now. Whoever withdrew, was forgiven or went overdue is not in it; a
/// late fulfilment counts until the end of the month it was confirmed in, and so does one in time to a monthly
/// collection. `month_began` is when the current month did.
pub async fn circle(
    db: &impl ConnectionTrait,
    collection: &Collection,
    month_began: DateTime<Utc>,
) -> Result<Vec<MemberId>, DbErr> {
    let live = Column::State.is_in([State::Intention, State::Obligation, State::Claimed].map(State::as_str));
    let mut fulfilled =
        Condition::all().add(Column::State.is_in([State::Fulfilled, State::FulfilledLate].map(State::as_str)));
    if collection.kind == CollectionKind::Monthly {
        fulfilled = fulfilled.add(Column::SettledAt.gte(month_began));
    } else {
        fulfilled = fulfilled.add(
            Condition::any().add(Column::State.eq(State::Fulfilled.as_str())).add(Column::SettledAt.gte(month_began)),
        );
    }
    Entity::find()
        .select_only()
        .column(Column::SupporterId)
        .distinct()
        .filter(Column::CollectionId.eq(collection.id))
        .filter(Condition::any().add(live).add(fulfilled))
        .order_by_asc(Column::SupporterId)
        .into_tuple()
        .all(db)
        .await
}
