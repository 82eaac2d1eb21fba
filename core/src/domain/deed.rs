//! The state machine of a commitment: who may do what to it, when, and what becomes of it.

use chrono::{DateTime, TimeDelta, Utc};

use super::collection::Collection;
use super::commitment::{Commitment, State};
pub use super::deed_kind::DeedKind;
use super::event::{Event, Help};
use super::kind::CollectionKind;
use super::refusal::Refusal;
use super::status::Status;
use super::{CommitmentId, MemberId, Money, Month};

/// How long to wait before the same person is asked or reminded of the same thing again.
pub const ASK_EVERY: TimeDelta = TimeDelta::hours(24);

/// How long a confirmation can be taken back.
pub const TAKEN_BACK_WITHIN: TimeDelta = TimeDelta::hours(24);

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
    /// The supporter has done so much of what was promised.
    ClaimPart(Money),
    /// The supporter has not done it yet after all.
    TakeBack,
    /// The supporter says in a few words what the help is, or takes back what they said. The words are not the rules' affair.
    Note,
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
    /// The receiver has confirmed by mistake.
    TakeConfirmationBack,
    /// The receiver forgives what is owed.
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
            Self::ClaimPart(_) => DeedKind::ClaimPart,
            Self::TakeBack => DeedKind::TakeBack,
            Self::Note => DeedKind::Note,
            Self::Remind => DeedKind::Remind,
            Self::AskToPromise => DeedKind::AskToPromise,
            Self::AskToFulfil => DeedKind::AskToFulfil,
            Self::Confirm => DeedKind::Confirm,
            Self::NotReceived => DeedKind::NotReceived,
            Self::TakeConfirmationBack => DeedKind::TakeConfirmationBack,
            Self::Forgive => DeedKind::Forgive,
        }
    }
}

/// What has to be known beside a commitment to act on it: the emergencies of its two sides, its collection, and what else the
/// supporter gives to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// An intention is on hold: its collection is paused, or its supporter has an emergency. It
    /// may be changed and withdrawn, but not promised, fulfilled or asked for.
    pub on_hold: bool,
    /// An obligation is put off: its supporter has an emergency, so nobody presses them. They may
    /// still fulfil it.
    pub put_off: bool,
    /// It is a vote for an initiative that has not got all the votes that it needs: nobody promises yet.
    pub voting: bool,
    /// The collection has ended, and what was confirmed to it stays so.
    pub ended: bool,
    /// The month in which help to it that is not confirmed any more waits again; none where the month it was for is over, so
    /// that it is overdue.
    pub waits_in: Option<Month>,
    /// What it would be one with, if it were an obligation again: the obligation of the same supporter to the same collection,
    /// or what is overdue of the same promise. Or the intention beside something confirmed.
    pub beside: Option<Commitment>,
}

impl Standing {
    /// The standing of a commitment to a collection of this kind, by the statuses of both sides.
    pub fn of(kind: CollectionKind, receiver: Status, supporter: Status) -> Self {
        let paused = kind.is_paused_while(receiver);
        let put_off = supporter == Status::Red;
        Self { on_hold: paused || put_off, put_off, ..Self::default() }
    }

    /// The same of a commitment of the month `of` to this collection, in the month `now`, with what stands beside it.
    #[must_use]
    pub fn of_help_to(self, collection: &Collection, of: Month, now: Month, beside: Option<Commitment>) -> Self {
        let is_over = collection.kind.is_of_a_month() && of < now;
        // What was shared out takes no new help from its first day on, and that is no end.
        let ended = !collection.is_open() && !collection.kind.is_shared_out();
        let voting = collection.kind.asks_for_votes() && collection.is_open() && collection.reached_at.is_none();
        Self { voting, ended, waits_in: (!is_over).then_some(now), beside, ..self }
    }
}

/// What a deed made true, and what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The commitment as it is from now on.
    pub commitment: Commitment,
    /// What becomes of another one by it.
    pub beside: Option<Beside>,
    /// What the journal and the notices tell of it. Where a part was claimed, see [`Outcome::told`].
    pub event: Event,
}

/// Another commitment that a deed makes or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// A part was claimed: this is to be made of it, and the commitment is the rest.
    Part(Part),
    /// The commitment is a part of this one again, which has grown by it.
    Whole(Commitment),
}

/// A claim of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// How much.
    pub sum: Money,
    /// Claimed, or overdue and claimed.
    pub state: State,
    /// The promise that it is a part of.
    pub of: CommitmentId,
}

impl Outcome {
    /// A commitment that changed by itself.
    pub fn alone(commitment: Commitment, event: Event) -> Outcome {
        Outcome { commitment, beside: None, event }
    }

    /// What happened, where the claim of a part has this number.
    pub fn told(&self, part: CommitmentId) -> Event {
        match self.event {
            Event::Claimed { help, at_once, rest: rest @ Some(_) } => {
                Event::Claimed { help: Help { commitment: part, ..help }, at_once, rest }
            }
            event => event,
        }
    }
}

/// Lets `who` do a deed to a commitment.
///
/// Refused, in this order: [`Refusal::NotYours`] to anyone but the side whose deed it is,
/// [`Refusal::NotNow`] when the state doesn't allow it, [`Refusal::OnHold`] and
/// [`Refusal::PutOff`] during an emergency, [`Refusal::TooSoon`] within 24 hours of the same
/// request; for a change [`Refusal::NotPositive`] and [`Refusal::Unchanged`]; for a part [`Refusal::NotPositive`] and
/// [`Refusal::MoreThanOwed`]; for a confirmation that is taken back [`Refusal::Ended`], [`Refusal::TooLate`] and
/// [`Refusal::HelpsAnew`].
pub fn act(
    commitment: &Commitment,
    who: MemberId,
    deed: Deed,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    let kind = deed.kind();
    if commitment.role_of(who) != Some(kind.role()) {
        return Err(Refusal::NotYours);
    }
    let from = commitment.state;
    if commitment.set_off_by.is_some() {
        // Nobody has handed anything over, or confirmed it, and the others of its chain would owe again what they don't.
        return Err(Refusal::SetOff);
    }
    let state = kind.leads(from).ok_or(Refusal::NotNow { state: from })?;
    check_emergencies(kind, standing)?;

    let mut new = Commitment { state, ..commitment.clone() };
    let mut beside = None;
    match deed {
        Deed::Change(sum) if !sum.is_positive() => return Err(Refusal::NotPositive),
        Deed::Change(sum) if sum == commitment.sum => return Err(Refusal::Unchanged),
        Deed::Change(sum) => new.sum = sum,
        // What was asked until now was the promise; to ask for the help itself is another question.
        Deed::Promise => new.asked_at = None,
        // Nobody was reminded of this claim yet.
        Deed::FulfilNow => (new.asked_at, new.reminded_at) = (None, None),
        Deed::Claim => new.reminded_at = None,
        Deed::AskToPromise | Deed::AskToFulfil => {
            new.asked_at = Some(once_in_a_day(commitment.asked_at, now)?);
        }
        Deed::Remind => new.reminded_at = Some(once_in_a_day(commitment.reminded_at, now)?),
        Deed::ClaimPart(sum) => {
            beside = part(commitment, sum, state)?.map(Beside::Part);
            if let Some(Beside::Part(part)) = &beside {
                new = Commitment { state: from, sum: commitment.sum.saturating_sub(part.sum), ..new };
            } else {
                new.reminded_at = None;
            }
        }
        Deed::TakeBack | Deed::NotReceived => {
            beside = whole(&new, standing).map(Beside::Whole);
            if beside.is_some() {
                new.state = State::Merged;
            }
        }
        Deed::TakeConfirmationBack => wait_again(&mut new, standing, now)?,
        Deed::Withdraw | Deed::Note | Deed::Confirm | Deed::Forgive => {}
    }
    new.claimed_in_time = claimed_in_time(commitment, new.state);
    let event = event(commitment, &new, beside.as_ref(), deed, state);
    Ok(Outcome { commitment: new, beside, event })
}

/// Whether what becomes `state` now was done in its month: what counts is when its supporter said so, not when that was confirmed.
fn claimed_in_time(old: &Commitment, state: State) -> bool {
    match (old.state, state) {
        (State::Intention | State::Obligation, State::Claimed) => true,
        (_, state) if state.is_claimed() || state.is_fulfilled() => old.claimed_in_time,
        _ => false,
    }
}

/// What happened: a deed to the commitment `old` has led to `state`.
fn event(old: &Commitment, new: &Commitment, beside: Option<&Beside>, deed: Deed, state: State) -> Event {
    let help = new.help();
    let whole = match beside {
        Some(Beside::Whole(whole)) => Some(whole.help()),
        _ => None,
    };
    match deed {
        Deed::Change(to) => Event::Changed { help, from: old.sum, to },
        Deed::Withdraw => Event::Withdrawn { help },
        Deed::Promise => Event::Promised { help },
        Deed::FulfilNow => Event::Claimed { help, at_once: true, rest: None },
        Deed::Claim => Event::Claimed { help, at_once: false, rest: None },
        Deed::ClaimPart(sum) => {
            let rest = beside.is_some().then_some(help);
            Event::Claimed { help: Help { sum, ..help }, at_once: false, rest }
        }
        Deed::TakeBack => Event::TakenBack { help, state, whole },
        Deed::Note => Event::Noted { help },
        Deed::Remind => Event::Reminded { help },
        Deed::AskToPromise => Event::AskedToPromise { help },
        Deed::AskToFulfil => Event::AskedToFulfil { help },
        Deed::Confirm => Event::Confirmed { help, late: state == State::FulfilledLate },
        Deed::NotReceived => Event::NotReceived { help, state, whole },
        Deed::TakeConfirmationBack => Event::ConfirmationTakenBack { help, state: new.state },
        Deed::Forgive => Event::Forgiven { help },
    }
}

/// The part of an obligation that becomes a claim of its own; none when it is all of it.
fn part(owed: &Commitment, sum: Money, state: State) -> Result<Option<Part>, Refusal> {
    if !sum.is_positive() {
        Err(Refusal::NotPositive)
    } else if sum > owed.sum {
        Err(Refusal::MoreThanOwed { owed: owed.sum })
    } else if sum == owed.sum {
        Ok(None)
    } else {
        Ok(Some(Part { sum, state, of: owed.part_of.unwrap_or(owed.id) }))
    }
}

/// The obligation that this one is a part of again, if there is one: a supporter owes a collection one thing at a time.
fn whole(again: &Commitment, standing: &Standing) -> Option<Commitment> {
    let rest = standing.beside.as_ref().filter(|rest| rest.state == again.state)?;
    let sum = rest.sum.saturating_add(again.sum);
    Some(Commitment { sum, asked_at: rest.asked_at.max(again.asked_at), ..rest.clone() })
}

/// Lets help wait for its confirmation again. Of a month that is over, it is overdue.
fn wait_again(confirmed: &mut Commitment, standing: &Standing, now: DateTime<Utc>) -> Result<(), Refusal> {
    if standing.ended {
        return Err(Refusal::Ended);
    }
    let until = confirmed.settled_at.and_then(|at| at.checked_add_signed(TAKEN_BACK_WITHIN));
    if until.is_none_or(|until| now >= until) {
        return Err(Refusal::TooLate);
    }
    (confirmed.settled_at, confirmed.reminded_at) = (None, None);
    match (confirmed.state, standing.waits_in) {
        (State::Claimed, None) => confirmed.state = State::OverdueClaimed,
        // An intention and an obligation, should this become one again, don't stand side by side.
        (State::Claimed, Some(_)) if standing.beside.as_ref().is_some_and(|it| it.state == State::Intention) => {
            return Err(Refusal::HelpsAnew);
        }
        (State::Claimed, Some(month)) => confirmed.month = month,
        _ => {}
    }
    Ok(())
}

/// What `who` may do to the commitment now: exactly what [`act`] would accept, because it is asked.
pub fn available(commitment: &Commitment, who: MemberId, standing: &Standing, now: DateTime<Utc>) -> Vec<DeedKind> {
    // What needs a sum is offered when it would be accepted with some sum: another one, or a part.
    let one = Money::from_minor(1);
    let other = if commitment.sum == one { Money::from_minor(2) } else { one };
    DeedKind::ALL
        .into_iter()
        .filter(|kind| {
            let sum = if *kind == DeedKind::ClaimPart { one } else { other };
            act(commitment, who, kind.of(sum), standing, now).is_ok()
        })
        .collect()
}

/// Nobody is pressed to help, or hurried into helping, over an emergency.
fn check_emergencies(kind: DeedKind, standing: &Standing) -> Result<(), Refusal> {
    match kind {
        DeedKind::Promise | DeedKind::FulfilNow | DeedKind::AskToPromise if standing.voting => Err(Refusal::NotReached),
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
///
/// # Errors
/// [`Refusal::TooSoon`].
pub fn once_in_a_day(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    match last.and_then(|last| last.checked_add_signed(ASK_EVERY)) {
        Some(again_at) if now < again_at => Err(Refusal::TooSoon { again_at }),
        _ => Ok(now),
    }
}

#[cfg(test)]
#[path = "deed_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "deed_claims_tests.rs"]
mod claims_tests;
