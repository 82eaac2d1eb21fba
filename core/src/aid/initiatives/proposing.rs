use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::super::{Aid, Refused, Work, calendar, heard, rings};
use crate::domain::initiative::{MOST_OPEN, Title, Words};
use crate::domain::{CollectionId, CollectionKind, Event, MemberId, Money, Refusal, Ring, collection};
use crate::store;

/// Proposes an initiative that collects votes for so many days. Says how many hear of it.
pub async fn propose(
    aid: &Work<'_>,
    who: MemberId,
    (title, words): (&Title, &Words),
    target: Money,
    days: u32,
) -> Result<(CollectionId, usize), Refused> {
    // Two that are proposed in the same moment are counted one after the other.
    store::member::lock(aid.tx, who).await?;
    may_propose(aid, who).await?;
    let opening = collection::open(CollectionKind::VOTED_FOR, &[], target, aid.today(), Some(days))?;
    let initiative = store::collection::insert(aid.tx, who, opening, aid.now).await?;
    store::initiative::insert(aid.tx, initiative.id, title.as_str(), words.as_str()).await?;
    calendar::plan_initiative(aid, &initiative).await?;
    aid.happened(Event::InitiativeProposed {
        collection: initiative.id,
        owner: who,
        target,
        ends_on: initiative.ends_on,
    });
    Ok((initiative.id, count_audience(aid, who).await?))
}

/// Refuses one more to whoever has as many open as there may be.
pub async fn may_propose(aid: &Aid<'_>, who: MemberId) -> Result<(), Refused> {
    let open = store::collection::open_initiatives_of(aid.tx, who).await?.len();
    if open >= MOST_OPEN { Err(Refusal::TooManyInitiatives.into()) } else { Ok(()) }
}

/// How many hear of an initiative of this member.
pub async fn count_audience(aid: &Aid<'_>, owner: MemberId) -> Result<usize, Refused> {
    heard::of_proposal(aid, owner).await
}

/// All who hear of an initiative of this member: their network, and their trust list.
pub async fn audience(aid: &Aid<'_>, owner: MemberId) -> Result<BTreeSet<MemberId>, DbErr> {
    let mut audience = rings::beyond(aid, owner, Ring::Nobody, Ring::Network).await?;
    audience.extend(store::trust_list::members_of(aid.tx, owner).await?);
    audience.remove(&owner);
    Ok(audience)
}
