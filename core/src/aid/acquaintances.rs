use super::{Aid, Refused, Work};
use crate::domain::{Event, MemberId, Refusal};
use crate::store;

/// Whether this member can take another out of their circle: they know each other.
pub async fn may_part(aid: &Aid<'_>, who: MemberId, other: MemberId) -> Result<bool, Refused> {
    Ok(store::acquaintance::stands(aid.tx, who, other).await?)
}

/// Takes another out of this member's circle, and this member out of theirs. Nobody is told; what is not settled between
/// them stays theirs to see, and joins them until it is.
pub async fn part(aid: &Work<'_>, who: MemberId, other: MemberId) -> Result<(), Refused> {
    if !store::acquaintance::remove(aid.tx, who, other, aid.now).await? {
        return Err(Refusal::Unknown.into());
    }
    aid.happened(Event::Parted { member: who, other });
    Ok(())
}
