//! Against brute force: on small networks, all circulations are tried.

#![allow(clippy::expect_used, reason = "a test that breaks off has said what it had to say")]

use exodus_clearing::generate::Dice;
use exodus_clearing::{Debt, solve};

/// All sums that can be set off of all debts together, by trying everything.
fn all(debts: &[Debt], members: usize, found: &mut impl FnMut(&[i64])) {
    // Whose balance can no longer change after this debt.
    let last: Vec<Option<usize>> = (0..members as u32)
        .map(|member| debts.iter().rposition(|debt| debt.from == member || debt.to == member))
        .collect();
    fn go(
        debts: &[Debt],
        last: &[Option<usize>],
        taken: &mut Vec<i64>,
        balance: &mut [i64],
        found: &mut impl FnMut(&[i64]),
    ) {
        let at = taken.len();
        let Some(debt) = debts.get(at) else { return found(taken) };
        for sum in 0..=debt.amount {
            balance[debt.from as usize] -= sum;
            balance[debt.to as usize] += sum;
            taken.push(sum);
            let settled = last.iter().zip(balance.iter()).all(|(last, balance)| *last != Some(at) || *balance == 0);
            if settled {
                go(debts, last, taken, balance, found);
            }
            taken.pop();
            balance[debt.from as usize] += sum;
            balance[debt.to as usize] -= sum;
        }
    }
    go(debts, &last, &mut Vec::new(), &mut vec![0; members], found);
}

/// What the rule asks, question by question, as sums: the larger the better, the first that differs decides.
fn merits(debts: &[Debt], set_off: &[i64]) -> Vec<i64> {
    let mut groups: Vec<(i64, u32, u32)> = debts.iter().map(|debt| (debt.day, debt.from, debt.to)).collect();
    groups.sort_unstable();
    groups.dedup();
    let of = |debt: &Debt| groups.binary_search(&(debt.day, debt.from, debt.to)).expect("a group");
    let total = |wanted: &dyn Fn(usize) -> bool| -> i64 {
        debts.iter().zip(set_off).filter(|(debt, _)| wanted(of(debt))).map(|(_, sum)| sum).sum()
    };
    let mut merits = vec![total(&|_| true)];
    let mut days: Vec<i64> = debts.iter().map(|debt| debt.day).collect();
    days.sort_unstable();
    days.dedup();
    merits.extend(days.iter().map(|day| total(&|group| groups[group].0 == *day)));
    let digits = format!("{:b}", groups.len() - 1).len();
    merits.extend((0..digits).rev().map(|digit| total(&|group| group >> digit & 1 == 0)));
    merits.extend((0..groups.len()).map(|group| total(&|other| other == group)));
    // Within a pair and a day, the smaller ones first.
    let mut order: Vec<usize> = (0..debts.len()).collect();
    order.sort_by_key(|number| (of(&debts[*number]), debts[*number].amount, *number));
    merits.extend(order.iter().map(|number| set_off[*number]));
    merits
}

fn drawn(dice: &mut Dice) -> Vec<Debt> {
    let members = 2 + dice.below(5);
    let days = 1 + dice.below(4);
    let largest = 1 + dice.below(4);
    // The smaller the sums are, the more ways are equally good, and the more debts can be tried.
    let count = 1 + dice.below([16, 11, 9, 8][largest as usize - 1]);
    (0..count)
        .map(|_| {
            let from = dice.below(members);
            let to = (from + 1 + dice.below(members - 1)) % members;
            Debt { from, to, amount: i64::from(1 + dice.below(largest)), day: i64::from(dice.below(days)) }
        })
        .collect()
}

/// Tries everything, and holds that one is best, and that it is what the solver finds.
fn compare(debts: &[Debt]) {
    let mut best: Option<(Vec<i64>, Vec<i64>)> = None;
    let mut as_good = 0;
    all(debts, 8, &mut |set_off| {
        let merits = merits(debts, set_off);
        match &best {
            Some((known, _)) if *known > merits => {}
            Some((known, _)) if *known == merits => as_good += 1,
            _ => (best, as_good) = (Some((merits, set_off.to_vec())), 1),
        }
    });
    let (_, best) = best.expect("nothing set off is always possible");
    assert_eq!(as_good, 1, "the rule leaves a choice: {debts:?}");
    assert_eq!(solve(debts).expect("debts").set_off, best, "{debts:?}");
}

#[test]
fn what_is_found_is_what_trying_everything_finds() {
    let mut dice = Dice(14);
    for _ in 0..1000 {
        compare(&drawn(&mut dice));
    }
}

/// Networks in which neither days nor digits decide: two ways round have as many zeros in each digit.
#[test]
fn where_nothing_else_decides_the_first_debt_does() {
    let pairs: [&[(u32, u32)]; 5] = [
        &[(0, 1), (0, 2), (0, 3), (1, 0), (1, 3), (2, 1), (2, 4), (3, 2), (3, 4), (4, 0), (4, 1), (4, 2), (4, 3)],
        &[(0, 3), (1, 3), (1, 4), (2, 0), (2, 1), (2, 3), (2, 4), (3, 0), (3, 1), (3, 2), (3, 4), (4, 1), (4, 2)],
        &[(0, 2), (0, 4), (1, 0), (1, 2), (2, 3), (2, 4), (3, 0), (3, 2), (3, 4), (4, 0), (4, 1), (4, 2), (4, 3)],
        &[(0, 1), (0, 2), (1, 0), (1, 2), (1, 3), (1, 4), (2, 0), (2, 5), (3, 0), (3, 2), (4, 5), (5, 1), (5, 4)],
        &[(0, 3), (0, 4), (0, 5), (1, 3), (2, 0), (2, 1), (2, 3), (2, 4), (3, 1), (3, 2), (4, 2), (5, 0), (5, 2)],
    ];
    for pairs in pairs {
        let debts: Vec<Debt> = pairs.iter().map(|&(from, to)| Debt { from, to, amount: 1, day: 0 }).collect();
        compare(&debts);
        let twofold: Vec<Debt> = debts.iter().map(|debt| Debt { amount: 2, ..*debt }).collect();
        let ones = solve(&debts).expect("debts").set_off;
        assert_eq!(solve(&twofold).expect("debts").set_off, ones.iter().map(|sum| 2 * sum).collect::<Vec<_>>());
    }
}
