//! Sums that are offered instead of typing one.

use super::Money;

/// The parts of the target that are offered: a tenth, a quarter, a half.
const PARTS: [i64; 3] = [10, 4, 2];

/// Sums to choose instead of typing one: round ones, in proportion to what is asked for, and less
/// than what is missing, which is offered by itself; at least one whole unit.
pub fn ready_sums(target: Money, missing: Money, one: Money) -> Vec<Money> {
    let most = if missing.is_positive() { missing } else { target };
    let mut sums: Vec<Money> = PARTS.iter().map(|part| round(target.minor() / part)).collect();
    sums.dedup();
    sums.retain(|sum| *sum < most && *sum >= one);
    sums
}

/// Sums to vote for an initiative with, of which none is more than it still lacks: ready ones and, as soon as somebody has voted,
/// what it lacks.
pub fn ready_votes(target: Money, missing: Money, one: Money) -> Vec<Money> {
    if !missing.is_positive() {
        return Vec::new();
    }
    let rest = Some(missing).filter(|missing| *missing < target);
    ready_sums(target, missing, one).into_iter().chain(rest).collect()
}

/// The next sum below that people would name: 1, 2 or 5 with zeros after it.
fn round(minor: i64) -> Money {
    let mut step = 1;
    while minor / 10 >= step {
        step *= 10;
    }
    let first = [5, 2, 1].into_iter().find(|first| minor / step >= *first).unwrap_or(0);
    Money::from_minor(first * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_are_offered_up_to_what_is_lacking() {
        let whole = |sum: i64| Money::from_minor(sum * 100);
        for (missing, expected) in
            [(500, vec![50, 100, 200]), (379, vec![50, 100, 200, 379]), (50, vec![50]), (7, vec![7]), (0, vec![])]
        {
            let expected: Vec<Money> = expected.into_iter().map(whole).collect();
            assert_eq!(ready_votes(whole(500), whole(missing), whole(1)), expected, "{missing}");
        }
    }

    #[test]
    fn ready_sums_are_round_and_less_than_what_is_missing() {
        let whole = |sum: i64| Money::from_minor(sum * 100);
        for (target, missing, expected) in [
            (500, 500, vec![50, 100, 200]),
            (500, 379, vec![50, 100, 200]),
            (500, 100, vec![50]),
            (500, 0, vec![50, 100, 200]),
            (1_000_000, 1_000_000, vec![100_000, 200_000, 500_000]),
            (10, 10, vec![1, 2, 5]),
            (3, 3, vec![1]),
            (1, 1, vec![]),
        ] {
            let expected: Vec<Money> = expected.into_iter().map(whole).collect();
            assert_eq!(ready_sums(whole(target), whole(missing), whole(1)), expected, "{target} {missing}");
        }
    }
}
