use super::super::{Invitation, Refused, Work, invites};
use super::mine_locked;
use crate::aid::Aid;
use crate::domain::invite::{MOST_WITH_AN_END, Term};
use crate::domain::{Event, MemberId, PoolId, Refusal};
use crate::store;
use crate::store::invite::Standing;
use crate::store::pool::seen::Volume;
use exodus_engine::conversation::Fault;

/// The newest standing invite to a pool that this member of it has made, if there is one.
pub async fn pool_invite(aid: &Aid<'_>, who: MemberId, id: PoolId) -> Result<Option<Standing>, Refused> {
    store::pool::member::find(aid.tx, id, who).await?.ok_or(Refusal::Unknown)?;
    Ok(store::pool::invite::newest_by(aid.tx, id, who, aid.now).await?)
}

/// Makes an invite to a pool that this member is in: for one person, or for a time. Whoever comes by it knows them from then
/// on.
pub async fn invite_to_pool(aid: &Work<'_>, who: MemberId, id: PoolId, term: Term) -> Result<(), Refused> {
    mine_locked(aid, who, id).await?;
    store::member::lock(aid.tx, who).await?;
    if store::invite::count_with_an_end(aid.tx, who, aid.now).await? >= MOST_WITH_AN_END {
        return Err(Refusal::TooManyInvites.into());
    }
    let row = match store::invite::insert_for(aid.tx, &aid.chance.token()?, (who, who), term, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    };
    store::pool::invite::insert(aid.tx, row.id, id).await?;
    aid.happened(Event::InviteMade { member: who, invited_to: who });
    Ok(())
}

/// A pool as somebody sees it who came by an invite to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Invited {
    pub invitation: Invitation,
    pub pool: store::pool::Model,
    pub volume: Volume,
    /// They are in it already.
    pub is_in: bool,
    /// They have left it while a share was asked of them, and this invite was made before that.
    pub is_barred: bool,
}

/// Where an invite to a pool leads; nowhere, where it leads to a card.
pub async fn invited(aid: &Aid<'_>, who: MemberId, token: &str) -> Result<Option<Invited>, Refused> {
    let invitation = invites::invitation(aid, Some(who), token).await?;
    let Some(id) = invitation.pool else { return Ok(None) };
    let pool = store::pool::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let volume = store::pool::seen::volume(aid.tx, id).await?;
    let is_in = store::pool::member::find(aid.tx, id, who).await?.is_some();
    let left = store::pool::share::left_at(aid.tx, id, who).await?;
    let is_barred = !is_in && left.is_some_and(|left| invitation.made_at <= left);
    Ok(Some(Invited { invitation, pool, volume, is_in, is_barred }))
}
