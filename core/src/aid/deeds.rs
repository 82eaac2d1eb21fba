//! The deeds of the two sides of a commitment, done: what the state machine says is stored, and told.

use super::{Refused, Work, endings, helping, members, month, reaching};
use crate::domain::{self, Beside, Commitment, CommitmentId, Deed, MemberId, Money, Note, Part, Refusal};
use crate::store;
use exodus_engine::conversation::Fault;

/// Does one deed of one side to a commitment. What it comes to is the commitment, or the one that it is a part of again, or the
/// claim that was made of a part.
pub async fn perform(aid: &Work<'_>, who: MemberId, id: CommitmentId, deed: Deed) -> Result<Commitment, Refused> {
    done(aid, who, id, deed, None).await
}

/// Claims an obligation, or so much of it, and says this about it. A part of which nothing is said is what was said of all.
pub async fn claim(
    aid: &Work<'_>,
    who: MemberId,
    id: CommitmentId,
    sum: Money,
    note: Option<&Note>,
) -> Result<Commitment, Refused> {
    done(aid, who, id, Deed::ClaimPart(sum), note).await
}

/// The supporter says this about their help from now on, or nothing.
pub async fn note(aid: &Work<'_>, who: MemberId, id: CommitmentId, note: Option<&Note>) -> Result<Commitment, Refused> {
    let commitment = done(aid, who, id, Deed::Note, None).await?;
    store::commitment::set_note(aid.tx, id, note.map(Note::as_str)).await?;
    Ok(commitment)
}

/// The collection is taken first, so that two members who act on its commitments in the same moment come one after the other.
async fn done(
    aid: &Work<'_>,
    who: MemberId,
    id: CommitmentId,
    deed: Deed,
    note: Option<&Note>,
) -> Result<Commitment, Refused> {
    let collection = store::commitment::given_to_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let commitment = helping::mine(aid, who, id).await?;
    month::is_closed_on(aid, &commitment)?;
    if commitment.state.is_settled()
        && store::member::any_left(aid.tx, [commitment.supporter, commitment.receiver]).await?
    {
        // Nobody is there with whom it could begin again.
        return Err(Refusal::NotNow { state: commitment.state }.into());
    }
    if deed.kind().begins_or_asks() {
        let other = if who == commitment.supporter { commitment.receiver } else { commitment.supporter };
        members::takes_part(aid, other).await?;
    }
    let standing = helping::standing(aid, &commitment, &collection).await?;
    let outcome = domain::act(&commitment, who, deed, &standing, aid.now)?;
    if !store::commitment::update(aid.tx, &outcome.commitment, commitment.state, aid.now).await? {
        return Err(Fault::Raced.into());
    }
    let now = match &outcome.beside {
        Some(Beside::Part(part)) => part_of(aid, &outcome.commitment, *part, note).await?,
        Some(Beside::Whole(whole)) => {
            if !store::commitment::update(aid.tx, whole, whole.state, aid.now).await? {
                return Err(Fault::Raced.into());
            }
            whole.clone()
        }
        None => {
            if let Some(note) = note {
                store::commitment::set_note(aid.tx, id, Some(note.as_str())).await?;
            }
            outcome.commitment.clone()
        }
    };
    aid.happened(outcome.told(now.id));
    if deed == Deed::Confirm {
        endings::end_if_covered(aid, &collection).await?;
    }
    if matches!(deed, Deed::Change(_)) {
        reaching::look(aid, &collection).await?;
    }
    Ok(now)
}

/// The claim of a part, beside what is left.
async fn part_of(aid: &Work<'_>, rest: &Commitment, part: Part, note: Option<&Note>) -> Result<Commitment, Refused> {
    let of_all = store::commitment::notes_of(aid.tx, [rest.id]).await?.remove(&rest.id);
    let note = note.or(of_all.as_ref()).map(Note::as_str);
    Ok(store::commitment::insert_part(aid.tx, rest, part, note, aid.now).await?)
}
