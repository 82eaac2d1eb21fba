//! Pools: members who agree how much each would give in a month at the most when something that their rules name happens to
//! one of them. Nothing is paid in, and nobody holds anything: docs/rules.md, "Pools".

mod share;
mod words;

use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::refusal::Refusal;
use super::{CaseId, CollectionId, MemberId, Money, PoolId};

pub use share::{Part, shares, volume};
pub use words::{CaseWords, PoolName, PoolRules};

/// For how many hours a case may be discussed.
pub const HOURS: RangeInclusive<u32> = 1..=336;

/// And for how many, where nobody says otherwise.
pub const USUAL_HOURS: u32 = 24;

/// For so long those are asked once more who have not answered.
pub const ASKED_AGAIN_FOR: TimeDelta = TimeDelta::hours(24);

/// So many cases of one pool are discussed at a time, at the most: each of them is shared out over the others.
pub const MOST_CASES: usize = 5;

/// So many pools one member may be in at a time.
pub const MOST_POOLS: u64 = 20;

/// What the members of a pool have agreed on, beside its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The least and the most that a member says they would give in a month.
    pub smallest: Money,
    pub largest: Money,
    /// For how many hours a case is discussed.
    pub hours: u32,
}

impl Terms {
    /// These terms.
    ///
    /// # Errors
    /// [`Refusal::NotPositive`]; [`Refusal::LargestBelowSmallest`]; [`Refusal::Hours`].
    pub fn new(smallest: Money, largest: Money, hours: u32) -> Result<Terms, Refusal> {
        if !smallest.is_positive() {
            Err(Refusal::NotPositive)
        } else if largest < smallest {
            Err(Refusal::LargestBelowSmallest { smallest })
        } else if !HOURS.contains(&hours) {
            Err(Refusal::Hours)
        } else {
            Ok(Terms { smallest, largest, hours })
        }
    }

    /// The only contribution that there can be, where the least is the most.
    pub fn only(&self) -> Option<Money> {
        (self.smallest == self.largest).then_some(self.smallest)
    }

    /// Lets a contribution pass that lies between the two.
    ///
    /// # Errors
    /// [`Refusal::Contribution`].
    pub fn check(&self, contribution: Money) -> Result<(), Refusal> {
        let Terms { smallest, largest, .. } = *self;
        let fits = (smallest..=largest).contains(&contribution);
        if fits { Ok(()) } else { Err(Refusal::Contribution { smallest, largest }) }
    }
}

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Each member sees their share, and confirms it or leaves the pool.
    Discussed,
    /// Who has not answered is asked once more.
    AskedAgain,
    /// Who has not answered by then leaves the pool. Nobody answers any more.
    Leaving,
    /// The shares become obligations. Nothing of them changes any more.
    Settling,
    /// The shares are obligations.
    Settled,
    /// Nothing came of it.
    Over,
}

impl Phase {
    /// All of them, in their order.
    pub const ALL: [Phase; 6] =
        [Phase::Discussed, Phase::AskedAgain, Phase::Leaving, Phase::Settling, Phase::Settled, Phase::Over];

    /// The short name that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Phase::Discussed => "discussed",
            Phase::AskedAgain => "asked_again",
            Phase::Leaving => "leaving",
            Phase::Settling => "settling",
            Phase::Settled => "settled",
            Phase::Over => "over",
        }
    }

    /// The phase of a stored name.
    pub fn parse(name: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.as_str() == name)
    }

    /// Whether members may answer, leave, and the sum be lowered.
    pub fn is_open(self) -> bool {
        matches!(self, Phase::Discussed | Phase::AskedAgain)
    }

    /// Whether it has come to its end, one way or the other.
    pub fn is_over(self) -> bool {
        matches!(self, Phase::Settled | Phase::Over)
    }
}

/// Why nothing came of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseEnding {
    /// Its owner has taken it back, or left the pool.
    Withdrawn,
    /// Its owner has left the community, or is suspended.
    OwnerGone,
    /// Nobody is left to share it.
    Nobody,
    /// Its pool was closed.
    Closed,
}

impl CaseEnding {
    /// All of them.
    pub const ALL: [CaseEnding; 4] =
        [CaseEnding::Withdrawn, CaseEnding::OwnerGone, CaseEnding::Nobody, CaseEnding::Closed];

    /// The short name that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            CaseEnding::Withdrawn => "withdrawn",
            CaseEnding::OwnerGone => "owner_gone",
            CaseEnding::Nobody => "nobody",
            CaseEnding::Closed => "closed",
        }
    }

    /// The ending of a stored name.
    pub fn parse(name: &str) -> Option<CaseEnding> {
        CaseEnding::ALL.into_iter().find(|ending| ending.as_str() == name)
    }
}

/// What a member has answered to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Nothing yet.
    None,
    /// They take their share, also where it becomes more because others leave.
    Confirmed,
    /// Their share is an obligation.
    Promised,
    /// They have left the pool, or can't take part: it is shared out among the others.
    Left,
}

impl Answer {
    /// All of them.
    pub const ALL: [Answer; 4] = [Answer::None, Answer::Confirmed, Answer::Promised, Answer::Left];

    /// The short name that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Answer::None => "none",
            Answer::Confirmed => "confirmed",
            Answer::Promised => "promised",
            Answer::Left => "left",
        }
    }

    /// The answer of a stored name.
    pub fn parse(name: &str) -> Option<Answer> {
        Answer::ALL.into_iter().find(|answer| answer.as_str() == name)
    }
}

/// What has happened to a member of a pool, and is shared out among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its number in the store.
    pub id: CaseId,
    /// The pool.
    pub pool: PoolId,
    /// To whom it has happened.
    pub owner: MemberId,
    /// How much they ask for.
    pub sum: Money,
    /// When it was opened: who joined later has no part in it.
    pub opened_at: DateTime<Utc>,
    /// How far it has come.
    pub phase: Phase,
    /// Until when answers are waited for.
    pub until: DateTime<Utc>,
    /// Why nothing came of it.
    pub ending: Option<CaseEnding>,
    /// What the obligations are for that its shares have become.
    pub collection: Option<CollectionId>,
}

impl Case {
    /// Lets its owner ask for less.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] to anybody else; [`Refusal::CaseOver`]; [`Refusal::NotPositive`]; [`Refusal::NotLess`].
    pub fn lower(&self, who: MemberId, to: Money) -> Result<(), Refusal> {
        self.check_owner(who)?;
        if !to.is_positive() {
            Err(Refusal::NotPositive)
        } else if to >= self.sum {
            Err(Refusal::NotLess { sum: self.sum })
        } else {
            Ok(())
        }
    }

    /// Lets only the owner of a case pass that is still discussed.
    ///
    /// # Errors
    /// [`Refusal::NotYours`]; [`Refusal::CaseOver`].
    pub fn check_owner(&self, who: MemberId) -> Result<(), Refusal> {
        if who != self.owner { Err(Refusal::NotYours) } else { self.check_open() }
    }

    /// Lets a case pass that is still discussed.
    ///
    /// # Errors
    /// [`Refusal::CaseOver`].
    pub fn check_open(&self) -> Result<(), Refusal> {
        if self.phase.is_open() { Ok(()) } else { Err(Refusal::CaseOver) }
    }
}

/// Lets a member open a case of this sum, where the others can be asked for `volume` together and so many cases of the pool
/// are discussed already.
///
/// # Errors
/// [`Refusal::NotPositive`]; [`Refusal::TooManyCases`]; [`Refusal::Volume`].
pub fn check_case(sum: Money, volume: Money, discussed: usize) -> Result<(), Refusal> {
    if !sum.is_positive() {
        Err(Refusal::NotPositive)
    } else if discussed >= MOST_CASES {
        Err(Refusal::TooManyCases)
    } else if sum > volume {
        Err(Refusal::Volume { volume })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64) -> Money {
        Money::from_minor(minor)
    }

    #[test]
    fn terms_hang_together() {
        for (smallest, largest, hours, refused) in [
            (1, 1, 1, None),
            (100, 5_000, 336, None),
            (0, 5_000, 24, Some(Refusal::NotPositive)),
            (100, 99, 24, Some(Refusal::LargestBelowSmallest { smallest: money(100) })),
            (100, 100, 0, Some(Refusal::Hours)),
            (100, 100, 337, Some(Refusal::Hours)),
        ] {
            assert_eq!(
                Terms::new(money(smallest), money(largest), hours).err(),
                refused,
                "{smallest} {largest} {hours}"
            );
        }
        let terms = Terms { smallest: money(100), largest: money(200), hours: 24 };
        for (contribution, fits) in [(99, false), (100, true), (200, true), (201, false)] {
            assert_eq!(terms.check(money(contribution)).is_ok(), fits, "{contribution}");
        }
    }

    #[test]
    fn a_case_asks_for_what_the_others_can_give_and_for_less_later() {
        assert_eq!(check_case(money(0), money(10), 0), Err(Refusal::NotPositive));
        assert_eq!(check_case(money(10), money(10), MOST_CASES), Err(Refusal::TooManyCases));
        assert_eq!(check_case(money(11), money(10), 0), Err(Refusal::Volume { volume: money(10) }));
        assert_eq!(check_case(money(10), money(10), MOST_CASES - 1), Ok(()));
        let (anna, boris) = (MemberId::new(1), MemberId::new(2));
        let case = Case {
            id: CaseId::new(1),
            pool: PoolId::new(1),
            owner: anna,
            sum: money(100),
            opened_at: DateTime::UNIX_EPOCH,
            phase: Phase::Discussed,
            until: DateTime::UNIX_EPOCH,
            ending: None,
            collection: None,
        };
        assert_eq!(case.lower(anna, money(99)), Ok(()));
        assert_eq!(case.lower(anna, money(100)), Err(Refusal::NotLess { sum: money(100) }));
        assert_eq!(case.lower(anna, money(0)), Err(Refusal::NotPositive));
        assert_eq!(case.lower(boris, money(99)), Err(Refusal::NotYours));
        for phase in Phase::ALL.into_iter().filter(|phase| !phase.is_open()) {
            assert_eq!(Case { phase, ..case.clone() }.lower(anna, money(99)), Err(Refusal::CaseOver), "{phase:?}");
        }
    }

    #[test]
    fn names_that_are_stored_are_read_again() {
        assert!(Phase::ALL.into_iter().all(|phase| Phase::parse(phase.as_str()) == Some(phase)));
        assert!(Answer::ALL.into_iter().all(|answer| Answer::parse(answer.as_str()) == Some(answer)));
        assert!(CaseEnding::ALL.into_iter().all(|ending| CaseEnding::parse(ending.as_str()) == Some(ending)));
        assert_eq!((Phase::parse("x"), Answer::parse(""), CaseEnding::parse("left")), (None, None, None));
    }
}
