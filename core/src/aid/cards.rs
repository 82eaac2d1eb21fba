use std::collections::{HashMap, HashSet};

use super::{Aid, Refused, namesakes, payment};
use crate::domain::{
    AboutMe, Called, Collection, Commitment, MemberId, Money, Month, PaymentDetail, Refusal, State, Status, Totals,
};
use crate::store::commitment::{Listed, Reliability};
use crate::store::{self, Slice};

/// Of how many commitments of a circle, the newest, a card names the supporters; all of its members are counted.
const NAMED: u64 = 40;

/// What one member may see of another, or of themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: MemberId,
    pub name: Called,
    /// What they say about themselves.
    pub about: Option<AboutMe>,
    pub status: Status,
    pub reliability: Reliability,
    /// What they ask for: the emergency first; a monthly collection beside it is paused.
    pub requests: Vec<Request>,
    /// How to pay them; nothing of it where they ask for nothing.
    pub payment: Option<Vec<PaymentDetail>>,
    /// The administrators have suspended them: nobody can help them meanwhile, so nothing of what they ask for is said.
    pub suspended: bool,
}

/// An open collection on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub collection: Collection,
    pub totals: Totals,
    pub missing: Money,
    /// A monthly collection beside an open emergency: it takes nothing now.
    pub paused: bool,
    pub circle: Circle,
    /// The viewer's own live commitment to it.
    pub mine: Option<Commitment>,
}

/// Who supports a collection now.
#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    /// How many members it has.
    pub size: u32,
    /// Those who did something last.
    pub named: Vec<Supporter>,
    /// How many of its members are not among these.
    pub unnamed: u32,
}

/// One member of a circle. To those who see what they give, each state that their help is in is one of these, and each month.
#[derive(Clone, Debug, PartialEq)]
pub struct Supporter {
    pub id: MemberId,
    pub name: Called,
    /// In which state, and how much in all: for the collection's owner and its circle only.
    pub gives: Option<(State, Money)>,
    /// The month that this was promised for, where it is none of what is asked for in this one.
    pub of_month: Option<Month>,
}

impl Card {
    /// The request that help goes to now.
    pub fn open_request(&self) -> Option<&Request> {
        self.requests.iter().find(|request| !request.paused)
    }

    /// All who are named on it.
    pub(super) fn named(&mut self) -> impl Iterator<Item = (MemberId, &mut Called)> {
        let circles = self.requests.iter_mut().flat_map(|request| &mut request.circle.named);
        [(self.id, &mut self.name)].into_iter().chain(circles.map(|one| (one.id, &mut one.name)))
    }
}

/// Whether a member may see another's card: their network does (to hold an invite to them makes an acquaintance), and
/// whoever has something unsettled with them. So do those who find them in the far circle, as long as they are in need.
pub async fn may_see(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<bool, Refused> {
    Ok(viewer == whose || store::sight::may_see(aid.tx, viewer, whose, aid.lately()).await?)
}

/// Refuses whoever may not see this member: to them there is nobody.
pub(super) async fn hold_seen(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<(), Refused> {
    if may_see(aid, viewer, whose).await? { Ok(()) } else { Err(Refusal::Unknown.into()) }
}

/// A member's card, for somebody who may see it.
pub async fn card(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<Card, Refused> {
    hold_seen(aid, viewer, whose).await?;
    let member = store::member::find(aid.tx, whose).await?.ok_or(Refusal::Unknown)?;
    let reliability = store::commitment::reliability(aid.tx, whose).await?;
    let suspended = member.suspended_at.is_some();
    let mut open = match suspended {
        true => Vec::new(),
        false => store::collection::open_of(aid.tx, whose).await?,
    };
    open.sort_by_key(|collection| std::cmp::Reverse(collection.kind.means_status()));
    let status = Status::of(open.iter().map(|collection| collection.kind));
    let ids = open.iter().map(|collection| collection.id);
    let mut totals: HashMap<_, Totals> = store::commitment::totals_of(aid.tx, ids, aid.month()).await?;

    let mut requests = Vec::new();
    // Two at the most: one of each kind.
    for collection in open {
        let totals = totals.remove(&collection.id).unwrap_or_default();
        let circle = circle(aid, viewer, &collection).await?;
        // Nobody helps themselves.
        let mine = match viewer == whose {
            true => None,
            false => store::commitment::live_of(aid.tx, collection.id, viewer).await?,
        };
        requests.push(Request {
            missing: totals.missing(collection.target),
            paused: collection.is_paused(status),
            totals,
            circle,
            mine,
            collection,
        });
    }
    let payment = payment::on_card(aid, whose, status).await?;
    let about = member.about.map(AboutMe::kept);
    let name = Called::from(member.name);
    let mut card = Card { id: whose, name, about, status, reliability, requests, payment, suspended };
    namesakes::tell_apart(aid, viewer, card.named().collect()).await?;
    Ok(card)
}

/// A member's own card.
pub async fn own_card(aid: &Aid<'_>, me: MemberId) -> Result<Card, Refused> {
    card(aid, me, me).await
}

/// Those who help with a collection, as this viewer may see them (section 6).
async fn circle(aid: &Aid<'_>, viewer: MemberId, collection: &Collection) -> Result<Circle, Refused> {
    let newest = Slice { skip: 0, take: NAMED };
    let listed = store::commitment::circle_listed(aid.tx, collection, aid.month_began(), newest).await?;
    let (size, is_member) = store::commitment::circle_size(aid.tx, collection, aid.month_began(), viewer).await?;
    let sees_sums = is_member || viewer == collection.owner;
    let mut known = HashSet::new();
    let members = listed.into_iter().map(|Listed { commitment, name, .. }| (commitment.supporter, name));
    let members: Vec<(MemberId, Called)> = members.filter(|(id, _)| known.insert(*id)).collect();
    let mut given = match sees_sums {
        true => store::commitment::circle_given(aid.tx, collection, aid.month_began(), known).await?,
        false => HashMap::new(),
    };
    let unnamed = size.saturating_sub(u32::try_from(members.len()).unwrap_or(u32::MAX));
    let mut named = Vec::new();
    for (id, name) in members {
        match given.remove(&id) {
            None => named.push(Supporter { id, name, gives: None, of_month: None }),
            Some(given) => named.extend(given.into_iter().map(|(state, sum, month)| Supporter {
                id,
                name: name.clone(),
                gives: Some((state, sum)),
                of_month: of_another_month(aid, collection, month),
            })),
        }
    }
    Ok(Circle { size, named, unnamed })
}

/// The month of help to this collection, where it counts for none of what is asked for now: it was confirmed late.
fn of_another_month(aid: &Aid<'_>, collection: &Collection, month: Month) -> Option<Month> {
    (collection.kind.is_of_a_month() && month != aid.month()).then_some(month)
}
