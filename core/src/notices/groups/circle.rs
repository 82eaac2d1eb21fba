//! What is told in the group of somebody's circle: each new intention, promise and fulfilment, by whom, but not how much; and
//! what becomes of the collection.

use std::collections::BTreeSet;

use super::{Fact, Post, facts};
use crate::aid::Aid;
use crate::domain::{CollectionKind, Event, GroupOf, Help, MemberId, State};
use crate::store;
use exodus_engine::conversation::Fault;

pub(super) const POSTS: &[&str] = &[
    "group-intention",
    "group-promise",
    "group-fulfilled",
    "group-opened-monthly",
    "group-opened-emergency",
    "group-ended-monthly",
    "group-ended-emergency",
];

/// Whose groups it concerns: it is to be seen on their card, or posted there.
pub(super) fn concerns(event: &Event) -> Option<GroupOf> {
    owner(event).map(GroupOf::Circle)
}

/// On whose card it is to be seen.
fn owner(event: &Event) -> Option<MemberId> {
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

/// What their groups read of it, and whose cards show something else by now.
pub(super) async fn told(aid: &Aid<'_>, events: &[Event]) -> Result<(Vec<Post>, BTreeSet<GroupOf>), Fault> {
    // What a pool has shared out, and what is voted for, is no affair of the circle.
    let kinds = store::collection::kinds_of(aid.tx, events.iter().filter_map(Event::collection)).await?;
    let is_of_circle = |event: &&Event| {
        let kind = event.collection().and_then(|id| kinds.get(&id));
        event.help().is_none() || kind.is_none_or(|kind| kind.has_circle())
    };
    let of_circles = || events.iter().filter(is_of_circle);
    let changed = of_circles().filter_map(owner).map(GroupOf::Circle).collect();
    // What becomes of a collection that is held back is between its sides.
    let owners: BTreeSet<MemberId> = events.iter().filter_map(owner).collect();
    let held = store::member::suspended_among(aid.tx, owners).await?;
    let posts = of_circles().filter(|event| owner(event).is_some_and(|it| !held.contains(&it))).filter_map(post);
    Ok((posts.collect(), changed))
}

fn post(event: &Event) -> Option<Post> {
    let of_help = |kind, help: Help| {
        let facts = facts([("name", Fact::Member(help.supporter)), ("friend", Fact::Member(help.receiver))]);
        Some(Post { of: GroupOf::Circle(help.receiver), kind, facts })
    };
    match *event {
        Event::Declared { help, state: State::Obligation } => of_help("group-promise", help),
        Event::Declared { help, .. } => of_help("group-intention", help),
        Event::Promised { help } => of_help("group-promise", help),
        Event::Confirmed { help, .. } => of_help("group-fulfilled", help),
        Event::CollectionOpened { owner, kind, target, ends_on, .. } => {
            let mut facts = facts([("name", Fact::Member(owner)), ("sum", target.into())]);
            facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
            let kind = match kind {
                CollectionKind::Monthly => "group-opened-monthly",
                CollectionKind::Emergency => "group-opened-emergency",
                CollectionKind::Case | CollectionKind::Initiative => return None,
            };
            Some(Post { of: GroupOf::Circle(owner), kind, facts })
        }
        Event::CollectionEnded { owner, kind, target, gathered, supporters, .. } => {
            let facts = facts([
                ("name", Fact::Member(owner)),
                ("sum", target.into()),
                ("gathered", gathered.into()),
                ("count", supporters.into()),
            ]);
            let kind = if kind.is_of_a_month() { "group-ended-monthly" } else { "group-ended-emergency" };
            Some(Post { of: GroupOf::Circle(owner), kind, facts })
        }
        _ => None,
    }
}
