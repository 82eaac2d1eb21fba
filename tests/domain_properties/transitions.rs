//! How a commitment may go from one state to another.

use exodus::domain::{DeedKind, State};

/// Why a commitment went from one state to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cause {
    By(DeedKind),
    MonthEnd,
    CollectionEnd,
    /// A part of it that was claimed is one with it again.
    OneAgain,
}

/// The transitions of the specification, and no others.
pub const TRANSITIONS: [(State, Cause, State); 45] = {
    use Cause::*;
    use DeedKind::*;
    use State::*;
    [
        (Intention, By(Change), Intention),
        (Intention, By(AskToPromise), Intention),
        (Intention, By(Withdraw), Withdrawn),
        (Intention, By(Promise), Obligation),
        (Intention, By(FulfilNow), Claimed),
        (Intention, MonthEnd, Lapsed),
        (Intention, MonthEnd, Intention), // on hold
        (Intention, CollectionEnd, Cancelled),
        (Obligation, By(AskToFulfil), Obligation),
        (Obligation, By(Claim), Claimed),
        (Obligation, By(ClaimPart), Obligation), // what is left
        (Obligation, By(ClaimPart), Claimed),    // all of it
        (Obligation, OneAgain, Obligation),
        (Obligation, By(Forgive), Forgiven),
        (Obligation, MonthEnd, Overdue),
        (Obligation, MonthEnd, Obligation), // put off, or of an open emergency
        (Obligation, CollectionEnd, Cancelled),
        (Claimed, By(Remind), Claimed),
        (Claimed, By(Confirm), Fulfilled),
        (Claimed, By(NotReceived), Obligation),
        (Claimed, By(TakeBack), Obligation),
        (Claimed, By(NotReceived), Merged), // with what is left
        (Claimed, By(TakeBack), Merged),
        (Claimed, MonthEnd, OverdueClaimed),
        (Claimed, MonthEnd, Claimed), // put off, or of an open emergency
        (Overdue, By(AskToFulfil), Overdue),
        (Overdue, By(Forgive), Forgiven),
        (Overdue, By(Claim), OverdueClaimed),
        (Overdue, By(ClaimPart), Overdue),        // what is left
        (Overdue, By(ClaimPart), OverdueClaimed), // all of it
        (Overdue, OneAgain, Overdue),
        (OverdueClaimed, By(Remind), OverdueClaimed),
        (OverdueClaimed, By(Confirm), FulfilledLate),
        (OverdueClaimed, By(NotReceived), Overdue),
        (OverdueClaimed, By(TakeBack), Overdue),
        (OverdueClaimed, By(NotReceived), Merged), // with what is left
        (OverdueClaimed, By(TakeBack), Merged),
        (Fulfilled, By(TakeConfirmationBack), Claimed),
        (Fulfilled, By(TakeConfirmationBack), OverdueClaimed), // of a month that is over
        (FulfilledLate, By(TakeConfirmationBack), OverdueClaimed),
        (Intention, By(Note), Intention),
        (Obligation, By(Note), Obligation),
        (Claimed, By(Note), Claimed),
        (Overdue, By(Note), Overdue),
        (OverdueClaimed, By(Note), OverdueClaimed),
    ]
};
