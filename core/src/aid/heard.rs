//! How many hear of what somebody does, as far as they have not switched that off: said before it is done, and after.
//!
//! Here is who hears of what, in the words of `store::hearing`, which counts them.

use super::notifications::Heard;
use super::{Aid, Refused};
use crate::domain::{
    Category, Collection, CollectionId, CollectionKind, Commitment, MemberId, PoolId, Ring, State, Status,
};
use crate::store;
use crate::store::hearing::{Hears, Telling, Whom};

use Category::{Network, OwnHelp, Supported};

/// How many of a member's near circle hear it if they ask for help in this way. Whoever intends to help them monthly is asked
/// about an emergency, whatever they have switched off.
pub async fn of_asking(aid: &Aid<'_>, who: MemberId, kind: CollectionKind) -> Result<Heard, Refused> {
    let asked = (Whom::Intending, Hears::Asked);
    let near = (NEAR, Hears::Told(Network));
    match kind.means_status() {
        Some(Status::Red) => count(aid, who, &[&[asked, near]]).await,
        Some(Status::Orange | Status::Green) | None => count(aid, who, &[&[near]]).await,
    }
}

/// How many hear that a collection has ended, as it is after that. Whoever has given, promised or intended something reads what
/// becomes of it, and nothing else.
pub(super) async fn of_the_end(aid: &Aid<'_>, collection: &Collection) -> Result<Heard, Refused> {
    count(aid, collection.owner, &[&the_end(collection)]).await
}

/// How many hear that the sum of a collection was changed, and that it has ended by that. Who is left in its circle hears both.
pub(super) async fn of_sum_and_end(aid: &Aid<'_>, collection: &Collection) -> Result<Heard, Refused> {
    count(aid, collection.owner, &[&the_end(collection), &[circle(collection.id)]]).await
}

fn the_end(collection: &Collection) -> [(Whom<'static>, Hears); 3] {
    let states: &[State] = match collection.kind.is_of_a_month() {
        true => &[State::Cancelled, State::Obligation, State::Claimed],
        false => &[State::Cancelled, State::Obligation, State::Claimed, State::Fulfilled, State::FulfilledLate],
    };
    [
        (Whom::Helping(collection.id, states), Hears::Told(OwnHelp)),
        (Whom::Beyond { before: Ring::Nobody, ring: collection.ring }, Hears::Told(Network)),
        (Whom::Circle(collection.id), Hears::Told(Network)),
    ]
}

/// How many of the circle hear that the sum of a collection was changed.
pub(super) async fn of_another_sum(aid: &Aid<'_>, collection: &Collection) -> Result<Heard, Refused> {
    count(aid, collection.owner, &[&[circle(collection.id)]]).await
}

/// How many of the circle hear that its date was changed: for whoever owes help it is news of their own.
pub(super) async fn of_another_date(aid: &Aid<'_>, collection: &Collection) -> Result<Heard, Refused> {
    let owing = (Whom::Helping(collection.id, &[State::Obligation]), Hears::Told(OwnHelp));
    count(aid, collection.owner, &[&[owing, circle(collection.id)]]).await
}

/// How many others in the circle of a collection hear what one of the two sides of a commitment does.
pub async fn of_help(aid: &Aid<'_>, commitment: &Commitment) -> Result<usize, Refused> {
    let side = (Whom::One(commitment.supporter), Hears::Not);
    Ok(count(aid, commitment.receiver, &[&[side, circle(commitment.collection)]]).await?.told)
}

/// How many hear of it when word of a collection goes from one ring as far as another: whoever helps with it knows already.
pub(super) async fn of_ring(aid: &Aid<'_>, known: &Collection, ring: Ring) -> Result<Heard, Refused> {
    let beyond = (Whom::Beyond { before: known.ring, ring }, Hears::Told(Network));
    count(aid, known.owner, &[&[(Whom::Circle(known.id), Hears::Not), beyond]]).await
}

/// How many there are whom word of a member's collection reaches when it goes from one ring as far as another.
pub(super) async fn beyond(aid: &Aid<'_>, owner: MemberId, before: Ring, ring: Ring) -> Result<usize, Refused> {
    Ok(count(aid, owner, &[&[(Whom::Beyond { before, ring }, Hears::Told(Network))]]).await?.of)
}

/// How many hear of an initiative of this member: of their network and their trust list.
pub(super) async fn of_proposal(aid: &Aid<'_>, owner: MemberId) -> Result<usize, Refused> {
    let network = Whom::Beyond { before: Ring::Nobody, ring: Ring::Network };
    let told = [(network, Hears::Told(Network)), (Whom::TrustList, Hears::Told(Network))];
    Ok(count(aid, owner, &[&told]).await?.told)
}

/// How many of those who help with a collection by commitments in these states hear of something of this category.
pub(super) async fn of_helpers(
    aid: &Aid<'_>,
    collection: &Collection,
    states: &[State],
    category: Category,
) -> Result<usize, Refused> {
    let helping = (Whom::Helping(collection.id, states), Hears::Told(category));
    Ok(count(aid, collection.owner, &[&[helping]]).await?.told)
}

/// How many other members of a pool hear it if this one closes it.
pub(super) async fn of_closing(aid: &Aid<'_>, who: MemberId, pool: PoolId) -> Result<usize, Refused> {
    Ok(count(aid, who, &[&[(Whom::Pool(pool), Hears::Told(OwnHelp))]]).await?.told)
}

const NEAR: Whom<'static> = Whom::Beyond { before: Ring::Nobody, ring: Ring::Near };

/// News of the circle that one supports.
fn circle(collection: CollectionId) -> (Whom<'static>, Hears) {
    (Whom::Hearing(collection), Hears::Told(Supported))
}

async fn count(aid: &Aid<'_>, owner: MemberId, tellings: &[Telling<'_>]) -> Result<Heard, Refused> {
    let (of, told) = store::hearing::count(aid.tx, owner, (aid.lately(), aid.month_began()), tellings).await?;
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Ok(Heard { of: number(of), told: number(told) })
}
