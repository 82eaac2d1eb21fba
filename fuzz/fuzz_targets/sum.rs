//! A sum as somebody types it: read or refused, never negative, never above what was allowed.
#![no_main]

use exodus::domain::{Money, Unit};
use libfuzzer_sys::fuzz_target;

const MAX: Money = Money::from_minor(100_000_000);

fuzz_target!(|typed: &str| {
    let unit = Unit::new("EUR", 2, &[]);
    if let Ok(sum) = unit.parse(typed, MAX) {
        assert!(sum.is_positive() && sum <= MAX, "{typed:?} is {sum}");
        assert_eq!(unit.parse(&unit.plain(sum), MAX), Ok(sum), "{typed:?} is {sum}");
    }
});
