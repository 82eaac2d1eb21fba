//! How what a case asks for is shared out: docs/rules.md, "Pools".

use super::super::{MemberId, Money};

/// What one member can be asked for: their contribution, less what they have given already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Who.
    pub member: MemberId,
    /// The most that they give; nothing less than zero.
    pub most: Money,
}

/// What all of these can be asked for together.
pub fn volume(parts: &[Part]) -> Money {
    parts.iter().map(|part| part.most).sum()
}

/// The share of each of these of the sum, in their order: sum × own part / all parts, in whole minor units.
///
/// The shares add up to the sum exactly, or to the volume where that is less, and nobody's is more than their part. What is
/// left after rounding down goes, one minor unit each, to those with the largest remainders; of two that are equal, to the
/// one with the smaller number: so the shares are the same in whatever order the parts stand.
pub fn shares(sum: Money, parts: &[Part]) -> Vec<Money> {
    let most = |part: &Part| i128::from(part.most.minor().max(0));
    let volume: i128 = parts.iter().map(most).sum();
    let sum = i128::from(sum.minor().max(0)).min(volume);
    if volume == 0 {
        return vec![Money::ZERO; parts.len()];
    }
    let mut shares: Vec<i128> = parts.iter().map(|part| sum * most(part) / volume).collect();
    let left = usize::try_from(sum - shares.iter().sum::<i128>()).unwrap_or_default();
    // (Whoever has no remainder is never among those: there are at least as many remainders as units left.)
    let mut by_remainder: Vec<(i128, MemberId, usize)> =
        parts.iter().enumerate().map(|(at, part)| (-(sum * most(part) % volume), part.member, at)).collect();
    if left > 0 && left < by_remainder.len() {
        by_remainder.select_nth_unstable(left - 1);
    }
    for (_, _, at) in by_remainder.into_iter().take(left) {
        shares[at] += 1;
    }
    shares.into_iter().map(|share| Money::from_minor(i64::try_from(share).unwrap_or(i64::MAX))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(most: &[i64]) -> Vec<Part> {
        let part = |(at, most): (i64, &i64)| Part { member: MemberId::new(at), most: Money::from_minor(*most) };
        (1..).zip(most).map(part).collect()
    }

    #[test]
    fn the_largest_remainders_come_first_and_then_the_smaller_numbers() {
        for (sum, most, expected) in [
            (100, &[50, 50][..], &[50, 50][..]),
            (100, &[100, 100, 100], &[34, 33, 33]),
            (101, &[100, 100, 100], &[34, 34, 33]),
            (10, &[3, 3, 4], &[3, 3, 4]),
            (5, &[3, 3, 4], &[2, 1, 2]),
            (1, &[1, 2, 3], &[0, 0, 1]),
            (1, &[5], &[1]),
            (7, &[5], &[5]),
            (7, &[0, 5, 0], &[0, 5, 0]),
            (7, &[0, 0], &[0, 0]),
            (0, &[5, 5], &[0, 0]),
            (7, &[], &[]),
        ] {
            let found: Vec<i64> =
                shares(Money::from_minor(sum), &parts(most)).iter().map(|share| share.minor()).collect();
            assert_eq!(found, expected, "{sum} among {most:?}");
        }
    }

    #[test]
    fn the_greatest_sums_there_are_do_not_overflow() {
        let most = [i64::MAX / 2, i64::MAX / 2];
        let sum = Money::from_minor(i64::MAX - 1);
        assert_eq!(shares(sum, &parts(&most)), most.map(Money::from_minor));
        assert_eq!(volume(&parts(&[i64::MAX, 1])), Money::from_minor(i64::MAX));
    }
}
