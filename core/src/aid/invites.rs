use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{Aid, Refused, Work, cards, collections, guarantees, namesakes};
use crate::domain::invite::{MOST_WITH_AN_END, Term};
use crate::domain::{Called, Event, InviteId, MemberId, PoolId, Refusal, Status};
use crate::store::invite::Standing;
use crate::store::{self, Slice};
use exodus_engine::conversation::Fault;

/// So many of those that one member has made are listed.
const MOST_LISTED: u64 = 200;

/// An invite, as it is shown to those who come by it: who invites, to whose card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InviteId,
    pub token: String,
    pub inviter: (MemberId, Called),
    /// Whose card it leads to.
    pub to: (MemberId, Called),
    /// It is for one person, and whoever came knew that member before, or is in the pool that it leads to: it is still there
    /// for somebody else.
    pub is_left: bool,
    /// It offers a mutual guarantee.
    pub guarantees: bool,
    /// The pool that it leads to, rather than to a card.
    pub pool: Option<PoolId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// This member's standing invite without an end to a card that they may see, if there is one.
pub async fn standing_invite(aid: &Aid<'_>, who: MemberId, to: MemberId) -> Result<Option<Standing>, Refused> {
    cards::hold_seen(aid, who, to).await?;
    match store::invite::live_between(aid.tx, who, to).await? {
        Some(row) => {
            let standing = store::invite::standing(aid.tx, row.id, who, aid.now).await?;
            Ok(named_to(aid, who, standing.into_iter().collect()).await?.pop())
        }
        None => Ok(None),
    }
}

/// This member's standing invite without an end to a card that they may see, made if there is none yet: to their own, or
/// to that of somebody in need, who is told.
pub async fn invite(aid: &Work<'_>, who: MemberId, to: MemberId) -> Result<InviteId, Refused> {
    cards::hold_seen(aid, who, to).await?;
    match store::invite::live_between(aid.tx, who, to).await? {
        Some(row) => Ok(row.id),
        None => make(aid, who, to, Term::Open).await,
    }
}

/// An invite with an end, to the same cards. There may be several; each is told to the one whose card it leads to.
pub async fn invite_for(aid: &Work<'_>, who: MemberId, to: MemberId, term: Term) -> Result<InviteId, Refused> {
    cards::hold_seen(aid, who, to).await?;
    // Two that are made in the same moment are counted one after the other.
    store::member::lock(aid.tx, who).await?;
    if store::invite::count_with_an_end(aid.tx, who, aid.now).await? >= MOST_WITH_AN_END {
        return Err(Refusal::TooManyInvites.into());
    }
    make(aid, who, to, term).await
}

async fn make(aid: &Work<'_>, who: MemberId, to: MemberId, term: Term) -> Result<InviteId, Refused> {
    if who != to && !is_in_need(aid, to).await? {
        return Err(Refusal::NeedsNothing.into());
    }
    let row = match store::invite::insert_for(aid.tx, &aid.chance.token()?, (who, to), term, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    };
    aid.happened(Event::InviteMade { member: who, invited_to: to });
    Ok(row.id)
}

/// Whether a member asks for anything now.
pub async fn is_in_need(aid: &Aid<'_>, member: MemberId) -> Result<bool, Refused> {
    let in_need = collections::standing_of(aid, member).await?.0 != Status::Green;
    Ok(in_need && !store::member::is_suspended(aid.tx, member).await?)
}

/// The standing invites to a card beside the member's own one without an end, a part of them, the newest first; and how
/// many there are. To their own card they see everybody's, to another's what they have made.
pub async fn other_invites(
    aid: &Aid<'_>,
    who: MemberId,
    to: MemberId,
    slice: Slice,
) -> Result<(Vec<Standing>, u64), Refused> {
    let invites = store::invite::others_to_card(aid.tx, (who, to), aid.now, slice).await?;
    Ok((named_to(aid, who, invites).await?, count_other_invites(aid, who, to).await?))
}

/// How many those are.
pub async fn count_other_invites(aid: &Aid<'_>, who: MemberId, to: MemberId) -> Result<u64, Refused> {
    Ok(store::invite::count_others_to_card(aid.tx, (who, to), aid.now).await?)
}

/// A standing invite that the member has made, or that leads to their card.
pub async fn invite_of(aid: &Aid<'_>, who: MemberId, id: InviteId) -> Result<Standing, Refused> {
    let standing = store::invite::standing(aid.tx, id, who, aid.now).await?;
    Ok(named_to(aid, who, standing.into_iter().collect()).await?.pop().ok_or(Refusal::Unknown)?)
}

/// The standing invites that the member has made, the newest first: a part of them, if they are very many.
pub async fn invites_made(aid: &Aid<'_>, who: MemberId) -> Result<Vec<Standing>, Fault> {
    Ok(named_to(aid, who, store::invite::made_by(aid.tx, who, aid.now, MOST_LISTED).await?).await?)
}

/// The newest invite that this inviter has made to the member's card.
pub async fn newest_invite_by(aid: &Aid<'_>, who: MemberId, inviter: MemberId) -> Result<Standing, Refused> {
    let newest = store::invite::newest_between(aid.tx, (inviter, who), aid.now).await?;
    Ok(named_to(aid, who, newest.into_iter().collect()).await?.pop().ok_or(Refusal::Unknown)?)
}

/// The inviter, or the one invited for, revokes an invite: its link leads nowhere from now on.
pub async fn revoke(aid: &Work<'_>, who: MemberId, id: InviteId) -> Result<Standing, Refused> {
    let invite = invite_of(aid, who, id).await?;
    store::invite::revoke(aid.tx, id, aid.now).await?;
    Ok(invite)
}

/// The invite with this token, as far as `who` can come by it; who is no member yet, is nobody. Unknown, mistyped, over
/// and revoked are one: nobody learns which.
pub async fn invitation(aid: &Aid<'_>, who: Option<MemberId>, token: &str) -> Result<Invitation, Refused> {
    let row = store::invite::find_by_token(aid.tx, token, who, aid.now).await?.ok_or(Refusal::Unknown)?;
    named(aid, who, row).await
}

/// The same, and nobody else comes by it before the one who is about to.
pub async fn hold_invitation(aid: &Aid<'_>, who: Option<MemberId>, token: &str) -> Result<Invitation, Refused> {
    store::invite::lock(aid.tx, token).await?;
    invitation(aid, who, token).await
}

/// Those of these words that are tokens of invites by which `who` can come.
pub async fn standing_tokens(
    aid: &Aid<'_>,
    who: Option<MemberId>,
    words: &[String],
) -> Result<BTreeSet<String>, DbErr> {
    store::invite::standing_among(aid.tx, words, who, aid.now).await
}

/// A member comes by an invite: from now on they know whoever made it, and whose card it leads to. One for one person is not
/// used up by somebody who knows that member already. One that leads to a pool changes nothing for who is in it. To somebody
/// who has been removed by its owner meanwhile it is as unknown. `is_new`: they became a member by it.
pub async fn accept(aid: &Work<'_>, who: MemberId, token: &str, is_new: bool) -> Result<Invitation, Refused> {
    // One of the two may leave in the same moment, and it with them.
    store::invite::lock(aid.tx, token).await?;
    let row = store::invite::find_by_token(aid.tx, token, Some(who), aid.now).await?.ok_or(Refusal::Unknown)?;
    let to = row.for_id;
    if row.guarantees {
        guarantees::come_by_offer(aid, who, &row, is_new).await?;
        return named(aid, Some(who), row).await;
    }
    // Whoever looks at an invite that they made themselves leaves it to those whom it is for.
    if who == to || (who == row.inviter_id && row.for_one) {
        return named(aid, Some(who), row).await;
    }
    let pool = store::pool::invite::pools_of(aid.tx, [row.id]).await?.remove(&row.id);
    if pool.is_some() && row.for_one && !is_new {
        // It is used up by joining, not by looking: until then it can be taken back, or passed on.
        let is_in = match pool {
            Some(pool) => store::pool::member::find(aid.tx, pool, who).await?.is_some(),
            None => false,
        };
        let is_left = is_in && !store::invite::is_used(aid.tx, row.id).await?;
        return Ok(Invitation { is_left, ..named(aid, Some(who), row).await? });
    }
    if let Some(pool) = pool
        && store::pool::member::find(aid.tx, pool, who).await?.is_some()
    {
        return named(aid, Some(who), row).await;
    }
    if row.for_one
        && pool.is_none()
        && store::acquaintance::stands(aid.tx, who, to).await?
        && !store::invite::is_used(aid.tx, row.id).await?
    {
        cards::hold_seen(aid, who, to).await?;
        return Ok(Invitation { is_left: true, ..named(aid, Some(who), row).await? });
    }
    come_by(aid, who, &row).await?;
    named(aid, Some(who), row).await
}

/// A member who joins a pool by an invite for one person has used it up, and knows whoever made it.
pub(super) async fn join_by(aid: &Work<'_>, who: MemberId, token: &str) -> Result<(), Refused> {
    let row = store::invite::find_by_token(aid.tx, token, Some(who), aid.now).await?.ok_or(Refusal::Unknown)?;
    if row.for_one { come_by(aid, who, &row).await } else { Ok(()) }
}

async fn come_by(aid: &Work<'_>, who: MemberId, row: &store::invite::Model) -> Result<(), Refused> {
    let (inviter, to) = (row.inviter_id, row.for_id);
    let met: BTreeSet<MemberId> = [inviter, to].into_iter().filter(|other| *other != who).collect();
    for other in met {
        // Two at the most.
        store::acquaintance::by_invite(aid.tx, (who, other), row, aid.now).await?;
    }
    cards::hold_seen(aid, who, to).await?;
    if store::invite::note_use(aid.tx, row.id, who, aid.now).await? {
        aid.happened(Event::InviteOpened { member: who, inviter, invited_to: to });
    }
    Ok(())
}

/// `reader`: to whom it is shown, if they are a member.
async fn named(aid: &Aid<'_>, reader: Option<MemberId>, row: store::invite::Model) -> Result<Invitation, Refused> {
    let ids = [row.inviter_id, row.for_id];
    let mut names = match reader {
        Some(reader) => namesakes::called(aid, reader, ids).await?,
        None => store::member::names(aid.tx, ids).await?.into_iter().map(|(id, name)| (id, name.into())).collect(),
    };
    let to = names.get(&row.for_id).cloned().ok_or(Refusal::Unknown)?;
    let inviter = names.remove(&row.inviter_id).ok_or(Refusal::Unknown)?;
    let pool = store::pool::invite::pools_of(aid.tx, [row.id]).await?.remove(&row.id);
    if let Some(pool) = pool {
        leads_to_pool(aid, pool, row.inviter_id).await?;
    }
    let (inviter, to) = ((row.inviter_id, inviter), (row.for_id, to));
    let (guarantees, made_at) = (row.guarantees, row.created_at);
    Ok(Invitation { id: row.id, token: row.token, inviter, to, is_left: false, guarantees, pool, made_at })
}

/// These invites as the member sees them, who has made them or to whose card they lead.
async fn named_to(aid: &Aid<'_>, who: MemberId, mut invites: Vec<Standing>) -> Result<Vec<Standing>, DbErr> {
    let each = invites.iter_mut().flat_map(|it| [(it.inviter_id, &mut it.inviter), (it.for_id, &mut it.to)]);
    namesakes::tell_apart(aid, who, each.collect()).await?;
    Ok(invites)
}

/// Nobody is invited to a pool that is closed, nor by one who has left it.
async fn leads_to_pool(aid: &Aid<'_>, pool: PoolId, inviter: MemberId) -> Result<(), Refused> {
    let is_open = store::pool::find(aid.tx, pool).await?.is_some_and(|pool| pool.is_open());
    let is_in = store::pool::member::find(aid.tx, pool, inviter).await?.is_some();
    if is_open && is_in { Ok(()) } else { Err(Refusal::Unknown.into()) }
}
