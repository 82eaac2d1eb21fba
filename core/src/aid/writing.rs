//! Asking the other side of a commitment to write: where the two have to arrange something, and the one can't be led to the
//! other by the messenger.

use super::{Refused, Work, helping, members};
use crate::domain::{Commitment, CommitmentId, Event, MemberId, Refusal, Role, once_in_a_day};
use crate::store;

/// Asks the other side to write to this one; at most once in 24 hours.
pub async fn ask_to_write(aid: &Work<'_>, who: MemberId, id: CommitmentId) -> Result<Commitment, Refused> {
    // Two presses in the same moment come one after the other.
    store::member::lock(aid.tx, who).await?;
    let commitment = helping::mine(aid, who, id).await?;
    let by = commitment.role_of(who).ok_or(Refusal::Unknown)?;
    if commitment.state.is_settled() {
        return Err(Refusal::NotNow { state: commitment.state }.into());
    }
    let other = if by == Role::Supporter { commitment.receiver } else { commitment.supporter };
    members::takes_part(aid, other).await?;
    let asked = Event::AskedToWrite { help: commitment.help(), by };
    once_in_a_day(store::journal::last_by(aid.tx, id, who, asked.name()).await?, aid.now)?;
    aid.happened(asked);
    Ok(commitment)
}
