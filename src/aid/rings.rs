use super::{Aid, Refused, statuses};
use crate::domain::ring;
use crate::domain::{Collection, CollectionId, MemberId, Money, Refusal, Ring, Update};
use crate::store;

/// The ring that a member can have told next of a collection of theirs; none when nothing is missing, or all know.
pub async fn next_ring(aid: &Aid<'_>, who: MemberId, collection: &Collection) -> Result<Option<Ring>, Refused> {
    let Some(next) = collection.ring.next() else { return Ok(None) };
    let told = ring::tell(collection, who, next, missing(aid, collection).await?);
    Ok(told.ok().map(|update| update.collection.ring))
}

/// Has this ring told of a member's own collection, if it is the next one: the calendar may have been faster.
pub async fn tell_ring(aid: &Aid<'_>, who: MemberId, id: CollectionId, ring: Ring) -> Result<(), Refused> {
    statuses::my_collection(aid, who, id).await?;
    let collection = store::collection::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let update = ring::tell(&collection, who, ring, missing(aid, &collection).await?)?;
    reach(aid, update).await
}

/// Has a ring told of an emergency because so much of its time has passed. Nothing is done when it knows already, when
/// nothing is missing, or when the emergency is over.
pub async fn widen(aid: &Aid<'_>, id: CollectionId, ring: Ring) -> Result<(), Refused> {
    let Some(collection) = store::collection::find_locked(aid.tx, id).await? else { return Ok(()) };
    if collection.is_expired(aid.today()) {
        return Ok(());
    }
    match ring::widen(&collection, ring, missing(aid, &collection).await?) {
        Ok(update) => reach(aid, update).await,
        Err(_) => Ok(()),
    }
}

async fn reach(aid: &Aid<'_>, update: Update) -> Result<(), Refused> {
    store::collection::set_ring(aid.tx, update.collection.id, update.collection.ring).await?;
    aid.happened.push(update.event);
    Ok(())
}

async fn missing(aid: &Aid<'_>, collection: &Collection) -> Result<Money, Refused> {
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    Ok(totals.missing(collection.target))
}
