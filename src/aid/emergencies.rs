use sea_orm::DbErr;

use super::{Aid, Refused, helping, statuses};
use crate::domain::{
    Collection, CollectionId, CollectionKind, Commitment, CommitmentId, Deed, Ending, MemberId, Refusal, State,
};
use crate::store::{self, Slice};

/// Ends an emergency whose confirmed sum has reached what was asked for.
pub(super) async fn end_if_covered(aid: &Aid<'_>, collection: &Collection) -> Result<(), Refused> {
    if collection.kind != CollectionKind::Emergency {
        return Ok(());
    }
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    if collection.is_covered(totals.fulfilled) {
        statuses::close(aid, collection, Ending::Covered).await?;
    }
    Ok(())
}

/// The open emergency that an intention on hold can be moved to: that of its receiver.
pub async fn may_move(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Option<Collection>, DbErr> {
    let commitment = store::commitment::find(aid.tx, id).await?;
    let Some(intention) = commitment.filter(|c| c.supporter == who && c.state == State::Intention) else {
        return Ok(None);
    };
    let open = store::collection::open_of(aid.tx, intention.receiver).await?;
    Ok(open.into_iter().find(|collection| collection.kind == CollectionKind::Emergency))
}

/// Turns an intention that is on hold into an obligation of the emergency, of the same sum.
pub async fn move_to_emergency(aid: &Aid<'_>, who: MemberId, id: CommitmentId) -> Result<Commitment, Refused> {
    let Some(emergency) = may_move(aid, who, id).await? else {
        return Err(match store::commitment::find(aid.tx, id).await? {
            Some(c) if c.supporter == who && c.state == State::Intention => Refusal::Ended.into(),
            Some(c) if c.supporter == who => Refusal::NotNow { state: c.state }.into(),
            _ => Refusal::Unknown.into(),
        });
    };
    // Asked before anything is withdrawn: a refusal must have changed nothing.
    if store::commitment::live_of(aid.tx, emergency.id, who).await?.is_some() {
        return Err(Refusal::AlreadyHelping.into());
    }
    let intention = helping::perform(aid, who, id, Deed::Withdraw).await?;
    helping::declare(aid, who, emergency.id, intention.sum).await
}

/// Releases everybody who still owes help to a member's collection that has ended.
pub async fn release(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<u32, Refused> {
    let collection = statuses::my_collection(aid, who, id).await?;
    if collection.is_open() {
        return Err(Refusal::Unknown.into());
    }
    let owed = [State::Obligation, State::Overdue];
    let all = Slice { skip: 0, take: u64::from(u16::MAX) };
    let mut released = 0;
    for listed in store::commitment::of_collection(aid.tx, id, &owed, all).await? {
        helping::perform(aid, who, listed.commitment.id, Deed::Forgive).await?;
        released += 1;
    }
    Ok(released)
}
