//! A sum as somebody types it: read or refused, never negative, never above what was allowed.
#![no_main]

use exodus::domain::Money;
use libfuzzer_sys::fuzz_target;

const MAX: Money = Money::from_minor(100_000_000);

fuzz_target!(|typed: &str| {
    if let Ok(sum) = Money::parse(typed, MAX) {
        assert!(sum.is_positive() && sum <= MAX, "{typed:?} is {sum}");
        assert_eq!(Money::parse(&sum.to_string(), MAX), Ok(sum), "{typed:?} is {sum}");
    }
});
