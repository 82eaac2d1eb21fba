use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::calendar::{self, Job};
use super::notifications::Heard;
use super::{Aid, Refused, Work, collections, heard};
use crate::domain::ring;
use crate::domain::{Collection, CollectionId, MemberId, Money, Refusal, Ring, Update};
use crate::store;

/// After so long a ring is looked at again that had nobody in it.
const AGAIN: TimeDelta = TimeDelta::days(1);

/// The ring that a member can have told next of a collection of theirs; none when nothing is missing, or all know.
pub async fn next_ring(aid: &Aid<'_>, who: MemberId, collection: &Collection) -> Result<Option<Ring>, Refused> {
    let known = as_far_as_known(aid, collection).await?;
    let Some(next) = known.ring.next() else { return Ok(None) };
    let told = ring::tell(&known, who, next, missing(aid, collection).await?);
    Ok(told.ok().map(|update| update.collection.ring))
}

/// A collection by the rings that know of it. Where nobody was there when it opened, and all who are near now help with it, the
/// near circle knows.
async fn as_far_as_known(aid: &Aid<'_>, collection: &Collection) -> Result<Collection, Refused> {
    let mut known = collection.clone();
    if known.ring == Ring::Nobody {
        let is_anybody_near = store::tie::count_near(aid.tx, known.owner).await? > 0;
        if is_anybody_near && heard::of_ring(aid, &known, Ring::Near).await?.of == 0 {
            known.ring = Ring::Near;
        }
    }
    Ok(known)
}

/// Has this ring told of a member's own collection, if it is the next one: the calendar may have been faster. Says how
/// many are told; those who help already know. A ring with nobody in it stays to be told.
pub async fn tell_ring(aid: &Work<'_>, who: MemberId, id: CollectionId, ring: Ring) -> Result<Heard, Refused> {
    collections::my_collection(aid, who, id).await?;
    let collection = store::collection::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let known = as_far_as_known(aid, &collection).await?;
    let update = ring::tell(&known, who, ring, missing(aid, &collection).await?)?;
    if heard::beyond(aid, who, known.ring, ring).await? == 0 {
        return Err(Refusal::NobodyThere.into());
    }
    reach(aid, update).await?;
    heard::of_ring(aid, &known, ring).await
}

/// Has a ring told of an emergency because so much of its time has passed. Nothing is done when it knows already, when
/// nothing is missing, or when the emergency is over. Where nobody is there yet, or its owner is suspended, it is looked at
/// again tomorrow.
pub async fn widen(aid: &Work<'_>, id: CollectionId, ring: Ring, job: Job) -> Result<(), Refused> {
    let Some(collection) = store::collection::find_locked(aid.tx, id).await? else { return Ok(()) };
    if collection.is_expired(aid.today()) {
        return Ok(());
    }
    let Ok(update) = ring::widen(&collection, ring, missing(aid, &collection).await?) else { return Ok(()) };
    let is_suspended = store::member::is_suspended(aid.tx, collection.owner).await?;
    if is_suspended || heard::beyond(aid, collection.owner, collection.ring, ring).await? == 0 {
        return Ok(calendar::plan_about(aid, job, id, aid.now + AGAIN).await?);
    }
    reach(aid, update).await
}

/// Those whom word of a member's collection reaches when it goes from one ring as far as another.
pub async fn beyond(
    aid: &Aid<'_>,
    owner: MemberId,
    before: Ring,
    ring: Ring,
) -> Result<BTreeSet<MemberId>, sea_orm::DbErr> {
    let within = store::tie::within(aid.tx, owner, ring, aid.lately()).await?;
    let beyond = within.into_iter().filter(|member| member.steps > i32::from(before.number()));
    Ok(beyond.map(|member| member.id).collect())
}

/// All who hear how a collection ends: its circle, and those whom word of it has reached.
pub async fn concerned(aid: &Aid<'_>, collection: &Collection) -> Result<BTreeSet<MemberId>, sea_orm::DbErr> {
    let mut concerned = beyond(aid, collection.owner, Ring::Nobody, collection.ring).await?;
    concerned.extend(store::commitment::circle(aid.tx, collection, aid.month_began()).await?);
    Ok(concerned)
}

async fn reach(aid: &Work<'_>, update: Update) -> Result<(), Refused> {
    store::collection::set_ring(aid.tx, update.collection.id, update.collection.ring).await?;
    aid.happened(update.event);
    Ok(())
}

async fn missing(aid: &Aid<'_>, collection: &Collection) -> Result<Money, Refused> {
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    Ok(totals.missing(collection.target))
}
