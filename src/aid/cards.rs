use std::collections::HashMap;

use super::{Aid, Refused, helping};
use crate::domain::{Collection, CollectionKind, Commitment, MemberId, Money, Refusal, Ring, State, Status, Totals};
use crate::store::commitment::Reliability;
use crate::store::{self, Slice};

/// How many supporters a card names; the totals count all of them.
const NAMED: u64 = 20;

/// What one member may see of another, or of themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: MemberId,
    pub name: String,
    pub status: Status,
    pub reliability: Reliability,
    /// What they ask for: the emergency first; a monthly collection beside it is paused.
    pub requests: Vec<Request>,
}

/// An open collection on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub collection: Collection,
    pub totals: Totals,
    pub missing: Money,
    /// A monthly collection beside an open emergency: it takes nothing now.
    pub paused: bool,
    pub supporters: Vec<Supporter>,
    /// The viewer's own live commitment to it.
    pub mine: Option<Commitment>,
}

/// One member of a circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Supporter {
    pub name: String,
    /// In which state, and how much: for the collection's owner and its circle only.
    pub gives: Option<(State, Money)>,
}

impl Card {
    /// The request that help goes to now.
    pub fn open_request(&self) -> Option<&Request> {
        self.requests.iter().find(|request| !request.paused)
    }
}

/// Whether a member may see another's card: their network does, holders of an invite to them, and
/// whoever has something unsettled with them, even when an emergency has put it on hold. So do those who
/// were told, ring by ring, that they need help.
pub async fn may_see(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<bool, Refused> {
    Ok(viewer == whose
        || store::invite::holds(aid.tx, viewer, whose).await?
        || store::tie::distance_at_most_two(aid.tx, viewer, whose, aid.month_began()).await?
        || store::commitment::unsettled_between(aid.tx, viewer, whose).await?
        || was_told(aid, viewer, whose).await?)
}

/// Whether word of an open collection of another has reached this member.
async fn was_told(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<bool, Refused> {
    let open = store::collection::open_of(aid.tx, whose).await?;
    let ring = open.iter().map(|collection| collection.ring).max();
    // What the near circle was told, it may look at without this.
    let Some(ring) = ring.filter(|ring| *ring > Ring::Near) else { return Ok(false) };
    let reached = store::tie::reached(aid.tx, whose, ring, aid.month_began()).await?;
    Ok(reached.iter().any(|member| member.id == viewer))
}

/// A member's card, for somebody who may see it.
pub async fn card(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<Card, Refused> {
    if !may_see(aid, viewer, whose).await? {
        return Err(Refusal::Unknown.into());
    }
    let name = helping::name_of(aid, whose).await?;
    let reliability = store::commitment::reliability(aid.tx, whose).await?;
    let mut open = store::collection::open_of(aid.tx, whose).await?;
    open.sort_by_key(|collection| collection.kind != CollectionKind::Emergency);
    let status = Status::of(open.iter().map(|collection| collection.kind));
    let ids = open.iter().map(|collection| collection.id);
    let mut totals: HashMap<_, Totals> = store::commitment::totals_of(aid.tx, ids, aid.month()).await?;

    let mut requests = Vec::new();
    // Two at the most: one of each kind.
    for collection in open {
        let totals = totals.remove(&collection.id).unwrap_or_default();
        let (supporters, mine) = circle(aid, viewer, &collection).await?;
        requests.push(Request {
            missing: totals.missing(collection.target),
            paused: collection.is_paused(status),
            totals,
            supporters,
            mine,
            collection,
        });
    }
    Ok(Card { id: whose, name, status, reliability, requests })
}

/// A member's own card.
pub async fn own_card(aid: &Aid<'_>, me: MemberId) -> Result<Card, Refused> {
    card(aid, me, me).await
}

/// Those who help with a collection, as this viewer may see them, and the viewer's own commitment.
async fn circle(
    aid: &Aid<'_>,
    viewer: MemberId,
    collection: &Collection,
) -> Result<(Vec<Supporter>, Option<Commitment>), Refused> {
    const IN_CIRCLE: [State; 5] =
        [State::Intention, State::Obligation, State::Claimed, State::Fulfilled, State::FulfilledLate];
    let named = Slice { skip: 0, take: NAMED };
    let mut listed = store::commitment::of_collection(aid.tx, collection.id, &IN_CIRCLE, named).await?;
    if collection.kind == CollectionKind::Monthly {
        listed.retain(|one| one.commitment.month == aid.month());
    }
    // Nobody helps themselves.
    let mine = match viewer == collection.owner {
        true => None,
        false => store::commitment::live_of(aid.tx, collection.id, viewer).await?,
    };
    let sees_sums =
        viewer == collection.owner || mine.is_some() || listed.iter().any(|one| one.commitment.supporter == viewer);
    let supporters = listed
        .into_iter()
        .map(|one| Supporter { name: one.name, gives: sees_sums.then_some((one.commitment.state, one.commitment.sum)) })
        .collect();
    Ok((supporters, mine))
}
