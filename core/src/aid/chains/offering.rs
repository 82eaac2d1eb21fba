//! Offering to pass something on: from the page of either of the two promises.

use super::super::calendar::plan_chain_end;
use super::super::{Aid, Helping, Refused, Work, helping, members, month, namesakes, unit};
use super::see_each_other;
use crate::domain::chain::{STANDS, Stage, can_be_passed_on, is_owed};
use crate::domain::{Called, ChainId, Commitment, CommitmentId, Event, MemberId, Money, Refusal, Role};
use crate::store;
use chrono::{DateTime, Utc};
use exodus_engine::conversation::Fault;
use sea_orm::DbErr;

/// How many of the largest promises on the other side are looked at.
const LOOKED_AT: u64 = 100;

/// Along which promise something can be passed on, and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub commitment: CommitmentId,
    pub name: Called,
    /// How much can be passed on: as much as there is of both.
    pub sum: Money,
}

/// With whom this promise of theirs, or to them, can be passed on, the largest sums first; with nobody, where it can't be at all,
/// or is offered already. Its other side and the one who would come in have to see each other.
pub async fn partners(aid: &Aid<'_>, who: MemberId, helping: &Helping) -> Result<Vec<Partner>, DbErr> {
    let one = &helping.commitment;
    let is_held = helping.standing.on_hold || helping.standing.put_off || helping.other_suspended;
    let Some(role) = one.role_of(who).filter(|_| is_owed(one.state) && !is_held) else { return Ok(Vec::new()) };
    if !helping.collection.kind.is_of_a_month() || !store::paid_directly::wanted_by(aid.tx, one.id).await?.is_empty() {
        return Ok(Vec::new());
    }
    if store::chain::is_offered(aid.tx, one.id, role).await? {
        return Ok(Vec::new());
    }
    let (other, their_side) = match role {
        Role::Supporter => (one.receiver, Role::Receiver),
        Role::Receiver => (one.supporter, Role::Supporter),
    };
    let beside = store::chain::beside(aid.tx, who, their_side, other, LOOKED_AT).await?;
    let ids: Vec<MemberId> = beside.iter().map(|one| one.other).collect();
    let seen = store::sight::seen_among(aid.tx, other, &ids, aid.lately()).await?;
    let mut partners: Vec<(MemberId, Partner)> = beside
        .into_iter()
        .filter(|beside| seen.contains(&beside.other))
        .map(|beside| {
            let sum = Money::from_minor(beside.sum).min(one.sum);
            (beside.other, Partner { commitment: beside.id, name: beside.name.into(), sum })
        })
        .collect();
    namesakes::tell_apart(aid, who, partners.iter_mut().map(|(id, one)| (*id, &mut one.name)).collect()).await?;
    Ok(partners.into_iter().map(|(_, partner)| partner).collect())
}

/// What would be passed on, as it is asked about: how much, of what whom has promised, to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub sum: Money,
    /// Who is asked first.
    pub first: MemberId,
    pub supporter: Called,
    pub receiver: Called,
    /// One of the two has said No lately: from when on it can be offered again.
    pub again_at: Option<DateTime<Utc>>,
}

/// What would be passed on of these two promises, of which one is theirs and the other one is to them, whichever comes first.
pub async fn asked(aid: &Aid<'_>, who: MemberId, one: CommitmentId, other: CommitmentId) -> Result<Asked, Refused> {
    let (first, second) = both(aid, who, one, other).await?;
    let sum = can_be_passed_on(who, &first, &second)?;
    let mut called = namesakes::called(aid, who, [first.supporter, second.receiver]).await?;
    let mut name = |id| called.remove(&id).ok_or(Refusal::Unknown);
    let (supporter, receiver) = (name(first.supporter)?, name(second.receiver)?);
    let again_at = again_at(aid, &first, &second).await?;
    Ok(Asked { sum, first: first.supporter, supporter, receiver, again_at })
}

/// Offers to pass on what this member was promised along what they have promised, whichever of the two comes first: so much, if it
/// is still as much as they read. The supporter of what they were promised is asked.
///
/// # Errors
/// See [`Refused`]: the rules' own reasons, [`Refusal::OtherSum`] where it is another sum by now, [`Refusal::ChainOpen`] where one of
/// the two is offered already, [`Refusal::TooSoon`] where one of the others said No to this within seven days, and
/// [`Refusal::NotPassedOn`] where somebody is in need at once, is suspended, or wants one of the two directly.
pub async fn offer(
    aid: &Work<'_>,
    who: MemberId,
    one: CommitmentId,
    other: CommitmentId,
    read: Money,
) -> Result<ChainId, Refused> {
    let (before, after) = both(aid, who, one, other).await?;
    for other in [before.supporter, after.receiver] {
        unit::catch_up(aid, other).await?;
        members::takes_part(aid, other).await?;
    }
    // The collections are taken first, as by whoever else acts on the two promises.
    lock_collections(aid, [&before, &after]).await?;
    let (first, second) = both(aid, who, one, other).await?;
    for one in [&first, &second] {
        month::is_closed_on(aid, one)?;
        let collection = store::collection::find(aid.tx, one.collection).await?.ok_or(Refusal::Unknown)?;
        if !collection.kind.is_of_a_month() {
            return Err(Refusal::NotPassedOn.into());
        }
    }
    let sum = can_be_passed_on(who, &first, &second)?;
    if sum != read {
        return Err(Refusal::OtherSum.into());
    }
    see_each_other(aid, first.supporter, second.receiver).await?;
    if let Some(again_at) = again_at(aid, &first, &second).await? {
        return Err(Refusal::TooSoon { again_at }.into());
    }
    let new = store::chain::New {
        sides: [first.supporter, who, second.receiver],
        first: first.id,
        second: second.id,
        sum,
        ends_at: aid.now + STANDS,
    };
    let id = match store::chain::insert(aid.tx, new, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Refusal::ChainOpen.into()),
        inserted => inserted?,
    };
    if !store::chain::still_stands(aid.tx, id).await? {
        return Err(Refusal::NotPassedOn.into());
    }
    plan_chain_end(aid, id, new.ends_at).await?;
    let chain = store::chain::find(aid.tx, id).await?.ok_or_else(|| Fault::Broken(format!("no chain {id}")))?;
    aid.happened(Event::ChainOffered { passing: chain.passing(), until: chain.ends_at });
    Ok(id)
}

/// From when on these two can be offered again, where it was offered a short while ago, and somebody has said No.
async fn again_at(aid: &Aid<'_>, first: &Commitment, second: &Commitment) -> Result<Option<DateTime<Utc>>, DbErr> {
    let last = store::chain::newest_of(aid.tx, first.id, second.id).await?;
    let refused = last.filter(|last| matches!(last.stage, Stage::Declined | Stage::Withdrawn));
    Ok(refused.and_then(|last| last.made_at.checked_add_signed(STANDS)).filter(|again_at| *again_at > aid.now))
}

/// The promise to them, and theirs.
async fn both(
    aid: &Aid<'_>,
    who: MemberId,
    one: CommitmentId,
    other: CommitmentId,
) -> Result<(Commitment, Commitment), Refused> {
    let (one, other) = (helping::mine(aid, who, one).await?, helping::mine(aid, who, other).await?);
    Ok(if one.receiver == who { (one, other) } else { (other, one) })
}

/// Takes the collections of these, always in the same order: whoever else acts on what is given to them comes before or after.
pub(super) async fn lock_collections(aid: &Work<'_>, these: [&Commitment; 2]) -> Result<(), Refused> {
    let mut collections = these.map(|one| one.collection);
    collections.sort_unstable();
    for collection in collections {
        store::collection::find_locked(aid.tx, collection).await?.ok_or(Refusal::Unknown)?;
    }
    Ok(())
}
