//! Months and their numbers.

use exodus::domain::Month;
use proptest::prelude::*;

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn months_are_numbered_and_follow_each_other(year in 1..9999_i32, month in 1..=12_u32) {
        let this = Month::new(year, month).expect("a month");
        prop_assert_eq!(Month::from_number(this.number()), Some(this));
        prop_assert_eq!(this.next().previous(), this);
        prop_assert!(this < this.next() && this.number() < this.next().number());
        prop_assert_eq!(this.last_day().succ_opt(), Some(this.next().first_day()));
    }
}
