use super::*;
use crate::domain::collection::Ending;
use crate::domain::deed::{Deed, Standing, act};
use crate::domain::ring::Ring;
use crate::domain::{CollectionId, CollectionKind, Commitment, CommitmentId, Entry, Month, State, Status};
use crate::domain::{close, declare};

const ANNA: MemberId = MemberId::new(1);
const BORIS: MemberId = MemberId::new(2);

fn sum(minor: i64) -> Money {
    Money::from_minor(minor)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn noon(text: &str) -> DateTime<Utc> {
    format!("{text}T12:00:00Z").parse().expect("a time")
}

fn initiative() -> Collection {
    Collection {
        id: CollectionId::new(7),
        owner: ANNA,
        kind: CollectionKind::VOTED_FOR,
        target: sum(10_000),
        opened_at: noon("2026-11-10"),
        ends_on: Some(day("2026-12-10")),
        reached_at: None,
        ended: None,
        ring: Ring::Near,
    }
}

fn vote(state: State) -> Commitment {
    Commitment {
        id: CommitmentId::new(1),
        collection: CollectionId::new(7),
        supporter: BORIS,
        receiver: ANNA,
        sum: sum(4_000),
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
fn titles_and_words_are_as_long_as_they_may_be() {
    assert!(Title::read(&"ы".repeat(100)).is_ok());
    assert_eq!(Title::read(&"ы".repeat(101)), Err(LineFault::TooLong { max: 100, long: 101 }));
    assert_eq!(Title::read(" \u{200b} "), Err(LineFault::Empty));
    assert!(Words::read(&"x".repeat(1_000)).is_ok());
    assert_eq!(Words::read(&"x".repeat(1_001)), Err(LineFault::TooLong { max: 1_000, long: 1_001 }));
    assert_eq!(Words::read("A well\n\n for all ").as_ref().map(Words::as_str), Ok("A well\nfor all"));
    let link = Words::link_in("See\n(https://example.org/well), please");
    assert_eq!(link.as_ref().map(Url::as_str), Some("https://example.org/well"));
}

#[test]
fn it_is_reached_by_intentions_alone_and_once() {
    let totals = |intentions| Totals { intentions: sum(intentions), ..Totals::default() };
    assert!(!is_reached(&initiative(), &totals(9_999)));
    assert!(is_reached(&initiative(), &totals(10_000)));
    let reached = Collection { reached_at: Some(noon("2026-11-20")), ..initiative() };
    let over = Collection { ended: Some(Ending::Ended), ..initiative() };
    assert!(!is_reached(&reached, &totals(10_000)) && !is_reached(&over, &totals(10_000)));
    assert_eq!(stage(&initiative(), &Zone::UTC), Stage::Voting);
    assert_eq!(stage(&reached, &Zone::UTC), Stage::Promising(day("2026-11-27")));
    assert_eq!(stage(&Collection { ended: Some(Ending::Reached), ..reached }, &Zone::UTC), Stage::Over);
}

#[test]
fn its_sum_is_lowered_and_its_date_moved_by_its_initiator_while_it_collects_votes() {
    let (today, reached) = (day("2026-11-12"), Some(noon("2026-11-11")));
    let lowered = lower(&initiative(), ANNA, sum(9_999)).map(|update| update.collection.target);
    assert_eq!(lowered, Ok(sum(9_999)));
    for (who, to, expected) in [
        (BORIS, 9_000, Refusal::NotYours),
        (ANNA, 0, Refusal::NotPositive),
        (ANNA, 10_000, Refusal::NotLower),
        (ANNA, 10_001, Refusal::NotLower),
    ] {
        assert_eq!(lower(&initiative(), who, sum(to)), Err(expected), "{to}");
    }
    let later = prolong(&initiative(), false, ANNA, today, 180).map(|update| update.collection.ends_on);
    assert_eq!(later, Ok(Some(day("2027-05-11"))));
    for (who, before, days, expected) in [
        (BORIS, false, 60, Refusal::NotYours),
        (ANNA, true, 60, Refusal::Prolonged),
        (ANNA, false, 0, Refusal::Days),
        (ANNA, false, 181, Refusal::Days),
        (ANNA, false, 28, Refusal::NotLater),
        (ANNA, false, 7, Refusal::NotLater),
    ] {
        assert_eq!(prolong(&initiative(), before, who, today, days), Err(expected), "{days}");
    }
    let reached = Collection { reached_at: reached, ..initiative() };
    assert_eq!(lower(&reached, ANNA, sum(1)), Err(Refusal::ReachedAlready));
    assert_eq!(prolong(&reached, false, ANNA, today, 60), Err(Refusal::ReachedAlready));
    let over = Collection { ended: Some(Ending::Expired), ..initiative() };
    assert_eq!(lower(&over, ANNA, sum(1)), Err(Refusal::Ended));
}

#[test]
fn nobody_promises_before_it_is_reached() {
    assert_eq!(declare(BORIS, &initiative(), Status::Red, None, sum(1)), Ok(State::Intention), "also while she is Red");
    assert_eq!(declare(ANNA, &initiative(), Status::Green, None, sum(1)), Err(Refusal::SelfHelp));
    let (november, intention) = (Month::from_number(202_611).expect("a month"), vote(State::Intention));
    let standing = |collection: &Collection| {
        let both = Standing::of(collection.kind, Status::Red, Status::Green);
        both.of_help_to(collection, november, november, None)
    };
    let now = noon("2026-11-12");
    let (voting, reached) = (initiative(), Collection { reached_at: Some(now), ..initiative() });
    for (who, deed) in [(BORIS, Deed::Promise), (BORIS, Deed::FulfilNow), (ANNA, Deed::AskToPromise)] {
        assert_eq!(act(&intention, who, deed, &standing(&voting), now), Err(Refusal::NotReached), "{deed:?}");
        assert!(act(&intention, who, deed, &standing(&reached), now).is_ok(), "{deed:?}");
    }
    for deed in [Deed::Change(sum(1)), Deed::Withdraw] {
        assert!(act(&intention, BORIS, deed, &standing(&voting), now).is_ok(), "{deed:?}");
        assert!(act(&intention, BORIS, deed, &standing(&reached), now).is_ok(), "{deed:?}");
    }
}

#[test]
fn a_month_passes_over_votes_and_promises_of_an_open_one_and_makes_overdue_what_is_left_of_one_that_is_over() {
    let november = Month::from_number(202_611).expect("a month");
    let entry = |state, open| Entry {
        commitment: vote(state),
        kind: CollectionKind::VOTED_FOR,
        open,
        receiver: Status::Green,
        supporter: Status::Green,
    };
    for (state, open, expected) in [
        (State::Intention, true, State::Intention),
        (State::Obligation, true, State::Obligation),
        (State::Claimed, true, State::Claimed),
        (State::Obligation, false, State::Overdue),
        (State::Claimed, false, State::OverdueClaimed),
    ] {
        let closed = close(november, &[entry(state, open)]);
        let now = &closed.changed.first().expect("it is of a month that is over").commitment;
        assert_eq!(now.state, expected, "{state:?} of one that is {open}");
        assert!(closed.carried.is_empty());
    }
    assert!(close(november, &[entry(State::Fulfilled, true)]).carried.is_empty(), "it asks for one sum in all");
}
