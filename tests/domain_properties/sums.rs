//! Sums as people write them.

use exodus::domain::{Misread, Money, Unit};
use proptest::prelude::*;

fn euro() -> Unit {
    Unit::new("EUR", 2, &[("EUR".to_owned(), "€".to_owned())])
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn a_written_sum_is_read_as_itself(minor in 1..=i64::MAX) {
        let sum = Money::from_minor(minor);
        prop_assert_eq!(euro().parse(&euro().plain(sum), sum), Ok(sum));
        prop_assert_eq!(euro().parse(&euro().plain(sum).replace('.', ","), sum), Ok(sum));
        prop_assert_eq!(euro().parse(&format!("€ {}", euro().plain(sum)), sum), Ok(sum));
        let less = Money::from_minor(minor - 1);
        prop_assert_eq!(euro().parse(&euro().plain(sum), less), Err(Misread::TooLarge(less)));
    }

    #[test]
    fn grouped_thousands_are_read_as_the_same_sum(
        minor in 1..=i64::MAX,
        signs in proptest::sample::select(vec![(' ', ','), ('\u{a0}', '.'), ('.', ','), (',', '.'), ('\'', '.')]),
    ) {
        let (group, point) = signs;
        let digits: Vec<char> = (minor / 100).to_string().chars().rev().collect();
        let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
        let whole: String = groups.join(&group.to_string()).chars().rev().collect();
        let sum = Money::from_minor(minor);
        prop_assert_eq!(euro().parse(&format!("{whole}{point}{:02}", minor % 100), sum), Ok(sum));
    }

    #[test]
    fn any_text_is_read_as_a_sum_within_bounds_or_refused(
        text in prop_oneof![any::<String>(), "[-+*/0-9 .,'€$a-zр\u{a0}\u{200f}]{0,40}"],
        max in 1..=i64::MAX,
    ) {
        let max = Money::from_minor(max);
        match euro().parse(&text, max) {
            Ok(sum) => prop_assert!(sum.is_positive() && sum <= max),
            Err(Misread::TooLarge(told)) => prop_assert_eq!(told, max),
            Err(_) => {}
        }
    }
}
