use sea_orm::DbErr;

use super::{Aid, Refused, Work, collections, deeds, helping};
use crate::domain::{
    Collection, CollectionId, Commitment, CommitmentId, Deed, Event, MemberId, Money, Refusal, State, Status,
};
use crate::store;

/// What the emergency lacks for which an intention that is on hold can be promised: none for somebody who helps there
/// already.
pub async fn missing_to_move(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Option<Money>, DbErr> {
    let Some(emergency) = emergency_beside(aid, who, id).await? else { return Ok(None) };
    if store::commitment::live_of(aid.tx, emergency.id, who).await?.is_some() {
        return Ok(None);
    }
    let totals = store::commitment::totals(aid.tx, &emergency, aid.month()).await?;
    Ok(Some(totals.missing(emergency.target)))
}

/// What a member gives already to the emergency that puts this intention of theirs on hold, if anything.
pub async fn helped_in_emergency(
    aid: &Aid<'_>,
    who: MemberId,
    id: CommitmentId,
) -> Result<Option<Commitment>, Refused> {
    let Some(emergency) = emergency_beside(aid, who, id).await? else { return Ok(None) };
    Ok(store::commitment::live_of(aid.tx, emergency.id, who).await?)
}

/// The open emergency of the receiver of this member's intention.
async fn emergency_beside(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Option<Collection>, DbErr> {
    let commitment = store::commitment::find(aid.tx, id).await?;
    let Some(intention) = commitment.filter(|c| c.supporter == who && c.state == State::Intention) else {
        return Ok(None);
    };
    if store::member::is_suspended(aid.tx, intention.receiver).await? {
        return Ok(None);
    }
    let open = store::collection::open_of(aid.tx, intention.receiver).await?;
    // A vote for an initiative has nothing to do with it.
    let paused = open.iter().any(|open| open.id == intention.collection);
    let emergency = open.into_iter().find(|collection| collection.kind.means_status() == Some(Status::Red));
    Ok(emergency.filter(|_| paused))
}

/// Refuses to promise an intention for the emergency whose supporter was not asked about that: it is more than the
/// emergency lacks, or another sum than the one that they read; or they help there already.
pub async fn is_moved_as_asked(aid: &Aid<'_>, who: MemberId, id: CommitmentId, read: Money) -> Result<(), Refused> {
    let intention = helping::mine(aid, who, id).await?;
    let Some(emergency) = emergency_beside(aid, who, id).await? else { return Ok(()) };
    if store::commitment::live_of(aid.tx, emergency.id, who).await?.is_some() {
        return Err(Refusal::AlreadyHelping.into());
    }
    if intention.sum != read {
        return Err(Refusal::OtherSum.into());
    }
    helping::not_more_than_missing(aid, emergency.id, intention.sum).await
}

/// Turns an intention that is on hold into an obligation of the emergency, of the same sum.
pub async fn move_to_emergency(aid: &Work<'_>, who: MemberId, id: CommitmentId) -> Result<Commitment, Refused> {
    let intention = helping::mine(aid, who, id).await?;
    let Some(emergency) = emergency_beside(aid, who, id).await? else {
        return Err(match intention.state {
            State::Intention => Refusal::Ended.into(),
            state => Refusal::NotNow { state }.into(),
        });
    };
    // The obligation first: if it is refused, nothing has changed; a withdrawal never is.
    let obligation = helping::declare(aid, who, emergency.id, intention.sum).await?;
    deeds::perform(aid, who, id, Deed::Withdraw).await?;
    Ok(obligation)
}

/// How many still owe help to a member's collection, and how much in all.
pub async fn owed(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<(u64, Money), Refused> {
    let collection = collections::my_collection(aid, who, id).await?;
    Ok(store::commitment::owed(aid.tx, collection.id).await?)
}

/// Forgives everybody who still owes help to a member's collection that has ended.
pub async fn release(aid: &Work<'_>, who: MemberId, id: CollectionId) -> Result<u32, Refused> {
    let collection = collections::my_collection(aid, who, id).await?;
    if collection.is_open() {
        return Err(Refusal::Unknown.into());
    }
    let mut released = 0;
    for owed in [State::Obligation, State::Overdue] {
        let forgiven = store::commitment::end_for_collection(aid.tx, id, owed, State::Forgiven, aid.now).await?;
        released += u32::try_from(forgiven.len()).unwrap_or(u32::MAX);
        for commitment in forgiven {
            aid.happened(Event::Forgiven { help: commitment.help() });
        }
    }
    Ok(released)
}
