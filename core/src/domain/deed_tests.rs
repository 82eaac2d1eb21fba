//! Every deed, in every state, by everyone.

use super::State::*;
use super::*;
use crate::domain::{CollectionId, CommitmentId, Month, Role};

pub(super) const SUPPORTER: MemberId = MemberId::new(1);
pub(super) const RECEIVER: MemberId = MemberId::new(2);
const STRANGER: MemberId = MemberId::new(3);
pub(super) const FREE: &Standing = &standing(false, false);
const ON_HOLD: &Standing = &standing(true, false);
const SUPPORTER_RED: &Standing = &standing(true, true);

const fn standing(on_hold: bool, put_off: bool) -> Standing {
    Standing { on_hold, put_off, voting: false, ended: false, waits_in: None, beside: None }
}

pub(super) fn hour(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

pub(super) fn commitment(state: State) -> Commitment {
    Commitment {
        id: CommitmentId::new(7),
        collection: CollectionId::new(8),
        supporter: SUPPORTER,
        receiver: RECEIVER,
        sum: Money::from_minor(12_050),
        state,
        month: Month::from_number(202_611).expect("a month"),
        asked_at: None,
        reminded_at: None,
        settled_at: state.is_settled().then(|| hour(0)),
        part_of: None,
        claimed_in_time: false,
        set_off_by: None,
    }
}

fn deed(kind: DeedKind) -> Deed {
    kind.of(Money::from_minor(5_000))
}

/// The table of the specification: who may do what, from which state, to which. Of what was claimed in part the rest stays what
/// it was; and what was confirmed in a month that is over is overdue when it waits again.
const TABLE: [(DeedKind, Role, State, State); 28] = [
    (DeedKind::Change, Role::Supporter, Intention, Intention),
    (DeedKind::Withdraw, Role::Supporter, Intention, Withdrawn),
    (DeedKind::Promise, Role::Supporter, Intention, Obligation),
    (DeedKind::FulfilNow, Role::Supporter, Intention, Claimed),
    (DeedKind::Claim, Role::Supporter, Obligation, Claimed),
    (DeedKind::Claim, Role::Supporter, Overdue, OverdueClaimed),
    (DeedKind::ClaimPart, Role::Supporter, Obligation, Obligation),
    (DeedKind::ClaimPart, Role::Supporter, Overdue, Overdue),
    (DeedKind::Remind, Role::Supporter, Claimed, Claimed),
    (DeedKind::Remind, Role::Supporter, OverdueClaimed, OverdueClaimed),
    (DeedKind::AskToPromise, Role::Receiver, Intention, Intention),
    (DeedKind::AskToFulfil, Role::Receiver, Obligation, Obligation),
    (DeedKind::AskToFulfil, Role::Receiver, Overdue, Overdue),
    (DeedKind::Confirm, Role::Receiver, Claimed, Fulfilled),
    (DeedKind::Confirm, Role::Receiver, OverdueClaimed, FulfilledLate),
    (DeedKind::TakeBack, Role::Supporter, Claimed, Obligation),
    (DeedKind::TakeBack, Role::Supporter, OverdueClaimed, Overdue),
    (DeedKind::NotReceived, Role::Receiver, Claimed, Obligation),
    (DeedKind::NotReceived, Role::Receiver, OverdueClaimed, Overdue),
    (DeedKind::TakeConfirmationBack, Role::Receiver, Fulfilled, OverdueClaimed),
    (DeedKind::TakeConfirmationBack, Role::Receiver, FulfilledLate, OverdueClaimed),
    (DeedKind::Note, Role::Supporter, Intention, Intention),
    (DeedKind::Note, Role::Supporter, Obligation, Obligation),
    (DeedKind::Note, Role::Supporter, Claimed, Claimed),
    (DeedKind::Note, Role::Supporter, Overdue, Overdue),
    (DeedKind::Note, Role::Supporter, OverdueClaimed, OverdueClaimed),
    (DeedKind::Forgive, Role::Receiver, Obligation, Forgiven),
    (DeedKind::Forgive, Role::Receiver, Overdue, Forgiven),
];

#[test]
fn every_deed_in_every_state_by_everyone_does_what_the_table_says() {
    for kind in DeedKind::ALL {
        for state in State::ALL {
            let row = TABLE.into_iter().find(|(deed, _, from, _)| *deed == kind && *from == state);
            for (who, role) in [(SUPPORTER, Some(Role::Supporter)), (RECEIVER, Some(Role::Receiver)), (STRANGER, None)]
            {
                let done =
                    act(&commitment(state), who, deed(kind), FREE, hour(0)).map(|outcome| outcome.commitment.state);
                let expected = match row {
                    _ if role != Some(kind.role()) => Err(Refusal::NotYours),
                    Some((_, _, _, to)) => Ok(to),
                    None => Err(Refusal::NotNow { state }),
                };
                assert_eq!(done, expected, "{kind:?} in {state:?} by {role:?}");
            }
        }
    }
    for (kind, role, _, _) in TABLE {
        assert_eq!(kind.role(), role, "{kind:?}");
    }
}

#[test]
fn every_deed_is_found_by_its_name() {
    for kind in DeedKind::ALL {
        assert_eq!(DeedKind::parse(kind.as_str()), Some(kind));
        assert_eq!(deed(kind).kind(), kind);
    }
    assert_eq!(DeedKind::parse("steal"), None);
}

#[test]
fn an_emergency_stops_what_would_press_or_hurry() {
    use Refusal::{OnHold, PutOff};
    for (kind, state, standing, refusal) in [
        (DeedKind::Promise, Intention, ON_HOLD, Some(OnHold)),
        (DeedKind::FulfilNow, Intention, ON_HOLD, Some(OnHold)),
        (DeedKind::AskToPromise, Intention, ON_HOLD, Some(OnHold)),
        (DeedKind::AskToPromise, Intention, SUPPORTER_RED, Some(OnHold)),
        (DeedKind::Change, Intention, ON_HOLD, None),
        (DeedKind::Withdraw, Intention, ON_HOLD, None),
        (DeedKind::Change, Intention, SUPPORTER_RED, None),
        (DeedKind::Withdraw, Intention, SUPPORTER_RED, None),
        (DeedKind::AskToFulfil, Obligation, ON_HOLD, None),
        (DeedKind::AskToFulfil, Obligation, SUPPORTER_RED, Some(PutOff)),
        (DeedKind::AskToFulfil, Overdue, SUPPORTER_RED, Some(PutOff)),
        (DeedKind::Claim, Obligation, SUPPORTER_RED, None),
        (DeedKind::Claim, Overdue, SUPPORTER_RED, None),
        (DeedKind::Remind, Claimed, SUPPORTER_RED, None),
        (DeedKind::Confirm, Claimed, SUPPORTER_RED, None),
        (DeedKind::NotReceived, Claimed, SUPPORTER_RED, None),
        (DeedKind::Forgive, Obligation, SUPPORTER_RED, None),
    ] {
        let who = if kind.role() == Role::Supporter { SUPPORTER } else { RECEIVER };
        let done = act(&commitment(state), who, deed(kind), standing, hour(0));
        assert_eq!(done.err(), refusal, "{kind:?} in {state:?}, {standing:?}");
    }
}

#[test]
fn a_stranger_and_the_other_side_learn_nothing_of_holds_states_and_times() {
    let mut asked = commitment(Withdrawn);
    asked.asked_at = Some(hour(0));
    for who in [STRANGER, SUPPORTER] {
        let done = act(&asked, who, Deed::AskToPromise, SUPPORTER_RED, hour(1));
        assert_eq!(done, Err(Refusal::NotYours));
    }
}

#[test]
fn standing_follows_from_both_statuses() {
    use CollectionKind::{Emergency, Monthly};
    use Status::{Green, Orange, Red};
    for (kind, receiver, supporter, standing) in [
        (Monthly, Orange, Green, FREE),
        (Monthly, Orange, Orange, FREE),
        (Monthly, Red, Green, ON_HOLD),
        (Monthly, Orange, Red, SUPPORTER_RED),
        (Monthly, Red, Red, SUPPORTER_RED),
        (Monthly, Green, Green, FREE),
        (Emergency, Red, Green, FREE),
        (Emergency, Red, Red, SUPPORTER_RED),
    ] {
        assert_eq!(&Standing::of(kind, receiver, supporter), standing, "{kind:?} {receiver:?}");
    }
}

#[test]
fn the_sum_is_changed_to_another_positive_one() {
    for (sum, expected) in [
        (5_000, Ok(5_000)),
        (1, Ok(1)),
        (12_050, Err(Refusal::Unchanged)),
        (0, Err(Refusal::NotPositive)),
        (-1, Err(Refusal::NotPositive)),
    ] {
        let change = Deed::Change(Money::from_minor(sum));
        let done = act(&commitment(Intention), SUPPORTER, change, FREE, hour(0));
        assert_eq!(done.map(|outcome| outcome.commitment.sum.minor()), expected, "{sum}");
    }
}

#[test]
fn the_same_is_asked_once_in_24_hours() {
    for (kind, state, who) in [
        (DeedKind::AskToPromise, Intention, RECEIVER),
        (DeedKind::AskToFulfil, Obligation, RECEIVER),
        (DeedKind::AskToFulfil, Overdue, RECEIVER),
        (DeedKind::Remind, Claimed, SUPPORTER),
        (DeedKind::Remind, OverdueClaimed, SUPPORTER),
    ] {
        let ask = |commitment: &Commitment, at| act(commitment, who, deed(kind), FREE, at);
        let first = ask(&commitment(state), hour(0)).expect("the first time").commitment;
        let too_soon = Err(Refusal::TooSoon { again_at: hour(24) });
        assert_eq!(ask(&first, hour(0)), too_soon, "{kind:?}");
        assert_eq!(ask(&first, hour(24) - TimeDelta::seconds(1)), too_soon, "{kind:?}");
        let second = ask(&first, hour(24)).expect("a day later").commitment;
        assert_eq!(ask(&second, hour(47)), Err(Refusal::TooSoon { again_at: hour(48) }));
        assert!(!available(&second, who, FREE, hour(47)).contains(&kind));
        assert!(available(&second, who, FREE, hour(48)).contains(&kind));
    }
}

#[test]
fn to_ask_for_help_is_another_question_than_to_ask_for_a_promise() {
    let done =
        |commitment: &Commitment, who, deed, at| act(commitment, who, deed, FREE, at).map(|outcome| outcome.commitment);
    let asked = done(&commitment(Intention), RECEIVER, Deed::AskToPromise, hour(0)).expect("asked");
    let promised = done(&asked, SUPPORTER, Deed::Promise, hour(1)).expect("promised");
    let asked = done(&promised, RECEIVER, Deed::AskToFulfil, hour(2)).expect("asked anew");
    // But claiming and rejecting does not make room for asking the same again.
    let claimed = done(&asked, SUPPORTER, Deed::Claim, hour(3)).expect("claimed");
    let again = done(&claimed, RECEIVER, Deed::NotReceived, hour(4)).expect("an obligation again");
    assert_eq!(done(&again, RECEIVER, Deed::AskToFulfil, hour(5)), Err(Refusal::TooSoon { again_at: hour(26) }));
}

#[test]
fn events_tell_what_happened() {
    let sum = Money::from_minor(5_000);
    let help = commitment(Intention).help();
    for (state, deed, event) in [
        (
            Intention,
            Deed::Change(sum),
            Event::Changed { help: crate::domain::Help { sum, ..help }, from: help.sum, to: sum },
        ),
        (Intention, Deed::Withdraw, Event::Withdrawn { help }),
        (Intention, Deed::Promise, Event::Promised { help }),
        (Intention, Deed::FulfilNow, Event::Claimed { help, at_once: true, rest: None }),
        (Obligation, Deed::Claim, Event::Claimed { help, at_once: false, rest: None }),
        (Overdue, Deed::Claim, Event::Claimed { help, at_once: false, rest: None }),
        (Claimed, Deed::Remind, Event::Reminded { help }),
        (Intention, Deed::AskToPromise, Event::AskedToPromise { help }),
        (Obligation, Deed::AskToFulfil, Event::AskedToFulfil { help }),
        (Claimed, Deed::Confirm, Event::Confirmed { help, late: false }),
        (OverdueClaimed, Deed::Confirm, Event::Confirmed { help, late: true }),
        (Claimed, Deed::TakeBack, Event::TakenBack { help, state: Obligation, whole: None }),
        (OverdueClaimed, Deed::TakeBack, Event::TakenBack { help, state: Overdue, whole: None }),
        (Claimed, Deed::NotReceived, Event::NotReceived { help, state: Obligation, whole: None }),
        (OverdueClaimed, Deed::NotReceived, Event::NotReceived { help, state: Overdue, whole: None }),
        (Fulfilled, Deed::TakeConfirmationBack, Event::ConfirmationTakenBack { help, state: OverdueClaimed }),
        (Overdue, Deed::Note, Event::Noted { help }),
        (Overdue, Deed::Forgive, Event::Forgiven { help }),
    ] {
        let who = if deed.kind().role() == Role::Supporter { SUPPORTER } else { RECEIVER };
        let done = act(&commitment(state), who, deed, FREE, hour(0));
        assert_eq!(done.map(|outcome| outcome.event), Ok(event), "{deed:?}");
    }
}

#[test]
fn a_sum_of_one_minor_unit_can_still_be_changed() {
    let mut least = commitment(Intention);
    least.sum = Money::from_minor(1);
    assert!(available(&least, SUPPORTER, FREE, hour(0)).contains(&DeedKind::Change));
}

#[test]
fn a_state_that_only_one_side_brings_about_shows_what_was_done() {
    for (kind, state, is_done) in [
        (DeedKind::Confirm, Fulfilled, true),
        (DeedKind::Confirm, FulfilledLate, true),
        (DeedKind::Claim, Claimed, true),
        (DeedKind::Withdraw, Withdrawn, true),
        (DeedKind::Forgive, Forgiven, true),
        // Its supporter may have taken the claim back, or only just promised.
        (DeedKind::NotReceived, Obligation, false),
        (DeedKind::Promise, Obligation, false),
        (DeedKind::Confirm, Obligation, false),
        (DeedKind::Remind, Claimed, false),
        (DeedKind::Change, Intention, false),
    ] {
        assert_eq!(kind.is_done_in(state), is_done, "{kind:?} {state:?}");
    }
}

fn in_november(beside: Option<Commitment>) -> Standing {
    Standing { waits_in: Month::from_number(202_611), beside, ..Standing::default() }
}

fn owed(id: i64, state: State, sum: i64) -> Commitment {
    Commitment { id: CommitmentId::new(id), sum: Money::from_minor(sum), ..commitment(state) }
}

#[test]
fn a_part_becomes_a_claim_of_its_own_and_the_rest_stays() {
    for (from, claimed) in [(Obligation, Claimed), (Overdue, OverdueClaimed)] {
        let claim = |sum| act(&owed(7, from, 100), SUPPORTER, Deed::ClaimPart(Money::from_minor(sum)), FREE, hour(0));
        let done = claim(40).expect("a part");
        assert_eq!((done.commitment.state, done.commitment.sum.minor()), (from, 60));
        let part = Part { sum: Money::from_minor(40), state: claimed, of: CommitmentId::new(7) };
        assert_eq!(done.beside, Some(Beside::Part(part)));
        let Event::Claimed { help, rest: Some(rest), at_once: false } = done.told(CommitmentId::new(9)) else {
            panic!("{:?}", done.event)
        };
        assert_eq!((help.commitment.number(), help.sum.minor()), (9, 40));
        assert_eq!((rest.commitment.number(), rest.sum.minor()), (7, 60));
        // All of it is an ordinary claim; more is none.
        let all = claim(100).expect("all of it");
        assert_eq!((all.commitment.state, all.beside), (claimed, None));
        assert_eq!(all.event, Event::Claimed { help: owed(7, from, 100).help(), at_once: false, rest: None });
        assert_eq!(claim(101), Err(Refusal::MoreThanOwed { owed: Money::from_minor(100) }));
        assert_eq!(claim(0), Err(Refusal::NotPositive));
        assert_eq!(claim(-1), Err(Refusal::NotPositive));
    }
}

#[test]
fn a_part_of_a_part_belongs_to_the_same_promise() {
    let rest = Commitment { part_of: Some(CommitmentId::new(3)), ..owed(7, Obligation, 100) };
    let done = act(&rest, SUPPORTER, Deed::ClaimPart(Money::from_minor(1)), FREE, hour(0)).expect("a part");
    assert!(matches!(done.beside, Some(Beside::Part(Part { of, .. })) if of == CommitmentId::new(3)));
}

#[test]
fn what_has_not_come_is_one_again_with_what_is_still_owed() {
    for (claimed, owes) in [(Claimed, Obligation), (OverdueClaimed, Overdue)] {
        for (who, deed) in [(SUPPORTER, Deed::TakeBack), (RECEIVER, Deed::NotReceived)] {
            let beside = |state| in_november(Some(Commitment { asked_at: Some(hour(5)), ..owed(3, state, 60) }));
            let part = Commitment { asked_at: Some(hour(7)), ..owed(7, claimed, 40) };
            let done = act(&part, who, deed, &beside(owes), hour(9)).expect("done");
            assert_eq!((done.commitment.id.number(), done.commitment.state), (7, Merged));
            let Some(Beside::Whole(whole)) = &done.beside else { panic!("{done:?}") };
            assert_eq!((whole.id.number(), whole.state, whole.sum.minor()), (3, owes, 100));
            assert_eq!(whole.asked_at, Some(hour(7)), "neither was asked more lately");
            let (Event::TakenBack { help, state, whole: Some(told) }
            | Event::NotReceived { help, state, whole: Some(told) }) = done.event
            else {
                panic!("{:?}", done.event)
            };
            assert_eq!((help, state, told), (part.help(), owes, whole.help()));
            // What is overdue is not one with what is not.
            let other = if owes == Overdue { Obligation } else { Overdue };
            let done = act(&part, who, deed, &beside(other), hour(9)).expect("done");
            assert_eq!((done.commitment.state, done.beside), (owes, None));
        }
    }
}

#[test]
fn a_confirmation_is_taken_back_within_a_day_and_while_the_collection_is_open() {
    let take_back = |confirmed: &Commitment, standing: &Standing, at| {
        act(confirmed, RECEIVER, Deed::TakeConfirmationBack, standing, at).map(|outcome| outcome.commitment)
    };
    let december = Month::from_number(202_612).expect("a month");
    for state in [Fulfilled, FulfilledLate] {
        let confirmed = commitment(state);
        let again = take_back(&confirmed, &in_november(None), hour(23)).expect("in time");
        assert_eq!(again.state, if state == Fulfilled { Claimed } else { OverdueClaimed });
        assert_eq!((again.settled_at, again.month), (None, confirmed.month));
        assert_eq!(take_back(&confirmed, &in_november(None), hour(24)), Err(Refusal::TooLate));
        let ended = Standing { ended: true, ..in_november(None) };
        assert_eq!(take_back(&confirmed, &ended, hour(1)), Err(Refusal::Ended));
    }
    // An emergency goes on over a month's end; a month does not.
    let goes_on = Standing { waits_in: Some(december), ..Standing::default() };
    let again = take_back(&commitment(Fulfilled), &goes_on, hour(1)).expect("in time");
    assert_eq!((again.state, again.month), (Claimed, december));
    let again = take_back(&commitment(Fulfilled), FREE, hour(1)).expect("in time");
    assert_eq!((again.state, again.month), (OverdueClaimed, commitment(Fulfilled).month));
}

#[test]
fn nobody_comes_to_intend_and_to_owe_help_at_once() {
    let confirmed = commitment(Fulfilled);
    for (beside, expected) in
        [(Some(Intention), Err(Refusal::HelpsAnew)), (Some(Obligation), Ok(Claimed)), (None, Ok(Claimed))]
    {
        let standing = in_november(beside.map(|state| owed(3, state, 60)));
        let done = act(&confirmed, RECEIVER, Deed::TakeConfirmationBack, &standing, hour(1));
        assert_eq!(done.map(|outcome| outcome.commitment.state), expected, "{beside:?}");
    }
    // What waits again of a month that is over will be overdue, beside whatever is intended now.
    let over = Standing { waits_in: None, ..in_november(Some(owed(3, Intention, 60))) };
    assert!(act(&confirmed, RECEIVER, Deed::TakeConfirmationBack, &over, hour(1)).is_ok());
}
