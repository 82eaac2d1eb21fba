//! How collections end, and what that means for the commitments to them.

use super::{Refused, Work, calendar};
use crate::domain::{Collection, CollectionId, Ending, Event, State, collection};
use crate::store;

/// Ends a collection, with all that its end means for the commitments to it.
pub(super) async fn close(aid: &Work<'_>, collection: &Collection, ending: Ending) -> Result<(), Refused> {
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    let update = collection::end(collection, ending, &totals)?;
    store::collection::end(aid.tx, collection.id, ending, aid.now).await?;
    calendar::forget(aid, collection.id).await?;
    aid.happened(update.event);
    for was in [State::Intention, State::Obligation] {
        let Some(state) = collection::how_it_ends(ending, was) else { continue };
        let ended = store::commitment::end_for_collection(aid.tx, collection.id, was, state, aid.now).await?;
        for commitment in ended {
            aid.happened(Event::Cancelled { help: commitment.help(), was });
        }
    }
    Ok(())
}

/// Ends an emergency whose confirmed sum has reached what was asked for. Says whether it did.
pub(super) async fn end_if_covered(aid: &Work<'_>, collection: &Collection) -> Result<bool, Refused> {
    if !collection.kind.ends_when_covered() {
        return Ok(false);
    }
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    let is_covered = collection.is_covered(totals.fulfilled);
    if is_covered {
        close(aid, collection, Ending::Covered).await?;
    }
    Ok(is_covered)
}

/// Ends an emergency whose last day is over. Nothing is done when it has ended before, or its date was moved.
pub async fn end_if_over(aid: &Work<'_>, id: CollectionId) -> Result<(), Refused> {
    match store::collection::find_locked(aid.tx, id).await? {
        Some(emergency) if emergency.is_expired(aid.today()) => close(aid, &emergency, Ending::Expired).await,
        _ => Ok(()),
    }
}
