use super::super::calendar;
use super::super::{Refused, Work, reaching};
use crate::domain::initiative::{Stage, stage, voted};
use crate::domain::{Collection, CollectionId, Ending, Event, MemberId, Refusal, State, collection};
use crate::store;

/// A moment has passed since an initiative had all the votes that it needs: if it has them still, its voters are asked to
/// promise. To whoever is suspended nobody can promise, so that waits until they are restored.
pub async fn reach(aid: &Work<'_>, id: CollectionId) -> Result<(), Refused> {
    let Some(initiative) = store::collection::find_locked(aid.tx, id).await? else { return Ok(()) };
    if !reaching::is_reached(aid, &initiative).await? {
        return Ok(());
    }
    if store::member::is_suspended(aid.tx, initiative.owner).await? {
        return Ok(());
    }
    reaching::reached(aid, &initiative).await
}

/// The last day of an initiative is over: it was not wanted, unless it has just got all the votes that it needs. Nothing is done
/// when its date was moved.
pub async fn end_votes(aid: &Work<'_>, id: CollectionId) -> Result<(), Refused> {
    let Some(initiative) = store::collection::find_locked(aid.tx, id).await? else { return Ok(()) };
    if !initiative.is_expired(aid.today()) || initiative.reached_at.is_some() {
        return Ok(());
    }
    let is_suspended = store::member::is_suspended(aid.tx, initiative.owner).await?;
    match !is_suspended && reaching::is_reached(aid, &initiative).await? {
        true => reaching::reached(aid, &initiative).await,
        false => close(aid, &initiative, Ending::Expired).await,
    }
}

/// The days to promise are over: what was promised stands, what was not is cancelled.
pub async fn end_promises(aid: &Work<'_>, id: CollectionId) -> Result<(), Refused> {
    let Some(initiative) = store::collection::find_locked(aid.tx, id).await? else { return Ok(()) };
    match stage(&initiative, &aid.rules.zone) {
        Stage::Promising(by) if aid.today() > by => close(aid, &initiative, Ending::Reached).await,
        _ => Ok(()),
    }
}

/// The initiatives of whoever leaves end, and what they were called and for is erased. Gives what they were called.
pub(in crate::aid) async fn leave(aid: &Work<'_>, who: MemberId) -> Result<Vec<String>, Refused> {
    for open in store::collection::open_initiatives_of(aid.tx, who).await? {
        // A few at the most. Whoever votes in the same moment comes before this, or finds it ended.
        let open = store::collection::find_locked(aid.tx, open.id).await?.ok_or(Refusal::Unknown)?;
        close(aid, &open, Ending::Left).await?;
    }
    Ok(store::initiative::erase_of(aid.tx, who).await?)
}

/// Ends an initiative, with all that its end means for the votes. What becomes of them when its initiator leaves is for leaving
/// to say.
pub(super) async fn close(aid: &Work<'_>, initiative: &Collection, ending: Ending) -> Result<(), Refused> {
    let totals = store::commitment::totals(aid.tx, initiative, aid.month()).await?;
    if !initiative.is_open() || !store::collection::end(aid.tx, initiative.id, ending, aid.now).await? {
        return Err(Refusal::Ended.into());
    }
    calendar::forget_initiative(aid, initiative.id).await?;
    aid.happened(Event::InitiativeEnded {
        collection: initiative.id,
        owner: initiative.owner,
        ending,
        target: initiative.target,
        voted: voted(&totals),
        promised: totals.bound(),
    });
    if let Some(state) = collection::how_it_ends(ending, State::Intention) {
        let was = State::Intention;
        for vote in store::commitment::end_for_collection(aid.tx, initiative.id, was, state, aid.now).await? {
            aid.happened(Event::VoteCancelled { help: vote.help(), ending });
        }
    }
    Ok(())
}
