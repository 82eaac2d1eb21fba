//! What a member allows: for all their promises, and for a single one.

use chrono::{DateTime, Utc};

use super::super::{Aid, Helping, Refused, Work, helping};
use super::seen::first_for;
use crate::domain::{Commitment, CommitmentId, Event, MemberId, Refusal, Role, State};
use crate::store;

/// From now on the member's promises, and those to them, may be set off, where the other side allows it as well.
///
/// # Errors
/// [`Refusal::Unchanged`]: they allow it already.
pub async fn allow(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    if !store::clearing_consent::allow(aid.tx, who, aid.now).await? {
        return Err(Refusal::Unchanged.into());
    }
    aid.happened(Event::ClearingAllowed { member: who });
    Ok(())
}

/// From now on nothing of theirs is set off any more. What was set off stays so.
///
/// # Errors
/// [`Refusal::Unchanged`]: they don't allow it anyway.
pub async fn refuse(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    if !store::clearing_consent::refuse(aid.tx, who).await? {
        return Err(Refusal::Unchanged.into());
    }
    aid.happened(Event::ClearingRefused { member: who });
    Ok(())
}

/// Who wants a promise to be kept directly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directly {
    /// Whoever is asking.
    pub me: bool,
    /// The other side.
    pub other: bool,
    /// When it may be set off first, where neither does; not as long as a side has an emergency or is suspended.
    pub first: Option<DateTime<Utc>>,
}

/// What a member reads of clearing beside a promise; nothing where they don't allow it, or where it could not take part anyway.
/// What the other side allows for all of theirs is theirs to know.
pub async fn directly(aid: &Aid<'_>, who: MemberId, helping: &Helping) -> Result<Option<Directly>, Refused> {
    let one = &helping.commitment;
    if !helping.collection.kind.is_of_a_month() || !is_owed(one.state) {
        return Ok(None);
    }
    if store::clearing_consent::of(aid.tx, who).await?.is_none() {
        return Ok(None);
    }
    let wanted = store::paid_directly::wanted_by(aid.tx, one.id).await?;
    // Of help of a month that is so while either side has an emergency.
    let is_held = helping.standing.on_hold || helping.other_suspended;
    let first = if is_held || !wanted.is_empty() { None } else { Some(first_for(aid, one.id).await?) };
    Ok(Some(Directly { me: wanted.contains(&who), other: wanted.iter().any(|side| *side != who), first }))
}

/// A side of a promise wants it to be kept directly: it is left out of clearing, whatever both allow.
///
/// # Errors
/// See [`Refused`]: it is not theirs, not owed any more, or they want it already.
pub async fn keep_directly(aid: &Work<'_>, who: MemberId, id: CommitmentId) -> Result<(), Refused> {
    let (one, by) = mine(aid, who, id).await?;
    if !store::paid_directly::want(aid.tx, id, who, aid.now).await? {
        return Err(Refusal::Unchanged.into());
    }
    aid.happened(Event::WantedDirectly { help: one.help(), by });
    Ok(())
}

/// A side of a promise lets it take part again, as far as it is theirs to say.
///
/// # Errors
/// As [`keep_directly`].
pub async fn let_set_off(aid: &Work<'_>, who: MemberId, id: CommitmentId) -> Result<(), Refused> {
    let (one, by) = mine(aid, who, id).await?;
    if !store::paid_directly::want_no_more(aid.tx, id, who).await? {
        return Err(Refusal::Unchanged.into());
    }
    aid.happened(Event::LetSetOff { help: one.help(), by });
    Ok(())
}

async fn mine(aid: &Work<'_>, who: MemberId, id: CommitmentId) -> Result<(Commitment, Role), Refused> {
    let one = helping::mine(aid, who, id).await?;
    let role = one.role_of(who).ok_or(Refusal::Unknown)?;
    match is_owed(one.state) {
        true => Ok((one, role)),
        false if one.set_off_by.is_some() => Err(Refusal::SetOff.into()),
        false => Err(Refusal::NotNow { state: one.state }.into()),
    }
}

fn is_owed(state: State) -> bool {
    matches!(state, State::Obligation | State::Overdue)
}
