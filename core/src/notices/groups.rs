//! What is told in the group of somebody's circle: each new intention, promise and fulfilment, by whom, but not how much; and
//! what becomes of the collection. Whatever changes the group's card has it shown as it is now.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::facts::names_in_public;
use super::{Fact, Facts, Names, facts};
use crate::aid::Aid;
use crate::domain::{CollectionId, CollectionKind, Ending, Event, Help, MemberId, State};
use crate::store;
use exodus_engine::conversation::{Fault, Page, Tell};
use exodus_engine::locale::Msg;

/// The kinds of posts.
pub const GROUP_POSTS: [&str; 10] = [
    "group-intention",
    "group-promise",
    "group-fulfilled",
    "group-opened-monthly",
    "group-opened-emergency",
    "group-ended-monthly",
    "group-ended-emergency",
    "group-initiative-proposed",
    "group-initiative-reached",
    "group-initiative-not-reached",
];

/// Tells the groups of those whose collections these events are about, if they have any.
pub(super) async fn tell(aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault> {
    let owners: BTreeSet<MemberId> = events.iter().filter_map(owner_of).collect();
    let chats = store::chat::of_keepers(aid.tx, owners.iter().copied()).await?;
    if chats.is_empty() {
        return Ok(());
    }
    // What a pool has shared out, and what is voted for, is no affair of the circle.
    let kinds = store::collection::kinds_of(aid.tx, events.iter().filter_map(Event::collection)).await?;
    let is_of_circle = |event: &&Event| {
        let is_help = event.help().is_some();
        event.collection().and_then(|id| kinds.get(&id)).is_none_or(|kind| !is_help || kind.has_circle())
    };
    let changed: BTreeSet<MemberId> = events.iter().filter(is_of_circle).filter_map(changes_card_of).collect();
    // What becomes of a collection that is held back is between its sides.
    let held = store::member::suspended_among(aid.tx, owners).await?;
    let mut posts = Vec::new();
    for (owner, kind, facts) in
        events.iter().filter(is_of_circle).filter_map(post).filter(|(owner, ..)| !held.contains(owner))
    {
        let facts = serde_json::to_string(&facts).unwrap_or_default();
        let groups = chats.iter().filter(|chat| chat.keeper == owner);
        posts.extend(groups.map(|chat| Tell::new(chat.reader, kind).of(facts.clone())));
    }
    aid.moment().tell(posts).await?;
    let changed: Vec<_> = chats.into_iter().filter(|chat| changed.contains(&chat.keeper)).collect();
    aid.moment().refresh(&changed).await
}

/// A post as a page, with the names of now; none of what is no post, or can't be read.
pub fn group_post(kind: &str, facts: &str, names: &Names) -> Option<Page> {
    let key = GROUP_POSTS.into_iter().find(|post| *post == kind)?;
    let facts: Facts = serde_json::from_str(facts).ok()?;
    let says = facts.iter().fold(Msg::new(key), |says, (name, fact)| says.with(name.clone(), fact.said(names)));
    Some(Page::new(says))
}

/// What members and initiatives are called of which these posts speak, each post as the facts that it has and beside whoever
/// knows all whom it names. A few queries, however many they are.
///
/// # Errors
/// The database does not answer.
pub async fn names_in_posts(aid: &Aid<'_>, posts: &[(MemberId, &str)]) -> Result<Names, DbErr> {
    let read = posts.iter().map(|(reader, facts)| (*reader, serde_json::from_str::<Facts>(facts).unwrap_or_default()));
    let read: Vec<(MemberId, Facts)> = read.collect();
    let initiatives = read.iter().flat_map(|(_, facts)| facts.values()).filter_map(|fact| fact.initiative()).collect();
    let named = read.into_iter().map(|(reader, facts)| (reader, facts.values().filter_map(|it| it.member()).collect()));
    names_in_public(aid, named).await?.telling(aid.tx, initiatives, BTreeSet::new()).await
}

/// Whose groups it concerns: it is to be seen on the card, or posted.
fn owner_of(event: &Event) -> Option<MemberId> {
    match event {
        Event::InitiativeProposed { owner, .. }
        | Event::InitiativeReached { owner, .. }
        | Event::InitiativeEnded { owner, ending: Ending::Expired, .. } => Some(*owner),
        event => changes_card_of(event),
    }
}

/// On whose card it is to be seen.
fn changes_card_of(event: &Event) -> Option<MemberId> {
    match event {
        Event::Reminded { .. }
        | Event::AskedToPromise { .. }
        | Event::AskedToFulfil { .. }
        | Event::AskedToWrite { .. }
        | Event::SharePromised { .. } => None,
        Event::CollectionOpened { owner, .. }
        | Event::CollectionEnded { owner, .. }
        | Event::TargetChanged { owner, .. }
        | Event::DateChanged { owner, .. } => Some(*owner),
        event => event.help().map(|help| help.receiver),
    }
}

/// Whose groups read of it, and what.
fn post(event: &Event) -> Option<(MemberId, &'static str, Facts)> {
    let of_help = |kind, help: Help| {
        let facts = facts([("name", Fact::Member(help.supporter)), ("friend", Fact::Member(help.receiver))]);
        Some((help.receiver, kind, facts))
    };
    match *event {
        Event::Declared { help, state: State::Obligation } => of_help("group-promise", help),
        Event::Declared { help, .. } => of_help("group-intention", help),
        Event::Promised { help } => of_help("group-promise", help),
        Event::Confirmed { help, .. } => of_help("group-fulfilled", help),
        Event::CollectionOpened { owner, kind, target, ends_on, .. } => {
            let mut facts = facts([("name", Fact::Member(owner)), ("sum", target.into())]);
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            let post = match kind {
                CollectionKind::Monthly => "group-opened-monthly",
                CollectionKind::Emergency => "group-opened-emergency",
                CollectionKind::Case | CollectionKind::Initiative => return None,
            };
            Some((owner, post, facts))
        }
        Event::CollectionEnded { owner, kind, target, gathered, supporters, .. } => {
            let facts = facts([
                ("name", Fact::Member(owner)),
                ("sum", target.into()),
                ("gathered", gathered.into()),
                ("count", supporters.into()),
            ]);
            let post = if kind.is_of_a_month() { "group-ended-monthly" } else { "group-ended-emergency" };
            Some((owner, post, facts))
        }
        Event::InitiativeProposed { collection, owner, target, ends_on } => {
            let mut facts = of_initiative(collection, owner);
            facts.insert("sum".to_owned(), target.into());
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            Some((owner, "group-initiative-proposed", facts))
        }
        Event::InitiativeReached { collection, owner, voted, by, .. } => {
            let mut facts = of_initiative(collection, owner);
            facts.extend([("voted".to_owned(), voted.into()), ("date".to_owned(), by.into())]);
            Some((owner, "group-initiative-reached", facts))
        }
        Event::InitiativeEnded { collection, owner, ending: Ending::Expired, target, voted, .. } => {
            let mut facts = of_initiative(collection, owner);
            facts.extend([("sum".to_owned(), target.into()), ("voted".to_owned(), voted.into())]);
            Some((owner, "group-initiative-not-reached", facts))
        }
        _ => None,
    }
}

fn of_initiative(collection: CollectionId, owner: MemberId) -> Facts {
    facts([("title", Fact::Initiative(collection)), ("name", Fact::Member(owner))])
}
