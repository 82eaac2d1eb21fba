use super::{Aid, Refused};
use crate::domain::{Collection, CollectionId, MemberId, Refusal};
use crate::store;

/// A member's own open collection.
pub async fn my_collection(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<Collection, Refused> {
    let collection = store::collection::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    if collection.owner != who {
        return Err(Refusal::Unknown.into());
    }
    Ok(collection)
}

/// The same, taken: whoever else acts on it comes after this.
pub(super) async fn mine_locked(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<Collection, Refused> {
    let collection = store::collection::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    if collection.owner != who {
        return Err(Refusal::Unknown.into());
    }
    Ok(collection)
}
