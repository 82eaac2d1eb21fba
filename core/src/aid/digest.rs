//! What the calendar tells members of their own records: after a month's close, and before its end.
//!
//! Everything is read from the records as they are when the digest is made, so its sums are theirs, whoever closed the
//! month: the scheduler, or a turn that came before it. `notices/digests.rs` and `notices/reminders.rs` put it in words.

use std::collections::BTreeMap;

use sea_orm::DbErr;

use super::Aid;
use crate::domain::{
    CollectionId, Commitment, CommitmentId, Entry, MemberId, Money, Month, Role, State, Status, ends_with_month,
};
use crate::store;

/// How many members are told in one transaction.
const AT_ONCE: u64 = 50;

/// How many of those who promised to one emergency are reminded in one transaction.
const REMINDED_AT_ONCE: u64 = 200;

/// One commitment in a member's digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub commitment: CommitmentId,
    /// Which end of it the reader is.
    pub side: Role,
    /// The other end.
    pub other: MemberId,
    pub sum: Money,
    /// As it is now.
    pub state: State,
    /// The other end is suspended: nothing is promised to them, nor asked of them.
    pub paused: bool,
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

/// What is told to some members, and the last one who was looked at; `None` when there are no more.
pub type Part<T> = (Vec<T>, Option<MemberId>);

/// What a month's close left to the next members behind `after`.
pub async fn left_by(aid: &Aid<'_>, ended: Month, after: MemberId) -> Result<Part<Digest>, DbErr> {
    let members = store::member::ids_after(aid.tx, after, aid.at_once(AT_ONCE)).await?;
    let mut lines = Lines::default();
    for side in [Role::Supporter, Role::Receiver] {
        for commitment in store::commitment::left_by(aid.tx, ended, side, &members).await? {
            lines.add(side, &commitment);
        }
    }
    let digests = lines.looked_up(aid).await?.0.into_iter().map(|(member, lines)| {
        let in_states = |states: &[State]| lines.iter().filter(|line| states.contains(&line.state)).cloned().collect();
        Digest {
            member,
            carried: in_states(&[State::Intention]),
            lapsed: in_states(&[State::Lapsed]),
            overdue: in_states(&[State::Overdue, State::OverdueClaimed]),
        }
    });
    Ok((digests.collect(), members.last().copied()))
}

/// What the next members behind `after` should settle before the month ends. Nobody is pressed while they are Red.
pub async fn to_settle(aid: &Aid<'_>, after: MemberId) -> Result<Part<Settle>, DbErr> {
    let members = store::member::ids_after(aid.tx, after, aid.at_once(AT_ONCE)).await?;
    let mut lines = Lines::default();
    for entry in store::commitment::unsettled(aid.tx, Role::Supporter, &members).await? {
        if entry.supporter != Status::Red && (ends_with_month(&entry) || entry.commitment.state.is_overdue()) {
            lines.add(Role::Supporter, &entry.commitment);
        }
    }
    for entry in store::commitment::unsettled(aid.tx, Role::Receiver, &members).await? {
        let claimed = matches!(entry.commitment.state, State::Claimed | State::OverdueClaimed);
        if claimed && (ends_with_month(&entry) || entry.commitment.state.is_overdue()) {
            lines.add(Role::Receiver, &entry.commitment);
        }
    }
    let settles = lines.looked_up(aid).await?.0.into_iter().map(|(member, lines)| {
        let of = |side: Role, states: &[State], what: fn(&Line) -> bool| -> Vec<Line> {
            let these = lines.iter().filter(|line| line.side == side && states.contains(&line.state));
            these.filter(|line| what(line)).cloned().collect()
        };
        // What can't be promised or asked while the other end is suspended is not to be settled now.
        Settle {
            member,
            promise: of(Role::Supporter, &[State::Intention], |line| !line.paused),
            fulfil: of(Role::Supporter, &[State::Obligation, State::Overdue], |_| true),
            remind: of(Role::Supporter, &[State::Claimed, State::OverdueClaimed], |line| !line.paused),
            confirm: of(Role::Receiver, &[State::Claimed, State::OverdueClaimed], |_| true),
        }
    });
    let is_empty = |settle: &Settle| {
        let Settle { promise, fulfil, remind, confirm, .. } = settle;
        [promise, fulfil, remind, confirm].iter().all(|lines| lines.is_empty())
    };
    Ok((settles.filter(|settle| !is_empty(settle)).collect(), members.last().copied()))
}

/// The obligations of the next members behind `after` that the month's end would make overdue.
pub async fn unclaimed(aid: &Aid<'_>, after: MemberId) -> Result<Part<Unclaimed>, DbErr> {
    let members = store::member::ids_after(aid.tx, after, aid.at_once(AT_ONCE)).await?;
    let entries = store::commitment::unsettled(aid.tx, Role::Supporter, &members).await?;
    let owed =
        entries.into_iter().filter(|entry| entry.commitment.state == State::Obligation && ends_with_month(entry));
    Ok((for_supporters(aid, owed).await?, members.last().copied()))
}

/// The obligations to an emergency of its next supporters behind `after`. Nobody is pressed while they are Red.
pub async fn unclaimed_of(aid: &Aid<'_>, emergency: CollectionId, after: MemberId) -> Result<Part<Unclaimed>, DbErr> {
    let entries = store::commitment::obligations_to(aid.tx, emergency, after, REMINDED_AT_ONCE).await?;
    let last = entries.last().map(|entry| entry.commitment.supporter);
    let owed = entries.into_iter().filter(|entry| entry.supporter != Status::Red);
    Ok((for_supporters(aid, owed).await?, last))
}

async fn for_supporters(aid: &Aid<'_>, owed: impl Iterator<Item = Entry>) -> Result<Vec<Unclaimed>, DbErr> {
    let mut lines = Lines::default();
    for entry in owed {
        lines.add(Role::Supporter, &entry.commitment);
    }
    let of = |(member, lines): (MemberId, Vec<Line>)| lines.into_iter().map(move |line| Unclaimed { member, line });
    Ok(lines.looked_up(aid).await?.0.into_iter().flat_map(of).collect())
}

/// Lines by the member who reads them.
#[derive(Default)]
struct Lines(BTreeMap<MemberId, Vec<Line>>);

impl Lines {
    fn add(&mut self, side: Role, commitment: &Commitment) {
        let (reader, other) = match side {
            Role::Supporter => (commitment.supporter, commitment.receiver),
            Role::Receiver => (commitment.receiver, commitment.supporter),
        };
        self.0.entry(reader).or_default().push(Line {
            commitment: commitment.id,
            side,
            other,
            sum: commitment.sum,
            state: commitment.state,
            paused: false,
        });
    }

    /// The same, where it is known of each whether the other end is suspended. One query.
    async fn looked_up(mut self, aid: &Aid<'_>) -> Result<Lines, DbErr> {
        let others = self.0.values().flatten().map(|line| line.other);
        let paused = store::member::suspended_among(aid.tx, others).await?;
        for line in self.0.values_mut().flatten() {
            line.paused = paused.contains(&line.other);
        }
        Ok(self)
    }
}
