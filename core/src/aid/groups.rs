//! Groups, whatever they are of; and the group of somebody's circle: binding it, and what is shown there. Whoever is in it need not be of the circle, so they
//! see what everybody else does: who helps and what is missing, not who gives how much.

use std::collections::{BTreeSet, HashMap};

use sea_orm::DbErr;

use super::{Aid, Card, Circle, Reading, Refused, Request, Supporter, Work, invites, namesakes};
use crate::domain::{Called, CollectionId, GroupOf, MemberId, Refusal, Status, Totals};
use crate::store::chat::Chat;
use crate::store::commitment::Reliability;
use crate::store::{self, chat};
use exodus_engine::conversation::{Binding, Group};
use exodus_engine::id::PersonId;

/// The notice that is the live card of a circle's group.
pub const GROUP_CARD: &str = GroupOf::CIRCLE;

/// How many groups a member can bind: each of them hears of everything that happens.
pub const MOST_GROUPS: usize = 5;

/// How many supporters are named there; all are counted.
const NAMED: u64 = 20;

/// What came of binding a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Bound,
    /// They ask for nothing.
    NothingOpen,
    /// They have bound as many as a member can.
    TooMany,
}

/// Binds a group that is nobody's to the member's circle. An invite to their card, which leads from there to them, is made
/// if they have none; it is theirs to revoke.
pub async fn bind_circle(aid: &Work<'_>, who: MemberId, at: (&str, Group<'_>), lang: &str) -> Result<Bound, Refused> {
    if store::member::is_suspended(aid.tx, who).await? {
        return Err(Refusal::Suspended.into());
    }
    if store::collection::open_of(aid.tx, who).await?.is_empty() {
        return Ok(Bound::NothingOpen);
    }
    let bound = bind(aid, who, GroupOf::Circle(who), at, lang).await?;
    if bound == Bound::Bound {
        invites::invite(aid, who, who).await?;
    }
    Ok(bound)
}

/// Binds a group that is nobody's to what this member keeps, unless they have bound as many as one may.
pub(super) async fn bind(
    aid: &Work<'_>,
    keeper: MemberId,
    of: GroupOf,
    (messenger, group): (&str, Group<'_>),
    lang: &str,
) -> Result<Bound, Refused> {
    let mut kept = chat::of_keepers(aid.tx, [keeper]).await?;
    let over = over_among(aid, &kept).await?;
    kept.retain(|chat| !over.contains(&chat.reader));
    if kept.len() >= MOST_GROUPS {
        return Ok(Bound::TooMany);
    }
    let binding = Binding { keeper, lang, card: of.card(), about: Some(of.number()) };
    aid.moment().bind(messenger, group, binding).await?;
    Ok(Bound::Bound)
}

/// What this group is of, if this release knows it.
pub fn what_of(chat: &Chat) -> Option<GroupOf> {
    store::group::what_of(chat)
}

/// Whether a group is free for something else: the initiative that it is of is over, and its card says how it ended.
pub async fn is_free(aid: &Aid<'_>, chat: &Chat) -> Result<bool, DbErr> {
    Ok(!over_among(aid, std::slice::from_ref(chat)).await?.is_empty())
}

/// Those of these groups whose initiative is over. One query.
async fn over_among(aid: &Aid<'_>, chats: &[Chat]) -> Result<BTreeSet<PersonId>, DbErr> {
    let of = |chat: &Chat| match what_of(chat) {
        Some(GroupOf::Initiative(id)) => Some((id, chat.reader)),
        _ => None,
    };
    let of: Vec<(CollectionId, PersonId)> = chats.iter().filter_map(of).collect();
    let ids: BTreeSet<CollectionId> = of.iter().map(|(id, _)| *id).collect();
    let initiatives = store::collection::find_many(aid.tx, &ids.into_iter().collect::<Vec<_>>()).await?;
    let open: BTreeSet<CollectionId> = initiatives.iter().filter(|one| one.is_open()).map(|one| one.id).collect();
    Ok(of.into_iter().filter(|(id, _)| !open.contains(id)).map(|(_, reader)| reader).collect())
}

/// Those of these readers that are groups, whose circle it is among what is known of them.
pub async fn group_chats(aid: &Aid<'_>, readers: BTreeSet<PersonId>) -> Result<HashMap<PersonId, Chat>, DbErr> {
    chat::by_reader(aid.tx, readers).await
}

/// The cards of these members as everybody sees them who has no part in their circle, and then neither how they keep their
/// promises, what they say of themselves, nor how to pay them. A few queries, however many they are.
pub async fn public_cards(aid: &Aid<'_>, members: &BTreeSet<MemberId>) -> Result<HashMap<MemberId, Card>, DbErr> {
    let names = store::member::names(aid.tx, members.iter().copied()).await?;
    let mut open = store::collection::open_of_many(aid.tx, members.iter().copied()).await?;
    let ids: Vec<CollectionId> = open.values().flatten().map(|collection| collection.id).collect();
    let mut totals: HashMap<_, Totals> = store::commitment::totals_of(aid.tx, ids.iter().copied(), aid.month()).await?;
    let mut circles = store::commitment::circles_named(aid.tx, &ids, aid.month_began(), NAMED).await?;
    let held = store::member::suspended_among(aid.tx, members.iter().copied()).await?;
    let mut cards = HashMap::new();
    for (id, name) in names {
        let suspended = held.contains(&id);
        // Nobody can help them meanwhile, so nothing of what they ask for is said.
        let mut open = open.remove(&id).filter(|_| !suspended).unwrap_or_default();
        open.sort_by_key(|collection| std::cmp::Reverse(collection.kind.means_status()));
        let status = Status::of(open.iter().map(|collection| collection.kind));
        let request = |collection: crate::domain::Collection| {
            let totals = totals.remove(&collection.id).unwrap_or_default();
            let (size, named) = circles.remove(&collection.id).unwrap_or_default();
            let named: Vec<Supporter> = named
                .into_iter()
                .map(|(id, name)| Supporter { id, name: name.into(), gives: None, of_month: None })
                .collect();
            let unnamed = size.saturating_sub(u32::try_from(named.len()).unwrap_or(u32::MAX));
            Request {
                missing: totals.missing(collection.target),
                paused: collection.is_paused(status),
                totals,
                circle: Circle { size, named, unnamed },
                mine: None,
                collection,
            }
        };
        let requests = open.into_iter().map(request).collect();
        let reliability = Reliability::default();
        let name = Called::from(name);
        cards.insert(id, Card { id, name, about: None, status, reliability, requests, payment: None, suspended });
    }
    // As their owner knows them; but nobody else is named, whom others in the group may not know.
    let reading = |(reader, card): (&MemberId, &mut Card)| {
        let named = card.named().map(|(id, called)| (id, called.as_str().to_owned())).collect();
        Reading { reader: *reader, is_public: true, named }
    };
    let readings: Vec<Reading> = cards.iter_mut().map(reading).collect();
    let marks = namesakes::told_apart(aid, &readings).await?;
    for (reader, card) in &mut cards {
        card.named().for_each(|(id, called)| called.mark(marks.get(&(*reader, id)).cloned()));
    }
    Ok(cards)
}

/// The tokens of the standing invites that these members have made to their own cards. One query.
pub async fn own_tokens(
    aid: &Aid<'_>,
    members: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, String>, DbErr> {
    store::invite::own_tokens(aid.tx, members).await
}

/// The card of a group is shown in a new message, in this place of it.
pub async fn show_card_anew(aid: &Work<'_>, chat: &Chat, place: Option<&str>) -> Result<(), Refused> {
    Ok(aid.moment().show_card_anew(chat, place).await?)
}

/// A member is called otherwise, takes part otherwise, or is none any more: the cards on which their name stands, or they are
/// counted, follow.
pub async fn named_anew(aid: &Work<'_>, member: MemberId) -> Result<(), Refused> {
    let circles = store::commitment::helped_by(aid.tx, member).await?.into_iter().chain([member]);
    let pools = store::pool::member::rows_of(aid.tx, member).await?.into_iter().map(|row| row.pool_id);
    let initiatives = store::initiative::rows_of(aid.tx, member).await?.into_iter().map(|row| row.collection_id);
    let of_groups = circles.map(GroupOf::Circle).chain(pools.map(GroupOf::Pool));
    let these: Vec<GroupOf> = of_groups.chain(initiatives.map(GroupOf::Initiative)).collect();
    let chats: Vec<Chat> = store::group::of(aid.tx, these).await?.into_iter().map(|(_, chat)| chat).collect();
    Ok(aid.moment().refresh(&chats).await?)
}

/// How many groups show the card of this.
pub(super) async fn count_of(aid: &Aid<'_>, of: GroupOf) -> Result<usize, DbErr> {
    Ok(store::group::of(aid.tx, [of]).await?.len())
}

/// This is kept in no group any more: its cards are taken away. Says how many there were.
pub(super) async fn let_go_of(aid: &Work<'_>, of: GroupOf) -> Result<usize, Refused> {
    let chats: Vec<Chat> = store::group::of(aid.tx, [of]).await?.into_iter().map(|(_, chat)| chat).collect();
    aid.moment().let_go(&chats).await?;
    Ok(chats.len())
}

/// A member keeps no groups any more: their cards are taken away.
pub async fn let_groups_go(aid: &Work<'_>, member: MemberId) -> Result<(), Refused> {
    let chats = chat::of_keepers(aid.tx, [member]).await?;
    Ok(aid.moment().let_go(&chats).await?)
}
