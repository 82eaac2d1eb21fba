//! One member's record of help to one collection, and how it begins.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::collection::Collection;
use super::event::Help;
use super::refusal::Refusal;
use super::status::Status;
use super::{ClearingId, CollectionId, CommitmentId, MemberId, Money, Month};

/// What has become of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// "I am willing to help": freely changed or withdrawn.
    Intention,
    /// "I will help": can't be revoked by its supporter.
    Obligation,
    /// The supporter says it is done, the receiver has not confirmed yet.
    Claimed,
    /// An obligation that its month ended on.
    Overdue,
    /// A claim that its month ended on, or an overdue obligation that was claimed.
    OverdueClaimed,
    /// The receiver confirmed in time.
    Fulfilled,
    /// The receiver confirmed what was overdue.
    FulfilledLate,
    /// The supporter took the intention back.
    Withdrawn,
    /// The month ended on an intention.
    Lapsed,
    /// The receiver forgave it.
    Forgiven,
    /// The collection ended, or one of the two left: there is nothing to help with any more.
    Cancelled,
    /// A part that had been claimed by itself is one with its obligation again.
    Merged,
    /// The supporter owes it to somebody else instead, whom its receiver had promised as much: it has been of use to the receiver.
    PassedOn,
    /// Somebody else owes it to the receiver instead of its supporter.
    TakenOver,
}

impl State {
    /// Every state, in the order of a commitment's life.
    pub const ALL: [Self; 14] = [
        Self::Intention,
        Self::Obligation,
        Self::Claimed,
        Self::Overdue,
        Self::OverdueClaimed,
        Self::Fulfilled,
        Self::FulfilledLate,
        Self::Withdrawn,
        Self::Lapsed,
        Self::Forgiven,
        Self::Cancelled,
        Self::Merged,
        Self::PassedOn,
        Self::TakenOver,
    ];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intention => "intention",
            Self::Obligation => "obligation",
            Self::Claimed => "claimed",
            Self::Overdue => "overdue",
            Self::OverdueClaimed => "overdue_claimed",
            Self::Fulfilled => "fulfilled",
            Self::FulfilledLate => "fulfilled_late",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
            Self::Forgiven => "forgiven",
            Self::Cancelled => "cancelled",
            Self::Merged => "merged",
            Self::PassedOn => "passed_on",
            Self::TakenOver => "taken_over",
        }
    }

    /// The state of a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Counted as help under way. A supporter has at most one intention or obligation to a collection at a time, and beside an
    /// obligation what was claimed of it already.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Intention | Self::Obligation | Self::Claimed)
    }

    /// The supporter says that it is done, in time or not, and the receiver has not confirmed yet.
    pub fn is_claimed(self) -> bool {
        matches!(self, Self::Claimed | Self::OverdueClaimed)
    }

    /// Its month ended before it was confirmed. It is still owed, or still to be confirmed.
    pub fn is_overdue(self) -> bool {
        matches!(self, Self::Overdue | Self::OverdueClaimed)
    }

    /// The receiver confirmed it.
    pub fn is_fulfilled(self) -> bool {
        matches!(self, Self::Fulfilled | Self::FulfilledLate)
    }

    /// It has come to rest: nothing can happen to it any more, but that a confirmation is taken back.
    pub fn is_settled(self) -> bool {
        !self.is_live() && !self.is_overdue()
    }
}

/// Which end of a commitment a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The one who helps.
    Supporter,
    /// The one who is helped: the owner of the collection.
    Receiver,
}

/// One member's record of help to one collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// Its number in the store.
    pub id: CommitmentId,
    /// The collection it helps.
    pub collection: CollectionId,
    /// Who helps.
    pub supporter: MemberId,
    /// Who is helped: the collection's owner.
    pub receiver: MemberId,
    /// How much.
    pub sum: Money,
    /// What has become of it.
    pub state: State,
    /// The month it is of. While it is live this is the current month: the close of a month
    /// brings over what it does not end.
    pub month: Month,
    /// When the receiver last asked to promise (of an intention) or to fulfil (of an obligation).
    pub asked_at: Option<DateTime<Utc>>,
    /// When the supporter last reminded the receiver to confirm.
    pub reminded_at: Option<DateTime<Utc>>,
    /// When it came to rest, if it did.
    pub settled_at: Option<DateTime<Utc>>,
    /// The promise that it was a part of, where it was claimed by itself.
    pub part_of: Option<CommitmentId>,
    /// Its month was not over when its supporter said that it is done. Whoever confirms it later does not make it late.
    pub claimed_in_time: bool,
    /// The clearing that has fulfilled it, where nothing was handed over.
    pub set_off_by: Option<ClearingId>,
}

impl Commitment {
    /// Which end of it this member is; nothing for a stranger.
    pub fn role_of(&self, member: MemberId) -> Option<Role> {
        if member == self.supporter {
            Some(Role::Supporter)
        } else if member == self.receiver {
            Some(Role::Receiver)
        } else {
            None
        }
    }

    /// It was fulfilled, and its supporter did it after its month. Not late is what they did in time, and was confirmed later.
    pub fn is_kept_late(&self) -> bool {
        self.state == State::FulfilledLate && !self.claimed_in_time
    }

    /// The ids and the sum, as events tell them.
    pub fn help(&self) -> Help {
        Help {
            commitment: self.id,
            collection: self.collection,
            supporter: self.supporter,
            receiver: self.receiver,
            sum: self.sum,
        }
    }
}

/// Declares help to a collection, and says in which state the new commitment begins: an intention
/// to a monthly collection, an obligation to an emergency.
///
/// `owner` is the status of the collection's owner, `live` the state of a live commitment that the
/// supporter already has to this collection. Refused: helping oneself, an ended collection, a
/// second live commitment, a paused collection, a sum that is not positive.
pub fn declare(
    supporter: MemberId,
    collection: &Collection,
    owner: Status,
    live: Option<State>,
    sum: Money,
) -> Result<State, Refusal> {
    if supporter == collection.owner {
        Err(Refusal::SelfHelp)
    } else if !collection.is_open() {
        Err(Refusal::Ended)
    } else if live.is_some_and(State::is_live) {
        Err(Refusal::AlreadyHelping)
    } else if collection.is_paused(owner) {
        Err(Refusal::Paused)
    } else if !sum.is_positive() {
        Err(Refusal::NotPositive)
    } else {
        Ok(collection.kind.takes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::collection::Ending;
    use super::super::kind::CollectionKind;
    use super::super::ring::Ring;
    use super::*;

    const OWNER: MemberId = MemberId::new(1);
    const BORIS: MemberId = MemberId::new(2);

    fn collection(kind: CollectionKind, ended: Option<Ending>) -> Collection {
        Collection {
            id: CollectionId::new(7),
            owner: OWNER,
            kind,
            target: Money::from_minor(50_000),
            opened_at: DateTime::UNIX_EPOCH,
            ends_on: None,
            reached_at: None,
            ended,
            ring: Ring::Near,
        }
    }

    #[test]
    fn every_state_is_found_by_its_name() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        assert_eq!(State::parse("Intention"), None);
    }

    #[test]
    fn every_state_is_live_or_overdue_or_settled() {
        for state in State::ALL {
            let groups = [state.is_live(), state.is_overdue(), state.is_settled()];
            assert_eq!(groups.iter().filter(|&&in_it| in_it).count(), 1, "{state:?}");
        }
    }

    #[test]
    fn help_is_declared_as_the_collection_takes_it() {
        use CollectionKind::{Emergency, Monthly};
        use State::*;
        use Status::{Orange, Red};
        for (who, kind, ended, owner, live, sum, expected) in [
            (BORIS, Monthly, None, Orange, None, 1, Ok(Intention)),
            (BORIS, Emergency, None, Red, None, 1, Ok(Obligation)),
            (BORIS, Monthly, None, Orange, Some(Fulfilled), 1, Ok(Intention)),
            (BORIS, Monthly, None, Orange, Some(Overdue), 1, Ok(Intention)),
            (BORIS, Monthly, None, Orange, Some(Merged), 1, Ok(Intention)),
            (BORIS, Monthly, None, Orange, Some(Intention), 1, Err(Refusal::AlreadyHelping)),
            (BORIS, Monthly, None, Orange, Some(Obligation), 1, Err(Refusal::AlreadyHelping)),
            (BORIS, Emergency, None, Red, Some(Claimed), 1, Err(Refusal::AlreadyHelping)),
            (BORIS, Monthly, None, Red, None, 1, Err(Refusal::Paused)),
            (BORIS, Monthly, Some(Ending::Ended), Orange, None, 1, Err(Refusal::Ended)),
            (BORIS, Emergency, Some(Ending::Covered), Red, None, 1, Err(Refusal::Ended)),
            (OWNER, Monthly, None, Orange, None, 1, Err(Refusal::SelfHelp)),
            (OWNER, Emergency, Some(Ending::Ended), Red, None, 1, Err(Refusal::SelfHelp)),
            (BORIS, Monthly, None, Orange, None, 0, Err(Refusal::NotPositive)),
            (BORIS, Monthly, None, Orange, None, -5, Err(Refusal::NotPositive)),
        ] {
            let declared = declare(who, &collection(kind, ended), owner, live, Money::from_minor(sum));
            assert_eq!(declared, expected, "{who} {kind:?} {ended:?} {owner:?} {live:?} {sum}");
        }
    }
}
