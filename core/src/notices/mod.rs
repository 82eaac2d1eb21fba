//! What happened, told: who is told what, with which choices. One file a topic.
//!
//! [`Notices`] turns the events of a turn into rows of the outbox, one for each recipient: a `Kind`
//! and the facts it speaks of, in which members have no names. They become words when they are sent, in the reader's language
//! ([`pages`]). A choice that answers a notice ("Confirm") carries the word that the notice goes by, and
//! works once, as long as the record still allows it ([`act`]).
//!
//! How soon, and whether at all, is for the reader to choose (`queue`), by what the kind is about ([`Category`]); what
//! waits for their answer can't be switched off.
//!
//! To add a notice: write its kind in the topic's file, with its category, say there for which event it is sent, and
//! give it words in `locales/*/notices.ftl`.
//!
//! [`Category`]: crate::domain::Category

mod administration;
mod answer;
mod chains;
mod circle;
mod clearing;
mod collections;
mod corrections;
mod daily;
mod digests;
mod facts;
mod groups;
mod guarantees;
mod help;
mod initiatives;
mod invites;
mod kind;
mod pages;
mod payment;
mod pools;
mod proposed;
mod queue;
mod reminders;
mod rings;
mod space;
mod telling;

use async_trait::async_trait;
use sea_orm::DbErr;

pub use administration::{announce_next, announcement};
pub use answer::{Did, Done, about, act, agrees, has_offered, is_over, moves, share_read};
pub use clearing::{clearing_to_come, tell_of_set_off};
pub use daily::daily_message;
pub use digests::{month_digests, settle_digests};
pub use facts::Names;
pub use groups::{group_post, group_posts, names_in_posts};
pub use initiatives::remind_voters;
pub use kind::{category, names, tells_anew};
pub use pages::{page, pages};
pub use payment::{payment_lines, with_copies};
pub use proposed::{vote_for, vote_of};
pub use reminders::{date_reminder, promise_reminders};
pub use space::SpaceLeft;
pub use telling::tell_next;

use facts::{Fact, Facts, facts};
use kind::Kind;

use crate::aid::{Aid, Tells};
use crate::domain::{About, CollectionId, CollectionKind, Event, Help, MemberId, guarantee};
use crate::store;
use exodus_engine::conversation::Fault;

/// One notice to one member, before it is stored.
struct Told {
    to: MemberId,
    kind: &'static str,
    facts: Facts,
    about: Option<About>,
}

impl Told {
    /// The same, which speaks of one thing more.
    fn with(mut self, name: &str, fact: impl Into<Fact>) -> Told {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }
}

/// Tells members what happened, for [`aid::unit`](crate::aid::unit).
pub struct Notices;

#[async_trait]
impl Tells for Notices {
    async fn tell(&self, aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault> {
        tell(aid, events).await
    }
}

/// Queues what those concerned are told of these events: one row for each recipient. Where these are very many, they are
/// noted here, and queued in steps by the calendar.
async fn tell(aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault> {
    let mut notices: Vec<queue::Notice> = Vec::new();
    let helped = events.iter().filter_map(|event| Some(event.help()?.collection));
    let kinds = store::collection::kinds_of(aid.tx, helped).await?;
    let cases = kinds.iter().filter(|(_, kind)| **kind == CollectionKind::Case).map(|(id, _)| *id);
    let pools = store::pool::case::pools_of(aid.tx, cases.collect()).await?;
    let voted_for = |help: Help| kinds.get(&help.collection).is_some_and(|kind| kind.asks_for_votes());
    for event in events.iter().filter(|event| !is_moved(event, events)) {
        let mut told = Vec::new();
        match event.help().filter(|help| voted_for(*help)) {
            Some(help) => told.extend(initiatives::tell_of_vote(event, help)),
            None => {
                let pool = event.help().and_then(|help| pools.get(&help.collection));
                told.extend(help::tell(event).map(|told| pools::of_case(told, pool.copied())));
                told.extend(circle::tell(aid, event).await?);
            }
        }
        told.extend(initiatives::tell(aid, event).await?);
        told.extend(collections::tell(aid, event).await?);
        told.extend(rings::tell(aid, event).await?);
        told.extend(invites::tell(event));
        told.extend(guarantees::tell(event));
        told.extend(administration::tell(aid, event).await?);
        told.extend(pools::tell(aid, event).await?);
        told.extend(chains::tell(event));
        let record = record_of(event);
        notices.extend(told.into_iter().map(|told| queue::Notice { record: record.clone(), ..told.into() }));
    }
    notices.extend(pools::tell_keepers(aid, events).await?.into_iter().map(queue::Notice::from));
    queue::queue(aid, notices).await?;
    groups::tell(aid, events).await
}

/// The record that an event is about, as notices of it are known by it: of a part that is one with an obligation again, the
/// obligation.
fn record_of(event: &Event) -> Option<String> {
    let whole = match event {
        Event::NotReceived { whole, .. } | Event::TakenBack { whole, .. } => *whole,
        _ => None,
    };
    if let Some((one, other)) = event.guarantee() {
        return Some(guarantee::record(one, other));
    }
    match event {
        // What somebody wrote, and a date against a sum, are no later words of one another.
        Event::InitiativeNews { news, .. } => return Some(format!("initiative-news/{news}")),
        Event::InitiativeLowered { collection, .. } => return Some(format!("initiative-sum/{collection}")),
        Event::InitiativeProlonged { collection, .. } => return Some(format!("initiative-date/{collection}")),
        _ => {}
    }
    match (whole.or(event.help()), event.collection()) {
        (Some(help), _) => Some(format!("commitment/{}", help.commitment)),
        (None, Some(collection)) => Some(format!("collection/{collection}")),
        (None, None) => {
            let chain = event.passing().map(|passing| format!("chain/{}", passing.chain));
            chain.or_else(|| event.case().map(|case| format!("case/{case}")))
        }
    }
}

/// An intention that was moved to an emergency, or has made way for what is owed instead of another, is not withdrawn in the eyes
/// of anybody: they are told of the obligation that stands in its place.
fn is_moved(event: &Event, events: &[Event]) -> bool {
    let Event::Withdrawn { help: before } = event else { return false };
    events.iter().any(|event| match event {
        Event::Declared { help, .. } | Event::OwedInstead { help, .. } => {
            (help.supporter, help.receiver) == (before.supporter, before.receiver)
        }
        _ => false,
    })
}

/// The members of a collection's circle who hear of each other, as it is after what happened.
async fn circle_of(aid: &Aid<'_>, collection: CollectionId) -> Result<Vec<MemberId>, DbErr> {
    store::commitment::hearing(aid.tx, collection, aid.month_began()).await
}
