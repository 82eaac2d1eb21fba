//! The numbers that sums are reckoned in: `i64` where all debts together fit into one, and `i128` where they don't.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// A whole number that holds the sum of all debts of a network.
pub(crate) trait Whole:
    Copy
    + Ord
    + Default
    + Debug
    + From<i64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
{
    /// The number as the sum of one debt, which is an `i64` by itself.
    fn one_debt(self) -> i64;

    fn is_positive(self) -> bool {
        self > Self::default()
    }

    fn is_negative(self) -> bool {
        self < Self::default()
    }
}

impl Whole for i64 {
    fn one_debt(self) -> i64 {
        self
    }
}

impl Whole for i128 {
    fn one_debt(self) -> i64 {
        i64::try_from(self).unwrap_or(i64::MAX)
    }
}
