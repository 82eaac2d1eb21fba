//! Clearing: what of the promises of a community is set off against each other, in closed chains.
//!
//! What takes part is decided where it is read; here is only what comes of it. The solver and the checker that holds its result
//! are a crate of their own (`docs/clearing.md`); members are numbered in the order of their ids, so the result is the same for
//! whoever computes it again.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use exodus_clearing::{Debt, check, solve};

use super::{CommitmentId, MemberId, Money};

/// Which clearing it is: the number in the store.
#[derive(Debug)]
pub enum Clearing {}

/// A promise that takes part: not done, of both sides allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    pub commitment: CommitmentId,
    pub supporter: MemberId,
    pub receiver: MemberId,
    /// How much is left of it.
    pub sum: Money,
    /// When it was promised: the oldest are set off first.
    pub since: NaiveDate,
}

/// What is set off of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetOff {
    pub commitment: CommitmentId,
    pub supporter: MemberId,
    pub receiver: MemberId,
    /// How much: all of it at most.
    pub sum: Money,
    /// How much it was before.
    pub of: Money,
}

/// A number of promises, of the members who are a side of them, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    pub members: u64,
    pub sum: Money,
}

/// What a clearing comes to, without a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// What took part.
    pub owed: Tally,
    /// What is set off.
    pub set_off: Tally,
}

/// What a clearing sets off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// In the order in which the promises were given; what is not set off is left out.
    pub lines: Vec<SetOff>,
    pub totals: Totals,
}

/// Why nothing can be set off: the solver refuses what it was given, or the checker what came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful(String);

impl fmt::Display for Doubtful {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Doubtful {}

/// Sets promises off against each other: the greatest total there is, the oldest first. The result is held against the promises
/// and its certificate before it is given: bounds, every member's balance, that no total is greater, that none older was left.
/// It takes seconds for a hundred thousand promises, and none of them in a transaction.
///
/// # Errors
/// [`Doubtful`]: then nothing is to be done.
pub fn clear(owed: &[Owed]) -> Result<Cleared, Doubtful> {
    let members: Vec<MemberId> = sides(owed.iter().map(|one| (one.supporter, one.receiver))).into_iter().collect();
    let number = |member: MemberId| {
        let place = members.binary_search(&member).ok().and_then(|place| u32::try_from(place).ok());
        place.ok_or_else(|| Doubtful("there are more members than can be numbered".to_owned()))
    };
    let debts = owed
        .iter()
        .map(|one| {
            let (from, to) = (number(one.supporter)?, number(one.receiver)?);
            Ok(Debt { from, to, amount: one.sum.minor(), day: one.since.num_days_from_ce().into() })
        })
        .collect::<Result<Vec<Debt>, Doubtful>>()?;
    let clearing = solve(&debts).map_err(|refused| Doubtful(refused.to_string()))?;
    let checked = check::check(&debts, &clearing.set_off, &clearing.prices);
    checked.map_err(|fault| Doubtful(fault.to_string()))?;
    let line = |(one, sum): (&Owed, &i64)| SetOff {
        commitment: one.commitment,
        supporter: one.supporter,
        receiver: one.receiver,
        sum: Money::from_minor(*sum),
        of: one.sum,
    };
    let lines: Vec<SetOff> = owed.iter().zip(&clearing.set_off).filter(|(_, sum)| **sum > 0).map(line).collect();
    let totals = Totals {
        owed: tally(owed.iter().map(|one| (one.supporter, one.receiver, one.sum))),
        set_off: tally(lines.iter().map(|one| (one.supporter, one.receiver, one.sum))),
    };
    Ok(Cleared { lines, totals })
}

fn tally(these: impl Iterator<Item = (MemberId, MemberId, Money)> + Clone) -> Tally {
    Tally {
        count: these.clone().count() as u64,
        members: sides(these.clone().map(|(supporter, receiver, _)| (supporter, receiver))).len() as u64,
        sum: these.fold(Money::ZERO, |total, (.., sum)| total.saturating_add(sum)),
    }
}

fn sides(these: impl Iterator<Item = (MemberId, MemberId)>) -> BTreeSet<MemberId> {
    these.flat_map(|(supporter, receiver)| [supporter, receiver]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed(id: i64, supporter: i64, receiver: i64, sum: i64, day: u32) -> Owed {
        Owed {
            commitment: CommitmentId::new(id),
            supporter: MemberId::new(supporter),
            receiver: MemberId::new(receiver),
            sum: Money::from_minor(sum),
            since: NaiveDate::from_ymd_opt(2026, 11, day).expect("a day"),
        }
    }

    fn sums(cleared: &Cleared) -> Vec<(i64, i64)> {
        cleared.lines.iter().map(|line| (line.commitment.number(), line.sum.minor())).collect()
    }

    #[test]
    fn a_ring_shrinks_by_its_smallest_promise_and_nobody_s_balance_changes() {
        let all =
            [owed(1, 10, 20, 6_000, 1), owed(2, 20, 30, 4_000, 2), owed(3, 30, 10, 10_000, 3), owed(4, 30, 40, 500, 1)];
        let cleared = clear(&all).expect("cleared");
        assert_eq!(sums(&cleared), [(1, 4_000), (2, 4_000), (3, 4_000)]);
        let Totals { owed, set_off } = cleared.totals;
        assert_eq!((owed.count, owed.members, owed.sum.minor()), (4, 4, 20_500));
        assert_eq!((set_off.count, set_off.members, set_off.sum.minor()), (3, 3, 12_000));
    }

    #[test]
    fn the_oldest_comes_first_whatever_the_order() {
        let mut all =
            vec![owed(1, 10, 20, 100, 5), owed(2, 20, 10, 60, 3), owed(3, 10, 20, 50, 1), owed(4, 20, 30, 70, 1)];
        for _ in 0..all.len() {
            let mut found = sums(&clear(&all).expect("cleared"));
            found.sort_unstable();
            assert_eq!(found, [(1, 10), (2, 60), (3, 50)]);
            all.rotate_left(1);
        }
    }

    #[test]
    fn where_nothing_closes_nothing_is_set_off() {
        let cleared = clear(&[owed(1, 10, 20, 100, 5), owed(2, 20, 30, 60, 3)]).expect("cleared");
        assert_eq!((cleared.lines.len(), cleared.totals.set_off), (0, Tally::default()));
        assert_eq!(clear(&[]), Ok(Cleared::default()));
    }

    #[test]
    fn what_can_not_be_owed_sets_nothing_off() {
        assert!(clear(&[owed(1, 10, 10, 100, 5)]).is_err(), "to oneself");
        assert!(clear(&[owed(1, 10, 20, 0, 5)]).is_err(), "nothing");
    }
}
