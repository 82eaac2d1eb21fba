//! What the calendar tells members of their own records: after a month's close, and before its end.
//!
//! Everything is read from the records as they are when the digest is made, so its sums are theirs, whoever closed the
//! month: the scheduler, or a turn that came before it. `notices/digests.rs` and `notices/reminders.rs` put it in words.

use crate::domain::{CommitmentId, MemberId, Money, Role, State};

/// One commitment in a member's digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub commitment: CommitmentId,
    /// Which end of it the reader is.
    pub side: Role,
    /// The other end, and what they are called.
    pub other: MemberId,
    pub name: String,
    pub sum: Money,
    /// As it is now.
    pub state: State,
}

/// What the end of a month left to one member. Never empty: who has nothing gets no digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    pub member: MemberId,
    /// Intentions of the new month that what was fulfilled in the old one became.
    pub carried: Vec<Line>,
    /// Intentions that the month ended on.
    pub lapsed: Vec<Line>,
    /// All that is overdue now, of earlier months too.
    pub overdue: Vec<Line>,
}

/// What one member should settle before the month ends, because its end would make it lapse or go overdue. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settle {
    pub member: MemberId,
    /// Their intentions: to be promised, or they lapse.
    pub promise: Vec<Line>,
    /// Their obligations, and what is overdue and not claimed: to be fulfilled.
    pub fulfil: Vec<Line>,
    /// What they have done and the receiver has not confirmed.
    pub remind: Vec<Line>,
    /// What others say they have done for them: to be confirmed.
    pub confirm: Vec<Line>,
}

/// An obligation that is not claimed yet, for its supporter (`line.side`): one notice each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclaimed {
    pub member: MemberId,
    pub line: Line,
}
