//! The state machine of a commitment: who may do what to it, when, and what becomes of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use super::commitment::{Commitment, Role, State};
use super::event::Event;
use super::kind::CollectionKind;
use super::refusal::Refusal;
use super::status::Status;
use super::{MemberId, Money};

/// How long to wait before the same person is asked or reminded of the same thing again.
pub const ASK_EVERY: TimeDelta = TimeDelta::hours(24);

/// Something one of the two sides does to a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The supporter changes the sum of an intention.
    Change(Money),
    /// The supporter takes an intention back.
    Withdraw,
    /// The supporter makes an intention an obligation.
    Promise,
    /// The supporter has done at once what was an intention.
    FulfilNow,
    /// The supporter has done what was promised.
    Claim,
    /// The supporter has not done it yet after all.
    TakeBack,
    /// The supporter reminds the receiver to confirm.
    Remind,
    /// The receiver asks to promise.
    AskToPromise,
    /// The receiver asks to fulfil.
    AskToFulfil,
    /// The receiver has got it.
    Confirm,
    /// The receiver has not got it.
    NotReceived,
    /// The receiver releases the supporter.
    Forgive,
}

impl Deed {
    /// Which deed it is, without its sum.
    pub fn kind(self) -> DeedKind {
        match self {
            Self::Change(_) => DeedKind::Change,
            Self::Withdraw => DeedKind::Withdraw,
            Self::Promise => DeedKind::Promise,
            Self::FulfilNow => DeedKind::FulfilNow,
            Self::Claim => DeedKind::Claim,
            Self::TakeBack => DeedKind::TakeBack,
            Self::Remind => DeedKind::Remind,
            Self::AskToPromise => DeedKind::AskToPromise,
            Self::AskToFulfil => DeedKind::AskToFulfil,
            Self::Confirm => DeedKind::Confirm,
            Self::NotReceived => DeedKind::NotReceived,
            Self::Forgive => DeedKind::Forgive,
        }
    }
}

/// The name of a deed, for routes and buttons. See [`Deed`] for what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is told at `Deed`")]
pub enum DeedKind {
    Change,
    Withdraw,
    Promise,
    FulfilNow,
    Claim,
    TakeBack,
    Remind,
    AskToPromise,
    AskToFulfil,
    Confirm,
    NotReceived,
    Forgive,
}

impl DeedKind {
    /// Every deed, in the order in which screens offer them.
    pub const ALL: [Self; 12] = [
        Self::Promise,
        Self::FulfilNow,
        Self::Change,
        Self::Withdraw,
        Self::Claim,
        Self::Remind,
        Self::TakeBack,
        Self::Confirm,
        Self::NotReceived,
        Self::AskToPromise,
        Self::AskToFulfil,
        Self::Forgive,
    ];

    /// The short name used in routes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Withdraw => "withdraw",
            Self::Promise => "promise",
            Self::FulfilNow => "fulfil_now",
            Self::Claim => "claim",
            Self::TakeBack => "take_back",
            Self::Remind => "remind",
            Self::AskToPromise => "ask_to_promise",
            Self::AskToFulfil => "ask_to_fulfil",
            Self::Confirm => "confirm",
            Self::NotReceived => "not_received",
            Self::Forgive => "forgive",
        }
    }

    /// The deed of a short name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The deed itself; nothing for a change, which needs a sum.
    pub fn deed(self) -> Option<Deed> {
        match self {
            Self::Change => None,
            Self::Withdraw => Some(Deed::Withdraw),
            Self::Promise => Some(Deed::Promise),
            Self::FulfilNow => Some(Deed::FulfilNow),
            Self::Claim => Some(Deed::Claim),
            Self::TakeBack => Some(Deed::TakeBack),
            Self::Remind => Some(Deed::Remind),
            Self::AskToPromise => Some(Deed::AskToPromise),
            Self::AskToFulfil => Some(Deed::AskToFulfil),
            Self::Confirm => Some(Deed::Confirm),
            Self::NotReceived => Some(Deed::NotReceived),
            Self::Forgive => Some(Deed::Forgive),
        }
    }

    /// Which side may do it.
    pub fn role(self) -> Role {
        match self {
            Self::Change
            | Self::Withdraw
            | Self::Promise
            | Self::FulfilNow
            | Self::Claim
            | Self::TakeBack
            | Self::Remind => Role::Supporter,
            Self::AskToPromise | Self::AskToFulfil | Self::Confirm | Self::NotReceived | Self::Forgive => {
                Role::Receiver
            }
        }
    }

    /// Whether a commitment in this state shows that it has been done: it leads there, and nothing that the other side does.
    pub fn is_done_in(self, state: State) -> bool {
        let leads = |kind: Self| State::ALL.into_iter().any(|from| from != state && kind.leads(from) == Some(state));
        leads(self) && Self::ALL.into_iter().all(|other| !leads(other) || other.role() == self.role())
    }

    /// What a commitment in this state becomes by it; nothing when the state doesn't allow it.
    pub fn leads(self, from: State) -> Option<State> {
        use State::{
            Claimed, Forgiven, Fulfilled, FulfilledLate, Intention, Obligation, Overdue, OverdueClaimed, Withdrawn,
        };
        match (self, from) {
            (Self::Change | Self::AskToPromise, Intention) => Some(Intention),
            (Self::Withdraw, Intention) => Some(Withdrawn),
            (Self::Promise, Intention) => Some(Obligation),
            (Self::FulfilNow, Intention) => Some(Claimed),
            (Self::Claim, Obligation) => Some(Claimed),
            (Self::Claim, Overdue) => Some(OverdueClaimed),
            (Self::AskToFulfil, Obligation | Overdue) => Some(from),
            (Self::Remind, Claimed | OverdueClaimed) => Some(from),
            (Self::Confirm, Claimed) => Some(Fulfilled),
            (Self::Confirm, OverdueClaimed) => Some(FulfilledLate),
            (Self::NotReceived | Self::TakeBack, Claimed) => Some(Obligation),
            (Self::NotReceived | Self::TakeBack, OverdueClaimed) => Some(Overdue),
            (Self::Forgive, Obligation | Overdue) => Some(Forgiven),
            _ => None,
        }
    }
}

/// What the emergencies of the two sides mean for a commitment right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// An intention is on hold: its collection is paused, or its supporter has an emergency. It
    /// may be changed and withdrawn, but not promised, fulfilled or asked for.
    pub on_hold: bool,
    /// An obligation is put off: its supporter has an emergency, so nobody presses them. They may
    /// still fulfil it.
    pub put_off: bool,
}

impl Standing {
    /// The standing of a commitment to a collection of this kind, by the statuses of both sides.
    pub fn of(kind: CollectionKind, receiver: Status, supporter: Status) -> Self {
        let paused = kind.is_paused_while(receiver);
        let put_off = supporter == Status::Red;
        Self { on_hold: paused || put_off, put_off }
    }
}

/// What a deed made true, and what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The commitment as it is from now on.
    pub commitment: Commitment,
    /// What the journal and the notices tell of it.
    pub event: Event,
}

/// Lets `who` do a deed to a commitment.
///
/// Refused, in this order: [`Refusal::NotYours`] to anyone but the side whose deed it is,
/// [`Refusal::NotNow`] when the state doesn't allow it, [`Refusal::OnHold`] and
/// [`Refusal::PutOff`] during an emergency, [`Refusal::TooSoon`] within 24 hours of the same
/// request, and for a change [`Refusal::NotPositive`] and [`Refusal::Unchanged`].
pub fn act(
    commitment: &Commitment,
    who: MemberId,
    deed: Deed,
    standing: Standing,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    let kind = deed.kind();
    if commitment.role_of(who) != Some(kind.role()) {
        return Err(Refusal::NotYours);
    }
    let from = commitment.state;
    let state = kind.leads(from).ok_or(Refusal::NotNow { state: from })?;
    check_emergencies(kind, standing)?;

    let mut new = Commitment { state, ..commitment.clone() };
    match deed {
        Deed::Change(sum) if !sum.is_positive() => return Err(Refusal::NotPositive),
        Deed::Change(sum) if sum == commitment.sum => return Err(Refusal::Unchanged),
        Deed::Change(sum) => new.sum = sum,
        // What was asked until now was the promise; to ask for the help itself is another question.
        Deed::Promise | Deed::FulfilNow => new.asked_at = None,
        Deed::AskToPromise | Deed::AskToFulfil => {
            new.asked_at = Some(once_in_a_day(commitment.asked_at, now)?);
        }
        Deed::Remind => new.reminded_at = Some(once_in_a_day(commitment.reminded_at, now)?),
        Deed::Withdraw | Deed::Claim | Deed::TakeBack | Deed::Confirm | Deed::NotReceived | Deed::Forgive => {}
    }

    let help = new.help();
    let event = match deed {
        Deed::Change(to) => Event::Changed { help, from: commitment.sum, to },
        Deed::Withdraw => Event::Withdrawn { help },
        Deed::Promise => Event::Promised { help },
        Deed::FulfilNow => Event::Claimed { help, at_once: true },
        Deed::Claim => Event::Claimed { help, at_once: false },
        Deed::TakeBack => Event::TakenBack { help, state },
        Deed::Remind => Event::Reminded { help },
        Deed::AskToPromise => Event::AskedToPromise { help },
        Deed::AskToFulfil => Event::AskedToFulfil { help },
        Deed::Confirm => Event::Confirmed { help, late: state == State::FulfilledLate },
        Deed::NotReceived => Event::NotReceived { help, state },
        Deed::Forgive => Event::Forgiven { help },
    };
    Ok(Outcome { commitment: new, event })
}

/// What `who` may do to the commitment now: exactly what [`act`] would accept, because it is asked.
pub fn available(commitment: &Commitment, who: MemberId, standing: Standing, now: DateTime<Utc>) -> Vec<DeedKind> {
    // A change is offered when a change to some other sum would be accepted.
    let one = Money::from_minor(1);
    let other = if commitment.sum == one { Money::from_minor(2) } else { one };
    DeedKind::ALL
        .into_iter()
        .filter(|kind| {
            let deed = kind.deed().unwrap_or(Deed::Change(other));
            act(commitment, who, deed, standing, now).is_ok()
        })
        .collect()
}

/// Nobody is pressed to help, or hurried into helping, over an emergency.
fn check_emergencies(kind: DeedKind, standing: Standing) -> Result<(), Refusal> {
    match kind {
        DeedKind::Promise | DeedKind::FulfilNow | DeedKind::AskToPromise if standing.on_hold => Err(Refusal::OnHold),
        DeedKind::AskToFulfil if standing.put_off => Err(Refusal::PutOff),
        _ => Ok(()),
    }
}

/// When this was asked last, and when it may be asked again, if that is still to come.
pub fn asked_lately(
    commitment: &Commitment,
    deed: DeedKind,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let last = match deed {
        DeedKind::Remind => commitment.reminded_at,
        DeedKind::AskToPromise | DeedKind::AskToFulfil => commitment.asked_at,
        _ => None,
    }?;
    let again = last.checked_add_signed(ASK_EVERY)?;
    (now < again).then_some((last, again))
}

/// Lets a request pass when the last one is at least [`ASK_EVERY`] ago, and notes when it was made.
fn once_in_a_day(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    match last.and_then(|last| last.checked_add_signed(ASK_EVERY)) {
        Some(again_at) if now < again_at => Err(Refusal::TooSoon { again_at }),
        _ => Ok(now),
    }
}

#[cfg(test)]
#[path = "deed_tests.rs"]
mod tests;
