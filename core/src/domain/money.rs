//! Sums of the community's one unit of account.

use std::iter::Sum;

use serde::Serialize;

use exodus_engine::locale::Arg;

/// A sum in whole minor units (cents). Exact: never a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A sum of so many minor units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// How many minor units it is.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// More than zero, as every sum of a collection and a commitment has to be.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum of both, unless it is out of bounds.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The sum of both, or the greatest there is.
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// So many times the sum, or the greatest there is.
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// What is left after taking the other off, but never less than nothing.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }
}

/// Adds up, and stops at the greatest sum there is rather than wrapping round.
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::ZERO, Self::saturating_add)
    }
}

impl From<Money> for Arg {
    fn from(sum: Money) -> Arg {
        Arg::Sum(sum.minor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stay_in_bounds() {
        let (most, one) = (Money::from_minor(i64::MAX), Money::from_minor(1));
        assert_eq!(most.checked_add(one), None);
        assert_eq!(most.saturating_add(one), most);
        assert_eq!([most, most].into_iter().sum::<Money>(), most);
        assert_eq!((one.times(7), most.times(2), one.times(u64::MAX)), (Money::from_minor(7), most, most));
        assert_eq!(one.saturating_sub(most), Money::ZERO);
        assert_eq!(most.saturating_sub(one), Money::from_minor(i64::MAX - 1));
    }
}
