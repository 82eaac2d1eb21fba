//! A direct transfer along a chain: where A owes B, and B owes C, A can owe C instead. B offers it for this one case, and A and C
//! have to agree, one after the other. A is asked first, so C learns what A owes only when A wants it.

use chrono::{DateTime, TimeDelta, Utc};

use super::commitment::{Commitment, State};
use super::event::{Event, Passing};
use super::refusal::Refusal;
use super::{ChainId, CommitmentId, MemberId, Money};

/// How long an offer stands, and how long the same two promises are not offered again after a No.
pub const STANDS: TimeDelta = TimeDelta::days(7);

/// An offer to pass on what one promise is worth along another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub id: ChainId,
    /// A: who has promised help to the middle, and would owe the receiver instead.
    pub supporter: MemberId,
    /// B: who offers it.
    pub middle: MemberId,
    /// C: whom the middle has promised help.
    pub receiver: MemberId,
    /// What the supporter has promised the middle.
    pub first: CommitmentId,
    /// What the middle has promised the receiver.
    pub second: CommitmentId,
    /// How much of both.
    pub sum: Money,
    pub stage: Stage,
    pub made_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// When the supporter agreed.
    pub agreed_at: Option<DateTime<Utc>>,
    /// When it was done, or came to nothing.
    pub ended_at: Option<DateTime<Utc>>,
    /// What was passed on and taken over by it, and what is owed instead.
    pub done: Option<[CommitmentId; 3]>,
}

/// How far an offer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The supporter is asked.
    Asked,
    /// The supporter has agreed, and the receiver is asked.
    Agreed,
    /// All three have agreed, and it is done.
    Done,
    /// One of those who were asked has said No.
    Declined,
    /// The middle has taken it back.
    Withdrawn,
    /// Somebody has not answered in time.
    Expired,
    /// Something has changed, so that it can't be done any more.
    Void,
}

impl Stage {
    /// All of them.
    pub const ALL: [Stage; 7] =
        [Stage::Asked, Stage::Agreed, Stage::Done, Stage::Declined, Stage::Withdrawn, Stage::Expired, Stage::Void];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Asked => "asked",
            Stage::Agreed => "agreed",
            Stage::Done => "done",
            Stage::Declined => "declined",
            Stage::Withdrawn => "withdrawn",
            Stage::Expired => "expired",
            Stage::Void => "void",
        }
    }

    /// The stage of a stored name.
    pub fn parse(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.as_str() == name)
    }

    /// Somebody's answer is waited for.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Asked | Stage::Agreed)
    }
}

impl Chain {
    /// Whose answer is waited for.
    pub fn waits_for(&self) -> Option<MemberId> {
        match self.stage {
            Stage::Asked => Some(self.supporter),
            Stage::Agreed => Some(self.receiver),
            _ => None,
        }
    }

    /// Who knows of it: the receiver only when the supporter has agreed.
    pub fn known_to(&self) -> impl Iterator<Item = MemberId> + '_ {
        let receiver = self.agreed_at.map(|_| self.receiver);
        [self.middle, self.supporter].into_iter().chain(receiver)
    }

    /// What it becomes when this member says Yes or No.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] to whoever does not know of it, [`Refusal::ChainOver`] where nobody is waited for any more,
    /// [`Refusal::Unchanged`] for what they have said already, and [`Refusal::NotYours`] for a Yes of whoever offers it.
    pub fn answered(&self, who: MemberId, agrees: bool, now: DateTime<Utc>) -> Result<Stage, Refusal> {
        if !self.known_to().any(|one| one == who) {
            return Err(Refusal::Unknown);
        }
        if !self.stage.is_open() || now >= self.ends_at {
            return Err(Refusal::ChainOver);
        }
        match (agrees, self.stage) {
            (true, Stage::Asked) if who == self.supporter => Ok(Stage::Agreed),
            (true, Stage::Agreed) if who == self.receiver => Ok(Stage::Done),
            (true, _) if who == self.middle => Err(Refusal::NotYours),
            (true, _) => Err(Refusal::Unchanged),
            (false, _) if who == self.middle => Ok(Stage::Withdrawn),
            // The supporter also after having agreed: nothing has come of it yet.
            (false, _) => Ok(Stage::Declined),
        }
    }

    /// That nothing comes of it: how, and by whose doing.
    pub fn over(&self, how: Stage, by: Option<MemberId>) -> Event {
        Event::ChainOver { passing: self.passing(), how, by, agreed: self.agreed_at.is_some() }
    }

    /// Whom and what it is about, as events tell it.
    pub fn passing(&self) -> Passing {
        let Chain { id: chain, supporter, middle, receiver, sum, .. } = *self;
        Passing { chain, supporter, middle, receiver, sum }
    }
}

/// How much can be passed on of what this member was promised (`first`) along what they have promised themselves (`second`):
/// as much as there is of both.
///
/// # Errors
/// [`Refusal::Unknown`] where it is not theirs, [`Refusal::NoChain`] where the two would come to owe themselves, and
/// [`Refusal::NotNow`] where one of them is not owed.
pub fn can_be_passed_on(who: MemberId, first: &Commitment, second: &Commitment) -> Result<Money, Refusal> {
    if first.receiver != who || second.supporter != who {
        return Err(Refusal::Unknown);
    }
    if first.supporter == second.receiver {
        return Err(Refusal::NoChain);
    }
    for one in [first, second] {
        if !is_owed(one.state) {
            return Err(Refusal::NotNow { state: one.state });
        }
    }
    Ok(first.sum.min(second.sum))
}

/// What can be passed on at all.
pub fn is_owed(state: State) -> bool {
    matches!(state, State::Obligation | State::Overdue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CollectionId, Month};

    const ANNA: MemberId = MemberId::new(1);
    const BORIS: MemberId = MemberId::new(2);
    const CLARA: MemberId = MemberId::new(3);
    const DIMA: MemberId = MemberId::new(4);

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    fn chain(stage: Stage) -> Chain {
        let made_at = at("2026-11-10T12:00:00Z");
        Chain {
            id: ChainId::new(1),
            supporter: ANNA,
            middle: BORIS,
            receiver: CLARA,
            first: CommitmentId::new(1),
            second: CommitmentId::new(2),
            sum: Money::from_minor(4_000),
            stage,
            made_at,
            ends_at: made_at + STANDS,
            agreed_at: (stage != Stage::Asked).then_some(made_at),
            ended_at: None,
            done: None,
        }
    }

    fn owed(supporter: MemberId, receiver: MemberId, sum: i64, state: State) -> Commitment {
        Commitment {
            id: CommitmentId::new(sum),
            collection: CollectionId::new(1),
            supporter,
            receiver,
            sum: Money::from_minor(sum),
            state,
            month: Month::from_number(202_611).expect("a month"),
            asked_at: None,
            reminded_at: None,
            settled_at: None,
            part_of: None,
            claimed_in_time: false,
            set_off_by: None,
        }
    }

    #[test]
    fn each_of_the_three_says_yes_or_no_in_their_turn() {
        let now = at("2026-11-17T11:59:59Z");
        for (stage, who, yes, no) in [
            (Stage::Asked, ANNA, Ok(Stage::Agreed), Ok(Stage::Declined)),
            (Stage::Asked, BORIS, Err(Refusal::NotYours), Ok(Stage::Withdrawn)),
            (Stage::Asked, CLARA, Err(Refusal::Unknown), Err(Refusal::Unknown)),
            (Stage::Asked, DIMA, Err(Refusal::Unknown), Err(Refusal::Unknown)),
            (Stage::Agreed, ANNA, Err(Refusal::Unchanged), Ok(Stage::Declined)),
            (Stage::Agreed, BORIS, Err(Refusal::NotYours), Ok(Stage::Withdrawn)),
            (Stage::Agreed, CLARA, Ok(Stage::Done), Ok(Stage::Declined)),
            (Stage::Agreed, DIMA, Err(Refusal::Unknown), Err(Refusal::Unknown)),
        ] {
            assert_eq!(chain(stage).answered(who, true, now), yes, "{stage:?} {who}");
            assert_eq!(chain(stage).answered(who, false, now), no, "{stage:?} {who}");
        }
    }

    #[test]
    fn after_seven_days_or_its_end_nobody_changes_it() {
        for stage in Stage::ALL {
            for agrees in [true, false] {
                let late = chain(stage).answered(BORIS, agrees, at("2026-11-17T12:00:00Z"));
                assert_eq!(late, Err(Refusal::ChainOver), "{stage:?}");
                if !stage.is_open() {
                    let now = chain(stage).answered(ANNA, agrees, at("2026-11-10T12:00:01Z"));
                    assert_eq!(now, Err(Refusal::ChainOver), "{stage:?}");
                }
            }
        }
    }

    #[test]
    fn as_much_is_passed_on_as_there_is_of_both() {
        use State::{Claimed, Obligation, Overdue};
        let first = owed(ANNA, BORIS, 6_000, Obligation);
        let sum = |first: &Commitment, second: &Commitment| can_be_passed_on(BORIS, first, second).map(Money::minor);
        assert_eq!(sum(&first, &owed(BORIS, CLARA, 4_000, Overdue)), Ok(4_000));
        assert_eq!(sum(&first, &owed(BORIS, CLARA, 9_000, Obligation)), Ok(6_000));
        assert_eq!(sum(&first, &owed(BORIS, CLARA, 9_000, Claimed)), Err(Refusal::NotNow { state: Claimed }));
        assert_eq!(sum(&first, &owed(BORIS, ANNA, 4_000, Obligation)), Err(Refusal::NoChain), "to oneself");
        assert_eq!(sum(&first, &owed(DIMA, CLARA, 4_000, Obligation)), Err(Refusal::Unknown));
        let other = owed(BORIS, CLARA, 4_000, Obligation);
        assert_eq!(can_be_passed_on(ANNA, &first, &other), Err(Refusal::Unknown));
    }
}
