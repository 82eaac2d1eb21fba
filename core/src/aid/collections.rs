use sea_orm::DbErr;

use super::{Aid, Refused};
use crate::domain::{Collection, CollectionId, MemberId, Refusal, Status};
use crate::store;

/// What a member says of their situation, and the open collections that say it.
pub async fn standing_of(aid: &Aid<'_>, member: MemberId) -> Result<(Status, Vec<Collection>), DbErr> {
    let open = store::collection::open_of(aid.tx, member).await?;
    Ok((Status::of(open.iter().map(|collection| collection.kind)), open))
}

/// A collection of a member's own. An initiative is looked for elsewhere as long as it is open.
pub async fn my_collection(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<Collection, Refused> {
    let collection = store::collection::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    if collection.owner != who || (collection.kind.asks_for_votes() && collection.is_open()) {
        return Err(Refusal::Unknown.into());
    }
    Ok(collection)
}

/// The same, taken: whoever else acts on it comes after this.
pub(super) async fn mine_locked(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<Collection, Refused> {
    let collection = store::collection::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    if collection.owner != who || (collection.kind.asks_for_votes() && collection.is_open()) {
        return Err(Refusal::Unknown.into());
    }
    Ok(collection)
}
