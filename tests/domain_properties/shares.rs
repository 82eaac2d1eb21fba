//! What a case asks for is shared out exactly, whoever is in the pool.

use exodus::domain::pool::{Part, shares, volume};
use exodus::domain::{MemberId, Money};
use proptest::prelude::*;

fn parts(most: &[i64]) -> Vec<Part> {
    let part = |(at, most): (i64, &i64)| Part { member: MemberId::new(at), most: Money::from_minor(*most) };
    (1..).zip(most).map(part).collect()
}

fn minor(shares: &[Money]) -> Vec<i64> {
    shares.iter().map(|share| share.minor()).collect()
}

/// What has to be true of the shares of this sum.
fn hold(sum: i64, parts: &[Part]) {
    let shares = shares(Money::from_minor(sum), parts);
    let all = volume(parts).minor();
    assert_eq!(minor(&shares).iter().sum::<i64>(), sum.min(all), "the shares are the sum");
    for (part, share) in parts.iter().zip(&shares) {
        assert!((0..=part.most.minor()).contains(&share.minor()), "{share:?} of at most {:?}", part.most);
        // Nobody's is a whole minor unit away from what it would be if it could be divided.
        let exact = i128::from(sum.min(all)) * i128::from(part.most.minor());
        let far = (i128::from(share.minor()) * i128::from(all) - exact).abs();
        assert!(all == 0 || far < i128::from(all), "{share:?} of {:?}", part.most);
    }
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn shares_add_up_and_are_nobodys_more_than_they_give(
        most in prop::collection::vec(0..=1_000_000_i64, 0..40),
        sum in 0..=50_000_000_i64,
    ) {
        hold(sum, &parts(&most));
    }

    #[test]
    fn also_where_sums_are_as_large_as_they_can_be(
        most in prop::collection::vec(0..=i64::MAX / 64, 1..40),
        sum in 0..=i64::MAX,
    ) {
        hold(sum, &parts(&most));
    }

    #[test]
    fn they_are_the_same_in_whatever_order_the_members_stand(
        most in prop::collection::vec(1..=20_i64, 1..40),
        sum in 1..=400_i64,
        turn in 0..40_usize,
    ) {
        let straight = parts(&most);
        let mut turned = straight.clone();
        turned.rotate_left(turn % most.len());
        turned.reverse();
        let of = |parts: &[Part]| {
            let mut found: Vec<(MemberId, Money)> =
                parts.iter().map(|part| part.member).zip(shares(Money::from_minor(sum), parts)).collect();
            found.sort();
            found
        };
        prop_assert_eq!(of(&straight), of(&turned));
    }
}

#[test]
fn one_two_three_seven_and_thousands_of_members_share_any_sum_exactly() {
    for members in [1, 2, 3, 7, 9_973] {
        for each in [1, 2, 999, 100_000] {
            let same = parts(&vec![each; members]);
            let different: Vec<i64> = (1..).take(members).map(|at| each + at * 7_919 % 1_000).collect();
            let all = volume(&same).minor();
            for sum in [1, 2, all / 3, all - 1, all, all + 1] {
                hold(sum, &same);
                hold(sum, &parts(&different));
            }
        }
    }
}

#[test]
fn one_cent_is_one_members() {
    for members in [1, 2, 3, 7, 9_973] {
        let shares = minor(&shares(Money::from_minor(1), &parts(&vec![500; members])));
        assert_eq!((shares[0], shares.iter().sum::<i64>()), (1, 1), "{members} members");
    }
}
