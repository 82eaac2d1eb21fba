//! What is told of an initiative: in its own groups what happens to it, and that somebody votes, promises and gives, but not who;
//! in those of its initiator's circle that there is one, and what came of its votes.

use std::collections::{BTreeSet, HashMap};

use super::{Fact, Facts, Post, facts};
use crate::aid::Aid;
use crate::domain::{CollectionId, Ending, Event, GroupOf, MemberId, State};
use crate::store;
use crate::store::initiative::Figures;
use exodus_engine::conversation::Fault;

pub(super) const POSTS: &[&str] = &[
    "group-initiative-proposed",
    "group-initiative-vote",
    "group-initiative-promise",
    "group-initiative-given",
    "group-initiative-lowered",
    "group-initiative-prolonged",
    "group-initiative-news",
    "group-initiative-reached",
    "group-initiative-not-reached",
    "group-initiative-cancelled",
    "group-initiative-closed",
    "group-initiative-promised",
    "group-initiative-nobody",
];

/// Where more vote for it, what the card counts is enough: a group is not told of each of so many.
const MOST_TOLD: u64 = 50;

/// Whose groups it concerns, if it is an initiative that the event is about.
pub(super) fn concerns(event: &Event) -> impl Iterator<Item = GroupOf> {
    let of_circle = match event {
        Event::InitiativeProposed { owner, .. }
        | Event::InitiativeReached { owner, .. }
        | Event::InitiativeEnded { owner, ending: Ending::Expired, .. } => Some(GroupOf::Circle(*owner)),
        _ => None,
    };
    changes(event).into_iter().chain(of_circle)
}

/// On which card it is to be seen.
pub(super) fn changes(event: &Event) -> Option<GroupOf> {
    event.collection().map(GroupOf::Initiative)
}

/// What groups read of it, among those `of` which there are any.
pub(super) async fn posts(aid: &Aid<'_>, events: &[Event], of: &BTreeSet<GroupOf>) -> Result<Vec<Post>, Fault> {
    let events: Vec<&Event> = events.iter().filter(|event| concerns(event).any(|one| of.contains(&one))).collect();
    // What becomes of one whose initiator is suspended is between its sides.
    let initiators: BTreeSet<MemberId> = events.iter().filter_map(|event| initiator(event)).collect();
    let held = store::member::suspended_among(aid.tx, initiators).await?;
    let told = events.into_iter().filter(|event| initiator(event).is_some_and(|owner| !held.contains(&owner)));
    let mut figures: HashMap<CollectionId, Figures> = HashMap::new();
    let mut posts = Vec::new();
    for event in told {
        if let Some(id) = taken_part_in(event, of)
            && !figures.contains_key(&id)
        {
            // One member acts on one initiative at a time.
            figures.insert(id, store::initiative::figures(aid.tx, id).await?);
        }
        posts.extend(of_circle(event));
        posts.extend(post(event, &figures));
    }
    Ok(posts)
}

fn initiator(event: &Event) -> Option<MemberId> {
    match event {
        Event::InitiativeProposed { owner, .. }
        | Event::InitiativeReached { owner, .. }
        | Event::InitiativeLowered { owner, .. }
        | Event::InitiativeProlonged { owner, .. }
        | Event::InitiativeNews { owner, .. }
        | Event::InitiativeEnded { owner, .. } => Some(*owner),
        event => event.help().map(|help| help.receiver),
    }
}

/// In which initiative somebody takes part by it, of which there are groups.
fn taken_part_in(event: &Event, of: &BTreeSet<GroupOf>) -> Option<CollectionId> {
    let (Event::Declared { help, .. } | Event::Promised { help } | Event::Confirmed { help, .. }) = event else {
        return None;
    };
    of.contains(&GroupOf::Initiative(help.collection)).then_some(help.collection)
}

/// What the groups of its initiator's circle read of it.
fn of_circle(event: &Event) -> Option<Post> {
    match *event {
        Event::InitiativeProposed { collection, owner, target, ends_on } => {
            let mut facts = about(collection);
            facts.extend([("name".to_owned(), Fact::Member(owner)), ("sum".to_owned(), target.into())]);
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            Some(Post { of: GroupOf::Circle(owner), kind: "group-initiative-proposed", facts })
        }
        Event::InitiativeReached { owner, .. } | Event::InitiativeEnded { owner, ending: Ending::Expired, .. } => {
            post(event, &HashMap::new()).map(|post| Post { of: GroupOf::Circle(owner), ..post })
        }
        _ => None,
    }
}

/// What its own groups read of it.
fn post(event: &Event, figures: &HashMap<CollectionId, Figures>) -> Option<Post> {
    let by_somebody = |collection: CollectionId, kind: &'static str| {
        figures.get(&collection).filter(|so_far| so_far.voters <= MOST_TOLD)?;
        Some((collection, kind, about(collection)))
    };
    let (collection, kind, facts) = match *event {
        Event::Declared { help, state: State::Intention } => by_somebody(help.collection, "group-initiative-vote")?,
        Event::Promised { help } => by_somebody(help.collection, "group-initiative-promise")?,
        Event::Confirmed { help, .. } => by_somebody(help.collection, "group-initiative-given")?,
        Event::InitiativeLowered { collection, from, to, .. } => {
            let mut facts = about(collection);
            facts.extend([("from".to_owned(), from.into()), ("sum".to_owned(), to.into())]);
            (collection, "group-initiative-lowered", facts)
        }
        Event::InitiativeProlonged { collection, to, .. } => {
            let mut facts = about(collection);
            facts.insert("date".to_owned(), to.into());
            (collection, "group-initiative-prolonged", facts)
        }
        Event::InitiativeNews { collection, news, .. } => {
            let mut facts = about(collection);
            facts.insert("news".to_owned(), Fact::News(news));
            (collection, "group-initiative-news", facts)
        }
        Event::InitiativeReached { collection, voted, by, .. } => {
            let mut facts = about(collection);
            facts.extend([("voted".to_owned(), voted.into()), ("date".to_owned(), by.into())]);
            (collection, "group-initiative-reached", facts)
        }
        Event::InitiativeEnded { collection, ending, target, voted, promised, .. } => {
            let mut facts = about(collection);
            let sums = [("sum", target), ("voted", voted), ("promised", promised)];
            facts.extend(sums.map(|(name, sum)| (name.to_owned(), sum.into())));
            let kind = match ending {
                Ending::Expired => "group-initiative-not-reached",
                Ending::Ended => "group-initiative-cancelled",
                Ending::Closed => "group-initiative-closed",
                Ending::Reached if promised.is_positive() => "group-initiative-promised",
                Ending::Reached => "group-initiative-nobody",
                // With its initiator its groups are gone.
                Ending::Left | Ending::Covered => return None,
            };
            (collection, kind, facts)
        }
        _ => return None,
    };
    Some(Post { of: GroupOf::Initiative(collection), kind, facts })
}

fn about(collection: CollectionId) -> Facts {
    facts([("title", Fact::Initiative(collection))])
}
