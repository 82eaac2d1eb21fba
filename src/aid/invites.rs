use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::{Aid, Refused, Work, cards, statuses};
use crate::domain::{Event, InviteId, MemberId, Refusal, Status};
use crate::store::invite::ToCard;
use crate::store::{self, Slice};
use exodus_engine::conversation::Fault;

/// An invite, as it is shown: who invites, to whose card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InviteId,
    pub token: String,
    pub inviter: (MemberId, String),
    /// Whose card it leads to.
    pub to: (MemberId, String),
}

/// This member's standing invite to a card that they may see, if there is one.
pub async fn standing_invite(aid: &Aid<'_>, who: MemberId, to: MemberId) -> Result<Option<Invitation>, Refused> {
    cards::hold_seen(aid, who, to).await?;
    match store::invite::live_between(aid.tx, who, to).await? {
        Some(row) => Ok(Some(named(aid, row).await?)),
        None => Ok(None),
    }
}

/// This member's standing invite to a card that they may see, made if there is none yet: to their own, or to that of
/// somebody in need, who is told.
pub async fn invite(aid: &Work<'_>, who: MemberId, to: MemberId) -> Result<Invitation, Refused> {
    cards::hold_seen(aid, who, to).await?;
    if let Some(row) = store::invite::live_between(aid.tx, who, to).await? {
        return named(aid, row).await;
    }
    if who != to && !is_in_need(aid, to).await? {
        return Err(Refusal::NeedsNothing.into());
    }
    let row = match store::invite::insert(aid.tx, &aid.chance.token()?, who, to, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    };
    aid.happened(Event::InviteMade { member: who, invited_to: to });
    named(aid, row).await
}

/// Whether a member asks for anything now.
pub async fn is_in_need(aid: &Aid<'_>, member: MemberId) -> Result<bool, Refused> {
    let in_need = statuses::standing_of(aid, member).await?.0 != Status::Green;
    Ok(in_need && !store::member::is_suspended(aid.tx, member).await?)
}

/// The invites that others have made to this member's card, a part of them, the newest first; and how many there are.
pub async fn invites_to(aid: &Aid<'_>, who: MemberId, slice: Slice) -> Result<(Vec<ToCard>, u64), Refused> {
    let count = store::invite::count_to_card(aid.tx, who).await?;
    Ok((store::invite::to_card(aid.tx, who, slice).await?, count))
}

/// The invite that this inviter has made to this member's card.
pub async fn invite_to_by(aid: &Aid<'_>, who: MemberId, inviter: MemberId) -> Result<ToCard, Refused> {
    Ok(store::invite::to_card_by(aid.tx, who, inviter).await?.ok_or(Refusal::Unknown)?)
}

/// How many invites others have made to this member's card.
pub async fn count_invites_to(aid: &Aid<'_>, who: MemberId) -> Result<u64, Refused> {
    Ok(store::invite::count_to_card(aid.tx, who).await?)
}

/// The one invited for revokes the invite that somebody else has made to their card.
pub async fn revoke_of(aid: &Work<'_>, who: MemberId, inviter: MemberId) -> Result<(), Refused> {
    let row = store::invite::live_between(aid.tx, inviter, who).await?.ok_or(Refusal::Unknown)?;
    store::invite::revoke(aid.tx, row.id, aid.now).await?;
    Ok(())
}

/// The invite with this token. Unknown, mistyped and revoked are one: nobody learns which.
pub async fn invitation(aid: &Aid<'_>, token: &str) -> Result<Invitation, Refused> {
    let row = store::invite::find_by_token(aid.tx, token).await?.ok_or(Refusal::Unknown)?;
    named(aid, row).await
}

/// Those of these words that are tokens of standing invites.
pub async fn standing_tokens(aid: &Aid<'_>, words: &[String]) -> Result<BTreeSet<String>, DbErr> {
    store::invite::standing_among(aid.tx, words).await
}

/// A member comes by an invite: from now on they know whoever made it, and whose card it leads to. To somebody who has
/// been removed by its owner meanwhile it is as unknown.
pub async fn accept(aid: &Work<'_>, who: MemberId, token: &str) -> Result<Invitation, Refused> {
    // One of the two may leave in the same moment, and it with them.
    let row = store::invite::find_kept(aid.tx, token).await?.ok_or(Refusal::Unknown)?;
    let (inviter, to) = (row.inviter_id, row.for_id);
    if who == to {
        return named(aid, row).await;
    }
    let met: BTreeSet<MemberId> = [inviter, to].into_iter().filter(|other| *other != who).collect();
    for other in met {
        // Two at the most.
        store::acquaintance::by_invite(aid.tx, (who, other), &row, aid.now).await?;
    }
    cards::hold_seen(aid, who, to).await?;
    if store::invite::note_use(aid.tx, row.id, who, aid.now).await? {
        aid.happened(Event::InviteOpened { member: who, inviter, invited_to: to });
    }
    named(aid, row).await
}

/// The inviter, or the one invited for, revokes an invite: its link leads nowhere from now on.
pub async fn revoke(aid: &Work<'_>, who: MemberId, token: &str) -> Result<(), Refused> {
    let invitation = invitation(aid, token).await?;
    if ![invitation.inviter.0, invitation.to.0].contains(&who) {
        return Err(Refusal::Unknown.into());
    }
    store::invite::revoke(aid.tx, invitation.id, aid.now).await?;
    Ok(())
}

async fn named(aid: &Aid<'_>, row: store::invite::Model) -> Result<Invitation, Refused> {
    let mut names = store::member::names(aid.tx, [row.inviter_id, row.for_id]).await?;
    let to = names.get(&row.for_id).cloned().ok_or(Refusal::Unknown)?;
    let inviter = names.remove(&row.inviter_id).ok_or(Refusal::Unknown)?;
    Ok(Invitation { id: row.id, token: row.token, inviter: (row.inviter_id, inviter), to: (row.for_id, to) })
}
