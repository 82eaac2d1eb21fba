//! What becomes of each commitment on the 1st.

use super::CollectionKind::{Emergency, Monthly};
use super::State::*;
use super::Status::{Green, Orange, Red};
use super::*;
use crate::domain::CommitmentId;

const OWNER: MemberId = MemberId::new(1);
const BORIS: MemberId = MemberId::new(2);
const CLARA: MemberId = MemberId::new(3);

fn november() -> Month {
    Month::from_number(202_611).expect("a month")
}

fn entry(supporter: MemberId, state: State, units: i64) -> Entry {
    Entry {
        commitment: Commitment {
            id: CommitmentId::new(7),
            collection: CollectionId::new(8),
            supporter,
            receiver: OWNER,
            sum: Money::from_minor(units),
            state,
            month: november(),
            asked_at: None,
            reminded_at: None,
            settled_at: None,
            part_of: None,
            claimed_in_time: false,
            set_off_by: None,
        },
        kind: Monthly,
        open: true,
        receiver: Orange,
        supporter: Green,
    }
}

fn in_month(entry: Entry, month: Month) -> Entry {
    Entry { commitment: Commitment { month, ..entry.commitment }, ..entry }
}

#[test]
fn live_commitments_leave_their_month_as_the_collection_and_both_sides_stand() {
    for (state, kind, open, receiver, supporter, becomes) in [
        (Intention, Monthly, true, Orange, Green, Lapsed),
        (Intention, Monthly, true, Orange, Orange, Lapsed),
        (Intention, Monthly, true, Red, Green, Intention),
        (Intention, Monthly, true, Orange, Red, Intention),
        (Obligation, Monthly, true, Orange, Green, Overdue),
        (Obligation, Monthly, false, Green, Green, Overdue),
        (Obligation, Monthly, true, Red, Green, Overdue),
        (Obligation, Monthly, true, Orange, Red, Obligation),
        (Obligation, Emergency, true, Red, Green, Obligation),
        (Obligation, Emergency, false, Green, Green, Overdue),
        (Obligation, Emergency, false, Green, Red, Obligation),
        (Claimed, Monthly, true, Orange, Green, OverdueClaimed),
        (Claimed, Monthly, false, Green, Green, OverdueClaimed),
        (Claimed, Monthly, true, Orange, Red, Claimed),
        (Claimed, Emergency, true, Red, Green, Claimed),
        (Claimed, Emergency, false, Green, Green, OverdueClaimed),
    ] {
        let one = Entry { kind, open, receiver, supporter, ..entry(BORIS, state, 100) };
        let closed = close(november(), std::slice::from_ref(&one));
        let case = format!("{state:?} {kind:?} open: {open} {receiver:?} {supporter:?}");
        let [Outcome { commitment, event, .. }] = closed.changed.as_slice() else {
            panic!("{case}: one change expected");
        };
        assert_eq!(commitment.state, becomes, "{case}");
        let month = if becomes.is_live() { november().next() } else { november() };
        assert_eq!(commitment.month, month, "{case}");
        let name = match becomes {
            Lapsed => "lapsed",
            Overdue | OverdueClaimed => "went_overdue",
            _ => "brought_over",
        };
        assert_eq!(event.name(), name, "{case}");
        assert_eq!(closed.carried, [], "{case}");
    }
}

#[test]
fn what_is_settled_or_overdue_is_left_alone() {
    for state in State::ALL.into_iter().filter(|state| !state.is_live() && *state != Fulfilled) {
        assert_eq!(close(november(), &[entry(BORIS, state, 100)]), Closed::default(), "{state:?}");
    }
}

#[test]
fn what_was_fulfilled_becomes_one_intention_of_a_pair() {
    let before = november().previous();
    let carried = |entries: &[Entry]| -> Vec<(MemberId, i64)> {
        let carried = close(november(), entries).carried;
        carried.iter().map(|new| (new.supporter, new.sum.minor())).collect()
    };
    for (entries, expected) in [
        (vec![entry(BORIS, Fulfilled, 100)], vec![(BORIS, 100)]),
        (vec![entry(BORIS, Fulfilled, 100), entry(BORIS, Fulfilled, 50)], vec![(BORIS, 150)]),
        (vec![entry(CLARA, Fulfilled, 70), entry(BORIS, Fulfilled, 100)], vec![(BORIS, 100), (CLARA, 70)]),
        (vec![entry(BORIS, Fulfilled, 100), entry(BORIS, Intention, 50)], vec![(BORIS, 100)]),
        (vec![entry(BORIS, Fulfilled, 100), entry(BORIS, Obligation, 50)], vec![(BORIS, 100)]),
        (vec![Entry { receiver: Red, ..entry(BORIS, Fulfilled, 100) }], vec![(BORIS, 100)]),
        (vec![Entry { open: false, ..entry(BORIS, Fulfilled, 100) }], vec![]),
        (vec![Entry { kind: Emergency, ..entry(BORIS, Fulfilled, 100) }], vec![]),
        (vec![entry(BORIS, FulfilledLate, 100)], vec![]),
        (vec![in_month(entry(BORIS, Fulfilled, 100), before)], vec![]),
    ] {
        assert_eq!(carried(&entries), expected, "{entries:?}");
    }
}

#[test]
fn a_carried_sum_never_makes_a_second_live_commitment() {
    let red = |state| Entry { supporter: Red, ..entry(BORIS, state, 50) };
    let next = in_month(entry(BORIS, Intention, 50), november().next());
    for (live, sum_after) in [(red(Intention), 150), (red(Obligation), 50), (red(Claimed), 50)] {
        let closed = close(november(), &[entry(BORIS, Fulfilled, 100), live]);
        assert_eq!(closed.carried, []);
        let sums: Vec<_> = closed.changed.iter().map(|new| new.commitment.sum.minor()).collect();
        assert_eq!(sums, [sum_after]);
    }
    let closed = close(november(), &[entry(BORIS, Fulfilled, 100), next]);
    assert_eq!(closed, Closed::default());
}

#[test]
fn of_one_promise_what_came_is_intended_again_and_the_rest_is_overdue() {
    let parts = [
        entry(BORIS, Fulfilled, 40),
        entry(BORIS, Fulfilled, 10),
        entry(BORIS, Claimed, 20),
        entry(BORIS, Obligation, 30),
    ];
    let closed = close(november(), &parts);
    let changed: Vec<_> = closed.changed.iter().map(|new| (new.commitment.state, new.commitment.sum.minor())).collect();
    assert_eq!(changed, [(OverdueClaimed, 20), (Overdue, 30)]);
    let carried: Vec<_> = closed.carried.iter().map(|carried| carried.sum.minor()).collect();
    assert_eq!(carried, [50]);
}

#[test]
fn closing_a_month_twice_changes_no_live_commitment_again() {
    let entries = [entry(BORIS, Obligation, 100), Entry { receiver: Red, ..entry(CLARA, Intention, 70) }];
    let after: Vec<Entry> = close(november(), &entries)
        .changed
        .into_iter()
        .zip(&entries)
        .map(|(new, old)| Entry { commitment: new.commitment, ..old.clone() })
        .collect();
    assert_eq!(close(november(), &after), Closed::default());
}
