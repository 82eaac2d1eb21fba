//! When something counts as done, and how often it is reminded of.

use super::State::*;
use super::tests::{FREE, RECEIVER, SUPPORTER, commitment, hour};
use super::*;
use crate::domain::Role;

#[test]
fn what_counts_is_when_it_was_done_not_when_it_was_confirmed() {
    let done = |commitment: &Commitment, deed: Deed, standing: &Standing| {
        let who = if deed.kind().role() == Role::Supporter { SUPPORTER } else { RECEIVER };
        act(commitment, who, deed, standing, hour(1)).expect("it can be done").commitment
    };
    for (from, claims, in_time) in
        [(Intention, Deed::FulfilNow, true), (Obligation, Deed::Claim, true), (Overdue, Deed::Claim, false)]
    {
        let claimed = done(&commitment(from), claims, FREE);
        assert_eq!(claimed.claimed_in_time, in_time, "{from:?}");
        // The month ends on it.
        let waits = Commitment { state: OverdueClaimed, ..claimed };
        let confirmed = done(&waits, Deed::Confirm, FREE);
        assert_eq!((confirmed.state, confirmed.is_kept_late()), (FulfilledLate, !in_time), "{from:?}");
        let settled = Commitment { settled_at: Some(hour(0)), ..confirmed };
        let again = done(&done(&settled, Deed::TakeConfirmationBack, FREE), Deed::Confirm, FREE);
        assert_eq!(again.is_kept_late(), !in_time, "taken back and given again");
        // What was not done yet after all is done when it is said again.
        for deed in [Deed::TakeBack, Deed::NotReceived] {
            let owed = done(&waits, deed, FREE);
            assert!(done(&done(&owed, Deed::Claim, FREE), Deed::Confirm, FREE).is_kept_late(), "{deed:?}");
        }
    }
    // Confirmed in its month, taken back after it, and confirmed again.
    let confirmed = done(&done(&commitment(Obligation), Deed::Claim, FREE), Deed::Confirm, FREE);
    let settled = Commitment { settled_at: Some(hour(0)), ..confirmed };
    let again = done(&done(&settled, Deed::TakeConfirmationBack, FREE), Deed::Confirm, FREE);
    assert!(!again.is_kept_late() && again.state == FulfilledLate);
}

#[test]
fn each_claim_can_be_reminded_of_once_a_day() {
    let remind = |claim: &Commitment, at: i64| act(claim, SUPPORTER, Deed::Remind, FREE, hour(at));
    let reminded = remind(&commitment(Claimed), 1).expect("nobody was reminded").commitment;
    assert!(matches!(remind(&reminded, 2), Err(Refusal::TooSoon { .. })));
    let owed = act(&reminded, RECEIVER, Deed::NotReceived, FREE, hour(2)).expect("it has not come").commitment;
    for claims in [Deed::Claim, Deed::ClaimPart(owed.sum)] {
        let claimed = act(&owed, SUPPORTER, claims, FREE, hour(3)).expect("it is owed").commitment;
        assert!(remind(&claimed, 3).is_ok(), "{claims:?} is another claim");
    }
    let confirmed = Commitment { settled_at: Some(hour(2)), state: Fulfilled, ..reminded };
    let waits = act(&confirmed, RECEIVER, Deed::TakeConfirmationBack, FREE, hour(3)).expect("by mistake").commitment;
    assert!(remind(&waits, 3).is_ok(), "it waits once more");
}
