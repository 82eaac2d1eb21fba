//! What the end of a month does to commitments.
//!
//! 1. Intentions to monthly collections lapse. Those on hold can't have been promised, so they
//!    don't: they are brought over into the new month. So are votes for an initiative, which lasts
//!    as long as it does.
//! 2. Obligations and claims of monthly collections, and those left of ended emergencies, become
//!    overdue. Those of an open emergency or initiative go on, and so do those whose supporter has an emergency
//!    of their own: they are put off, and brought over.
//! 3. What was fulfilled in the month becomes an intention of the same sum for the new month, if
//!    the monthly collection is still open; of one pair, one intention of their sum.
//!
//! What was fulfilled late belongs to an earlier month and is not carried over. A pair has at most
//! one live commitment, so the carried sum is added to an intention that was brought over, and is
//! left out beside an obligation or claim that was, or beside what the supporter has already
//! declared for the new month: their own later word counts.

use std::collections::BTreeMap;

use super::commitment::{Commitment, State};
use super::deed::{Outcome, Standing};
use super::event::Event;
use super::kind::CollectionKind;
use super::status::Status;
use super::{CollectionId, MemberId, Money, Month};

/// A commitment, and what has to be known to close its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The commitment.
    pub commitment: Commitment,
    /// The kind of its collection.
    pub kind: CollectionKind,
    /// Whether its collection is still open.
    pub open: bool,
    /// The status of the receiver.
    pub receiver: Status,
    /// The status of the supporter.
    pub supporter: Status,
}

/// A new intention from what was fulfilled in the month that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The collection it helps.
    pub collection: CollectionId,
    /// Who helps.
    pub supporter: MemberId,
    /// Who is helped.
    pub receiver: MemberId,
    /// As much as was fulfilled.
    pub sum: Money,
    /// The new month.
    pub month: Month,
}

/// What the end of a month made true.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closed {
    /// Every commitment that changed, as it is from now on, and what happened to it.
    pub changed: Vec<Outcome>,
    /// The new intentions.
    pub carried: Vec<Carried>,
}

/// Closes a month.
///
/// `entries` are all live commitments and all that were fulfilled in the month, in any order.
/// Whatever else is among them is left alone. After it no live commitment is of the month that
/// ended, so that closing it a second time changes nothing.
pub fn close(ended: Month, entries: &[Entry]) -> Closed {
    let mut fulfilled = fulfilled_by_pair(ended, entries);
    let mut changed = Vec::new();
    for entry in entries.iter().filter(|entry| entry.commitment.state.is_live()) {
        let pair = pair_of(&entry.commitment);
        if entry.commitment.month > ended {
            fulfilled.remove(&pair);
            continue;
        }
        let fate = fate(entry);
        // What an earlier month left behind ends with this one.
        let mut commitment = Commitment { state: fate, month: ended, ..entry.commitment.clone() };
        if fate.is_live() {
            commitment.month = ended.next();
            let carried = fulfilled.remove(&pair);
            if let (State::Intention, Some(carried)) = (fate, carried) {
                commitment.sum = commitment.sum.saturating_add(carried.sum);
            }
        }
        let event = event(&commitment, ended);
        changed.push(Outcome::alone(commitment, event));
    }
    Closed { changed, carried: fulfilled.into_values().collect() }
}

/// Whether the end of the month would end this: make it lapse, or go overdue.
pub fn ends_with_month(entry: &Entry) -> bool {
    entry.commitment.state.is_live() && fate(entry) != entry.commitment.state
}

/// The state in which a live commitment leaves its month.
fn fate(entry: &Entry) -> State {
    let standing = Standing::of(entry.kind, entry.receiver, entry.supporter);
    let goes_on = !entry.kind.is_of_a_month() && entry.open;
    match entry.commitment.state {
        State::Intention if !standing.on_hold && !goes_on => State::Lapsed,
        State::Obligation if !standing.put_off && !goes_on => State::Overdue,
        State::Claimed if !standing.put_off && !goes_on => State::OverdueClaimed,
        unchanged => unchanged,
    }
}

fn event(commitment: &Commitment, ended: Month) -> Event {
    let (help, state) = (commitment.help(), commitment.state);
    match state {
        State::Lapsed => Event::Lapsed { help, month: ended },
        State::Overdue | State::OverdueClaimed => Event::WentOverdue { help, state, month: ended },
        _ => Event::BroughtOver { help, state, month: commitment.month },
    }
}

/// What each pair fulfilled in the month for a monthly collection that is still open.
fn fulfilled_by_pair(ended: Month, entries: &[Entry]) -> BTreeMap<(CollectionId, MemberId), Carried> {
    let mut pairs = BTreeMap::new();
    for Entry { commitment, kind, open, .. } in entries {
        let counts = commitment.state == State::Fulfilled && commitment.month == ended;
        if !counts || !open || !kind.is_of_a_month() {
            continue;
        }
        let carried = pairs.entry(pair_of(commitment)).or_insert(Carried {
            collection: commitment.collection,
            supporter: commitment.supporter,
            receiver: commitment.receiver,
            sum: Money::ZERO,
            month: ended.next(),
        });
        carried.sum = carried.sum.saturating_add(commitment.sum);
    }
    pairs
}

fn pair_of(commitment: &Commitment) -> (CollectionId, MemberId) {
    (commitment.collection, commitment.supporter)
}

#[cfg(test)]
#[path = "month_close_tests.rs"]
mod tests;
