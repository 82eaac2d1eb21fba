//! What happened, told: who is told what, with which choices. One file a topic.
//!
//! [`tell`] turns the events of a turn into rows of the outbox, one for each recipient: a [`Kind`]
//! and the facts it speaks of. They become words when they are sent, in the reader's language
//! ([`page`]). A choice that answers a notice ("Confirm") carries the word that the notice goes by, and
//! works once, as long as the record still allows it ([`act`]).
//!
//! How soon, and whether at all, is for the reader to choose (`queue`), by what the kind is about ([`Category`]); what
//! waits for their answer can't be switched off.
//!
//! To add a notice: write its kind in the topic's file, with its category, say there for which event it is sent, and
//! give it words in `locales/*/notices.ftl`.
//!
//! [`Category`]: crate::domain::Category
//! [`Kind`]: kind::Kind

mod answer;
mod circle;
mod collections;
mod corrections;
mod daily;
mod digests;
mod help;
mod invites;
mod kind;
mod queue;
mod reminders;
mod rings;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::DbErr;

pub use answer::{Did, Done, about, act, is_over};
pub use daily::daily_message;
pub use digests::{month_digests, settle_digests};
pub use kind::{category, names};
pub use reminders::{date_reminder, promise_reminders};
pub use telling::tell_next;

use kind::{Kind, kind};

use crate::aid::Aid;
use crate::domain::{About, CollectionId, DeedKind, Event, MemberId};
use crate::store;
use exodus_engine::conversation::{Choice, Fault, Page};
use exodus_engine::locale::{Arg, Msg};

/// What a notice speaks of, by the names that its message uses.
type Facts = BTreeMap<String, Arg>;

/// One notice to one member, before it is stored.
struct Told {
    to: MemberId,
    kind: &'static str,
    facts: Facts,
    about: Option<About>,
}

/// A notice of the outbox as a page; `None` if this release does not know its kind or its facts.
pub fn page(name: &str, facts: &str, about: Option<About>) -> Option<Page> {
    let kind = kind(name)?;
    let page = match kind.view {
        Some(view) => view(facts)?,
        None => {
            let facts: Facts = serde_json::from_str(facts).ok()?;
            Page::new(sentence(kind, &facts)).about(about_whom(&facts))
        }
    };
    let rows = about.map(|about| kind.choices(about)).unwrap_or_default();
    let page = rows.into_iter().fold(page, Page::row);
    let confirm = DeedKind::Confirm.as_str();
    let confirms =
        page.rows.iter().flatten().any(|choice| matches!(choice, Choice::Do { name, .. } if name == confirm));
    Some(if confirms { page.where_yes_is(confirm) } else { page })
}

/// What a notice of one sentence says.
fn sentence(kind: &Kind, facts: &Facts) -> Msg {
    facts.iter().fold(Msg::new(kind.says), |says, (name, fact)| says.with(name.clone(), fact.clone()))
}

/// The name of whoever a notice is about; empty, when it is about nobody.
fn about_whom(facts: &Facts) -> &str {
    match facts.get("name") {
        Some(Arg::Words(name)) => name,
        _ => "",
    }
}

/// Queues what those concerned are told of these events: one row for each recipient. Where these are very many, they are
/// noted here, and queued in steps by the calendar.
pub async fn tell(aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault> {
    let names = names_in(aid, events).await?;
    let mut notices: Vec<queue::Notice> = Vec::new();
    for event in events.iter().filter(|event| !is_moved(event, events)) {
        let mut told = Vec::new();
        told.extend(help::tell(event, &names));
        told.extend(circle::tell(aid, event, &names).await?);
        told.extend(collections::tell(aid, event, &names).await?);
        told.extend(rings::tell(aid, event, &names).await?);
        told.extend(invites::tell(event, &names));
        let record = record_of(event);
        notices.extend(told.into_iter().map(|told| queue::Notice { record: record.clone(), ..told.into() }));
    }
    queue::queue(aid, notices).await
}

/// The record that an event is about, as notices of it are known by it.
fn record_of(event: &Event) -> Option<String> {
    match (event.help(), event.collection()) {
        (Some(help), _) => Some(format!("commitment/{}", help.commitment)),
        (None, Some(collection)) => Some(format!("collection/{collection}")),
        (None, None) => None,
    }
}

/// An intention that was moved to an emergency is not withdrawn in the eyes of anybody: they are
/// told of the obligation that it has become.
fn is_moved(event: &Event, events: &[Event]) -> bool {
    let Event::Withdrawn { help: before } = event else { return false };
    events.iter().any(|event| match event {
        Event::Declared { help, .. } => (help.supporter, help.receiver) == (before.supporter, before.receiver),
        _ => false,
    })
}

/// The names of members, by their ids.
type Names = std::collections::HashMap<MemberId, String>;

/// The names of all members that the events are about, in one query.
async fn names_in(aid: &Aid<'_>, events: &[Event]) -> Result<Names, DbErr> {
    let ids: BTreeSet<MemberId> = events.iter().flat_map(members_of).collect();
    store::member::names(aid.tx, ids).await
}

fn members_of(event: &Event) -> Vec<MemberId> {
    match event {
        Event::CollectionOpened { owner, .. }
        | Event::TargetChanged { owner, .. }
        | Event::DateChanged { owner, .. }
        | Event::RingReached { owner, .. }
        | Event::CollectionEnded { owner, .. } => vec![*owner],
        Event::InviteMade { member, invited_to } => vec![*member, *invited_to],
        event => event.help().map(|help| vec![help.supporter, help.receiver]).unwrap_or_default(),
    }
}

/// Facts by name, for a notice.
fn facts<const N: usize>(facts: [(&str, Arg); N]) -> Facts {
    facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

/// The name of a member, as people's words.
fn name(names: &Names, id: MemberId) -> Arg {
    Arg::Words(names.get(&id).cloned().unwrap_or_default())
}

/// The members of a collection's circle, as it is after what happened.
async fn circle_of(aid: &Aid<'_>, collection: CollectionId) -> Result<Vec<MemberId>, DbErr> {
    match store::collection::find(aid.tx, collection).await? {
        Some(collection) => store::commitment::circle(aid.tx, &collection, aid.month_began()).await,
        None => Ok(Vec::new()),
    }
}
