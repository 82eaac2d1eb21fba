//! Holds a result against its debts and its certificate, without the solver: nothing here is used there, nor the other way
//! round.

mod rule;

use std::fmt;

use crate::Debt;

/// What was looked at, and found as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// All that is set off together, in minor units.
    pub total: i128,
    /// Whether the oldest were looked at as well. It is left out only where that would take too long.
    pub oldest_first: bool,
}

/// What is wrong with a result. Debts and members go by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There are not as many sums as debts.
    Sums { debts: usize, sums: usize },
    /// There are not as many prices as members.
    Prices { members: usize, prices: usize },
    /// What is set off of a debt is below zero, or more than there is.
    OutOfBounds { debt: usize },
    /// More is set off of what a member owes than of what they are owed, or less.
    Balance { member: u32, owing: i128, owed: i128 },
    /// More could be set off, or the prices don't prove that it could not.
    NotGreatest { total: i128, bound: i128 },
    /// The prices are beyond reckoning.
    PricesTooLarge,
    /// Of one pair and one day, a greater debt was cleared before a smaller one was done with.
    SmallerFirst { debt: usize },
    /// Something else could be set off instead, with the same total, that is older or comes first by the rule.
    OlderFirst { debt: usize },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sums { debts, sums } => write!(f, "{sums} sums are set off, but there are {debts} debts"),
            Self::Prices { members, prices } => write!(f, "there are {prices} prices for {members} members"),
            Self::OutOfBounds { debt } => {
                write!(f, "debt {debt}: what is set off is below zero, or more than the debt")
            }
            Self::Balance { member, owing, owed } => write!(
                f,
                "member {member}: {owing} is set off of what they owe, and {owed} of what they are owed; both have to be equal"
            ),
            Self::NotGreatest { total, bound } => write!(
                f,
                "{total} is set off, but by the certificate it could be up to {bound}: it is not the greatest set-off, or \
                 the certificate is not of this result"
            ),
            Self::PricesTooLarge => write!(f, "the prices of the certificate are too large to be reckoned with"),
            Self::SmallerFirst { debt } => {
                write!(f, "debt {debt} is set off before a smaller one of the same pair and day is done with")
            }
            Self::OlderFirst { debt } => write!(
                f,
                "debt {debt} is set off less than it could be with the same total; it is older than what was set off instead, or \
                 comes first by the rule"
            ),
        }
    }
}

impl std::error::Error for Fault {}

/// Whether this is the result for these debts: nothing below zero and nothing beyond a debt, every balance as it was, the
/// greatest total there is, and of all such the one that the rule says.
///
/// # Errors
///
/// The first [`Fault`] that is found.
pub fn check(debts: &[Debt], set_off: &[i64], prices: &[i64]) -> Result<Checked, Fault> {
    let total = check_total(debts, set_off, prices)?;
    let oldest_first = rule::hold(debts, set_off, prices)?;
    Ok(Checked { total, oldest_first })
}

/// The part of [`check()`] that is done in a moment: all but that the oldest come first. Returns the total.
///
/// # Errors
///
/// The first [`Fault`] that is found.
pub fn check_total(debts: &[Debt], set_off: &[i64], prices: &[i64]) -> Result<i128, Fault> {
    if set_off.len() != debts.len() {
        return Err(Fault::Sums { debts: debts.len(), sums: set_off.len() });
    }
    let members = debts.iter().map(|debt| debt.from.max(debt.to) as usize + 1).max().unwrap_or(0);
    if prices.len() != members {
        return Err(Fault::Prices { members, prices: prices.len() });
    }
    if let Some(debt) = debts.iter().zip(set_off).position(|(debt, sum)| *sum < 0 || *sum > debt.amount) {
        return Err(Fault::OutOfBounds { debt });
    }
    let mut sides = vec![(0i128, 0i128); members];
    for (debt, sum) in debts.iter().zip(set_off) {
        sides[debt.from as usize].0 += i128::from(*sum);
        sides[debt.to as usize].1 += i128::from(*sum);
    }
    if let Some(member) = sides.iter().position(|(owing, owed)| owing != owed) {
        let (owing, owed) = sides[member];
        return Err(Fault::Balance { member: member as u32, owing, owed });
    }
    let total = set_off.iter().map(|sum| i128::from(*sum)).sum();
    let bound = bound(debts, prices).ok_or(Fault::PricesTooLarge)?;
    if bound != total {
        return Err(Fault::NotGreatest { total, bound });
    }
    Ok(total)
}

/// No set-off has a greater total than this, whatever the prices are.
///
/// For what goes round a cycle the prices cancel out; so a total is also the sum, over all debts, of what is set off times
/// `1 - price(from) + price(to)`. That is at most the whole debt times this number where it is above zero, and at most
/// nothing where it is below.
fn bound(debts: &[Debt], prices: &[i64]) -> Option<i128> {
    debts.iter().try_fold(0i128, |sum, debt| {
        let worth = 1 - i128::from(prices[debt.from as usize]) + i128::from(prices[debt.to as usize]);
        sum.checked_add(worth.max(0).checked_mul(i128::from(debt.amount))?)
    })
}
