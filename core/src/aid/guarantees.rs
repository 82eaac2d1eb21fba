//! Mutual guarantees: offering one by a personal link, accepting and ending it; and the trust list that they make.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{Aid, Refused, Work, namesakes, notifications};
use crate::domain::guarantee::{DAYS, MOST_OFFERED, record};
use crate::domain::invite::Term;
use crate::domain::{Called, Category, Event, InviteId, MemberId, Refusal, TrustList};
use crate::store;
use crate::store::invite::{Model, Offer};
use exodus_engine::conversation::Fault;

/// A guarantee that somebody offers, as it is shown to whoever holds the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Who offers it.
    pub by: (MemberId, Called),
    pub stands: Stands,
}

/// How an offered guarantee stands with whoever holds its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// They can accept it.
    Offered,
    /// They hold one with whoever offers it already.
    Held,
    /// They have made it themselves.
    Own,
}

/// Offers a guarantee to whoever accepts it first: a link, up to the end of the thirtieth day after this one.
pub async fn offer_guarantee(aid: &Work<'_>, who: MemberId) -> Result<InviteId, Refused> {
    // Two that are made in the same moment are counted one after the other.
    store::member::lock(aid.tx, who).await?;
    if store::invite::offers(aid.tx, who, aid.now).await?.len() as u64 >= MOST_OFFERED {
        return Err(Refusal::TooManyOffers.into());
    }
    let Some(Term::Until(ends_at)) = Term::days(aid.today(), DAYS, &aid.rules.zone) else {
        return Err(Fault::Broken("no day so far from today".to_owned()).into());
    };
    let id = store::invite::insert_offer(aid.tx, &aid.chance.token()?, who, ends_at, aid.now).await?;
    aid.happened(Event::GuaranteeOffered { member: who });
    Ok(id)
}

/// The guarantees that a member offers and nobody has accepted yet, the newest first.
pub async fn offers(aid: &Aid<'_>, who: MemberId) -> Result<Vec<Offer>, DbErr> {
    store::invite::offers(aid.tx, who, aid.now).await
}

/// This one of them.
pub async fn offer(aid: &Aid<'_>, who: MemberId, id: InviteId) -> Result<Offer, Refused> {
    Ok(store::invite::offer(aid.tx, who, id, aid.now).await?.ok_or(Refusal::Unknown)?)
}

/// Takes an offer back that nobody has accepted: its link leads nowhere from now on.
pub async fn withdraw_offer(aid: &Work<'_>, who: MemberId, id: InviteId) -> Result<(), Refused> {
    store::invite::lock_offer(aid.tx, id).await?;
    offer(aid, who, id).await?;
    store::invite::revoke(aid.tx, id, aid.now).await?;
    aid.happened(Event::GuaranteeWithdrawn { member: who });
    Ok(())
}

/// The guarantee that the link with this token offers, for a member who holds it.
pub async fn offered(aid: &Aid<'_>, who: MemberId, token: &str) -> Result<Offered, Refused> {
    let (row, stands) = found(aid, who, token).await?;
    let mut names = namesakes::called(aid, who, [row.inviter_id]).await?;
    let name = names.remove(&row.inviter_id).ok_or(Refusal::Unknown)?;
    Ok(Offered { by: (row.inviter_id, name), stands })
}

/// A member accepts the guarantee that the link with this token offers: nobody else does any more. Says with whom they hold it.
pub async fn accept_guarantee(aid: &Work<'_>, who: MemberId, token: &str) -> Result<MemberId, Refused> {
    // One of the two may leave in the same moment: whoever leaves is taken first there, too.
    let by = found(aid, who, token).await?.0.inviter_id;
    for one in [who.min(by), who.max(by)] {
        store::member::lock(aid.tx, one).await?;
    }
    if store::member::any_left(aid.tx, [who, by]).await? {
        return Err(Refusal::Unknown.into());
    }
    // Somebody else may accept it, or it may be taken back.
    store::invite::lock(aid.tx, token).await?;
    let (row, stands) = found(aid, who, token).await?;
    match stands {
        Stands::Offered => {}
        Stands::Own => return Err(Refusal::OwnGuarantee.into()),
        Stands::Held => return Err(Refusal::HeldAlready.into()),
    }
    let other = row.inviter_id;
    match store::guarantee::make(aid.tx, (other, who), aid.now).await {
        // By another link, in the same moment.
        Ok(false) => return Err(Refusal::HeldAlready.into()),
        Ok(true) => {}
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        Err(error) => return Err(error.into()),
    }
    store::invite::note_use(aid.tx, row.id, who, aid.now).await?;
    store::invite::end_offer(aid.tx, row.id, aid.now).await?;
    aid.happened(Event::Guaranteed { member: who, other });
    Ok(other)
}

/// The offer with this token, and how it stands with this member. What is over, taken back or of somebody else is unknown,
/// as one that there never was.
async fn found(aid: &Aid<'_>, who: MemberId, token: &str) -> Result<(Model, Stands), Refused> {
    let row = store::invite::find_by_token(aid.tx, token, Some(who), aid.now).await?;
    let row = row.filter(|row| row.guarantees).ok_or(Refusal::Unknown)?;
    let stands = stands(aid, who, &row).await?;
    Ok((row, stands))
}

async fn stands(aid: &Aid<'_>, who: MemberId, row: &Model) -> Result<Stands, Refused> {
    if row.inviter_id == who {
        Ok(Stands::Own)
    } else if store::guarantee::since(aid.tx, who, row.inviter_id).await?.is_some() {
        Ok(Stands::Held)
    } else if row.ends_at.is_some_and(|at| at > aid.now) {
        Ok(Stands::Offered)
    } else {
        // They accepted it once, and what came of it has ended.
        Err(Refusal::Unknown.into())
    }
}

/// A member has come by such an offer. Whoever became a member by it has it for themselves, and knows who offers it; to
/// anybody else it is shown, and nothing is kept of that.
pub(super) async fn come_by_offer(aid: &Work<'_>, who: MemberId, row: &Model, is_new: bool) -> Result<(), Refused> {
    let by = row.inviter_id;
    stands(aid, who, row).await?;
    if is_new && by != who {
        store::acquaintance::by_invite(aid.tx, (who, by), row, aid.now).await?;
        store::invite::note_use(aid.tx, row.id, who, aid.now).await?;
        aid.happened(Event::InviteOpened { member: who, inviter: by, invited_to: by });
    }
    Ok(())
}

/// Since when two members hold a guarantee, if they do.
pub async fn guarantee_since(aid: &Aid<'_>, who: MemberId, other: MemberId) -> Result<Option<DateTime<Utc>>, DbErr> {
    store::guarantee::since(aid.tx, who, other).await
}

/// Either side ends a guarantee; the other is told, unless they have switched that off or are suspended. Says whether they are.
pub async fn end_guarantee(aid: &Work<'_>, who: MemberId, other: MemberId) -> Result<bool, Refused> {
    if !store::guarantee::end(aid.tx, who, other).await? {
        return Err(Refusal::Unknown.into());
    }
    aid.happened(Event::GuaranteeEnded { member: who, other });
    hears_of_guarantee(aid, other).await
}

/// Whether this member hears what the other side of a guarantee does.
pub async fn hears_of_guarantee(aid: &Aid<'_>, member: MemberId) -> Result<bool, Refused> {
    let is_suspended = store::member::is_suspended(aid.tx, member).await?;
    Ok(!is_suspended && notifications::count_told(aid, [member], Category::HelpToMe).await? > 0)
}

/// Whoever leaves holds none any more; the others are told.
pub(super) async fn end_guarantees_of(aid: &Work<'_>, who: MemberId) -> Result<(), DbErr> {
    let others = store::guarantee::end_all(aid.tx, who).await?;
    // What waits to be told of it is told nobody any more: it would name somebody who is not there.
    let records: Vec<String> = others.iter().map(|other| record(who, *other)).collect();
    store::outbox::withdraw(aid.tx, &records).await?;
    store::digest_item::forget(aid.tx, who, &records).await?;
    for other in others {
        aid.happened(Event::GuaranteeEndedByLeaving { member: who, other });
    }
    Ok(())
}

/// How many are in a member's trust list, with them; none, where they hold no guarantee.
pub async fn count_trusted(aid: &Aid<'_>, who: MemberId) -> Result<u64, DbErr> {
    store::trust_list::size_of(aid.tx, who).await
}

/// A member's trust list in numbers; nothing, where they hold no guarantee. Those in it whom they may see are around them
/// ([`around`](super::around)).
pub async fn trust_list(aid: &Aid<'_>, who: MemberId) -> Result<Option<TrustList>, DbErr> {
    store::trust_list::of_member(aid.tx, who).await
}
