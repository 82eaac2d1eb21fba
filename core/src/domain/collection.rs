//! Requests for help: how they open, change and end, and what they still lack.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

use super::commitment::State;
use super::event::Event;
use super::kind::CollectionKind;
use super::refusal::Refusal;
use super::ring::Ring;
use super::status::Status;
use super::{CollectionId, MemberId, Money, Month};

/// How many days an emergency may last.
pub const DAYS: RangeInclusive<u32> = 1..=31;

/// How a collection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The confirmed sum of an emergency reached its target.
    Covered,
    /// The date of an emergency passed.
    Expired,
    /// Its owner ended it.
    Ended,
    /// Its owner left.
    Left,
    /// The votes for an initiative reached its sum, and its voters have promised what they will give.
    Reached,
    /// An administrator closed an initiative that broke the community's rules.
    Closed,
}

impl Ending {
    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Expired => "expired",
            Self::Ended => "ended",
            Self::Left => "left",
            Self::Reached => "reached",
            Self::Closed => "closed",
        }
    }

    /// All of them.
    pub const ALL: [Self; 6] = [Self::Covered, Self::Expired, Self::Ended, Self::Left, Self::Reached, Self::Closed];

    /// The ending of a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.as_str() == name)
    }
}

/// A request for help with a target sum. A member has at most one open of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Collection {
    /// Its number in the store.
    pub id: CollectionId,
    /// Who asks for help.
    pub owner: MemberId,
    /// What kind of help.
    pub kind: CollectionKind,
    /// How much: every month, or in all.
    pub target: Money,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The last day of an emergency or an initiative. A monthly collection has none.
    pub ends_on: Option<NaiveDate>,
    /// When an initiative had all the votes that it needs.
    pub reached_at: Option<DateTime<Utc>>,
    /// How it ended; nothing while it is open.
    pub ended: Option<Ending>,
    /// Who has been told of it.
    pub ring: Ring,
}

impl Collection {
    /// Whether it has not ended.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// A monthly collection is paused while its owner has an open emergency.
    pub fn is_paused(&self, owner: Status) -> bool {
        self.kind.is_paused_while(owner)
    }

    /// The date of an open emergency has passed: its last day is over.
    pub fn is_expired(&self, today: NaiveDate) -> bool {
        self.is_open() && self.ends_on.is_some_and(|last| today > last)
    }

    /// An open emergency has got, confirmed, what it asked for. It ends by this; a monthly
    /// collection goes on. To be asked after a confirmation and after a change of the target.
    pub fn is_covered(&self, confirmed: Money) -> bool {
        self.is_open() && self.kind.ends_when_covered() && is_covered(self.target, confirmed)
    }
}

/// Whether the confirmed sum has reached the target.
pub fn is_covered(target: Money, confirmed: Money) -> bool {
    confirmed >= target
}

/// A collection that may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// What kind of help.
    pub kind: CollectionKind,
    /// How much.
    pub target: Money,
    /// The last day of an emergency.
    pub ends_on: Option<NaiveDate>,
}

/// Opens a collection for a member whose open collections are of the kinds `open_kinds`.
///
/// An emergency lasts `days` (1 to 31) from `today`; a monthly collection has none. Refused: a
/// second one of the same kind, other days, a sum that is not positive.
pub fn open(
    kind: CollectionKind,
    open_kinds: &[CollectionKind],
    target: Money,
    today: NaiveDate,
    days: Option<u32>,
) -> Result<Opening, Refusal> {
    if open_kinds.contains(&kind) {
        return Err(Refusal::AlreadyOpen);
    }
    if !target.is_positive() {
        return Err(Refusal::NotPositive);
    }
    let ends_on = match (kind.has_date(), days) {
        (false, None) => None,
        (true, Some(days)) if (1..=kind.most_days()).contains(&days) => Some(after(today, days)?),
        _ => return Err(Refusal::Days),
    };
    Ok(Opening { kind, target, ends_on })
}

/// The days that reach to the end of this month, as one of the offers for an emergency; nothing on
/// the month's last day, because an emergency lasts a day at least.
pub fn days_to_month_end(today: NaiveDate) -> Option<u32> {
    let days = (Month::containing(today).last_day() - today).num_days();
    u32::try_from(days).ok().filter(|days| DAYS.contains(days))
}

/// What a change of a collection made true, and what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The collection as it is from now on.
    pub collection: Collection,
    /// What the journal and the notices tell of it.
    pub event: Event,
}

/// Lets the owner change the sum they ask for, also to less than is promised already.
///
/// Refused: anyone else, an ended collection, a sum that is not positive, the same sum.
pub fn change_target(collection: &Collection, who: MemberId, target: Money) -> Result<Update, Refusal> {
    check_owner(collection, who)?;
    if !target.is_positive() {
        return Err(Refusal::NotPositive);
    }
    if target == collection.target {
        return Err(Refusal::Unchanged);
    }
    Ok(Update {
        collection: Collection { target, ..collection.clone() },
        event: Event::TargetChanged {
            collection: collection.id,
            owner: collection.owner,
            kind: collection.kind,
            from: collection.target,
            to: target,
        },
    })
}

/// Lets the owner move the date of an emergency to `days` (1 to 31) from `today`.
///
/// Refused: anyone else, an ended collection, a monthly one, other days, the same date.
pub fn change_date(collection: &Collection, who: MemberId, today: NaiveDate, days: u32) -> Result<Update, Refusal> {
    check_owner(collection, who)?;
    if !collection.kind.has_date() {
        return Err(Refusal::Days);
    }
    let to = in_days(today, days)?;
    if collection.ends_on == Some(to) {
        return Err(Refusal::Unchanged);
    }
    Ok(Update {
        collection: Collection { ends_on: Some(to), ..collection.clone() },
        event: Event::DateChanged { collection: collection.id, owner: collection.owner, from: collection.ends_on, to },
    })
}

/// Ends a collection. `totals` are those of the whole emergency, or of this month.
///
/// `Ending::Ended` is the owner's to choose: check [`check_owner`] first. Refused: an ended one.
pub fn end(collection: &Collection, ending: Ending, totals: &Totals) -> Result<Update, Refusal> {
    if !collection.is_open() {
        return Err(Refusal::Ended);
    }
    Ok(Update {
        collection: Collection { ended: Some(ending), ..collection.clone() },
        event: Event::CollectionEnded {
            collection: collection.id,
            owner: collection.owner,
            kind: collection.kind,
            ending,
            target: collection.target,
            gathered: totals.fulfilled,
            supporters: totals.fulfilled_by,
        },
    })
}

/// What the end of its collection makes of a commitment in this state; nothing when it stands.
///
/// Intentions are cancelled. Obligations stand and have to be fulfilled, unless the emergency is
/// covered and needs them no more. Claims wait for the receiver in any case. What becomes of them all when its owner left is
/// another rule: [`when_one_leaves`](super::leaving::when_one_leaves).
pub fn how_it_ends(ending: Ending, state: State) -> Option<State> {
    match (ending, state) {
        (Ending::Left, _) => None,
        (_, State::Intention) | (Ending::Covered, State::Obligation) => Some(State::Cancelled),
        _ => None,
    }
}

/// Lets only the owner of an open collection pass.
pub fn check_owner(collection: &Collection, who: MemberId) -> Result<(), Refusal> {
    if who != collection.owner {
        Err(Refusal::NotYours)
    } else if !collection.is_open() {
        Err(Refusal::Ended)
    } else {
        Ok(())
    }
}

fn in_days(today: NaiveDate, days: u32) -> Result<NaiveDate, Refusal> {
    if !DAYS.contains(&days) {
        return Err(Refusal::Days);
    }
    after(today, days)
}

fn after(today: NaiveDate, days: u32) -> Result<NaiveDate, Refusal> {
    today.checked_add_days(Days::new(days.into())).ok_or(Refusal::Days)
}

/// What is gathered by a collection: in this month by a monthly one, in all by an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Intended. Shown beside what is missing, not taken off it.
    pub intentions: Money,
    /// Promised, not yet claimed.
    pub obligations: Money,
    /// Claimed, not yet confirmed.
    pub claims: Money,
    /// Confirmed, in time or late.
    pub fulfilled: Money,
    /// How many members that was confirmed for.
    pub fulfilled_by: u32,
}

impl Totals {
    /// Adds up the commitments to one collection, each as supporter, state and sum. What is
    /// overdue, withdrawn, lapsed, forgiven, cancelled or merged counts for nothing, nor what somebody else has taken over.
    pub fn of(commitments: impl IntoIterator<Item = (MemberId, State, Money)>) -> Self {
        let mut totals = Self::default();
        let mut fulfilled_by = BTreeSet::new();
        for (supporter, state, sum) in commitments {
            let total = match state {
                State::Intention => &mut totals.intentions,
                State::Obligation => &mut totals.obligations,
                State::Claimed => &mut totals.claims,
                // What was passed on has been of use to its receiver, who owes that much less.
                State::Fulfilled | State::FulfilledLate | State::PassedOn => {
                    fulfilled_by.insert(supporter);
                    &mut totals.fulfilled
                }
                State::Overdue
                | State::OverdueClaimed
                | State::Withdrawn
                | State::Lapsed
                | State::Forgiven
                | State::Cancelled
                | State::Merged
                | State::TakenOver => continue,
            };
            *total = total.saturating_add(sum);
        }
        totals.fulfilled_by = u32::try_from(fulfilled_by.len()).unwrap_or(u32::MAX);
        totals
    }

    /// What the collection still lacks: the target less obligations, claims and what is fulfilled,
    /// but never less than nothing.
    pub fn missing(&self, target: Money) -> Money {
        target.saturating_sub(self.bound())
    }

    /// What is promised, claimed or fulfilled: whoever intends may still change their mind.
    pub fn bound(&self) -> Money {
        self.obligations.saturating_add(self.claims).saturating_add(self.fulfilled)
    }
}

#[cfg(test)]
#[path = "collection_tests.rs"]
mod tests;
