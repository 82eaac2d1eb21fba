//! The checker takes what the solver finds, and nothing else.

#![allow(clippy::expect_used, reason = "a test that breaks off has said what it had to say")]

use exodus_clearing::check::{Fault, check};
use exodus_clearing::generate::{Dice, Shape, draw};
use exodus_clearing::{Debt, solve};

fn debt(from: u32, to: u32, amount: i64, day: i64) -> Debt {
    Debt { from, to, amount, day }
}

/// Two rings that share the debt of 0 to 1: back by 2 the debt is older, by 3 it is younger. And a ring of two.
fn two_ways_back() -> Vec<Debt> {
    vec![
        debt(0, 1, 100, 1),
        debt(1, 2, 70, 1),
        debt(2, 0, 70, 1),
        debt(1, 3, 70, 2),
        debt(3, 0, 70, 2),
        debt(4, 5, 30, 1),
        debt(5, 4, 20, 1),
        debt(5, 4, 40, 1),
    ]
}

#[test]
fn what_the_solver_finds_holds() {
    let debts = two_ways_back();
    let clearing = solve(&debts).expect("debts");
    assert_eq!(clearing.set_off, [100, 70, 70, 30, 30, 30, 20, 10]);
    let checked = check(&debts, &clearing.set_off, &clearing.prices).expect("it holds");
    assert_eq!((checked.total, checked.oldest_first), (360, true));
}

#[test]
fn a_result_that_was_tampered_with_is_refused() {
    let debts = two_ways_back();
    let clearing = solve(&debts).expect("debts");
    let refused = |set_off: &[i64]| check(&debts, set_off, &clearing.prices).expect_err("it does not hold");
    // A cent moved from one debt to another, by which two members' balances change.
    assert!(matches!(refused(&[100, 71, 70, 29, 30, 30, 20, 10]), Fault::OutOfBounds { debt: 1 }));
    assert!(matches!(refused(&[100, 69, 70, 31, 30, 30, 20, 10]), Fault::Balance { member: 2, .. }));
    // A debtor's balance.
    assert!(matches!(refused(&[99, 70, 70, 30, 30, 30, 20, 10]), Fault::Balance { member: 0, .. }));
    assert!(matches!(refused(&[100, 70, 70, 30, 30, 30, 20, -10]), Fault::OutOfBounds { debt: 7 }));
    // A chain left over, whole or in part.
    assert!(matches!(refused(&[100, 70, 70, 30, 30, 0, 0, 0]), Fault::NotGreatest { total: 300, bound: 360 }));
    assert!(matches!(refused(&[99, 70, 70, 29, 29, 30, 20, 10]), Fault::NotGreatest { total: 357, bound: 360 }));
    // A younger one before an older one.
    assert!(matches!(refused(&[100, 30, 30, 70, 70, 30, 20, 10]), Fault::OlderFirst { .. }));
    assert!(matches!(refused(&[100, 69, 69, 31, 31, 30, 20, 10]), Fault::OlderFirst { .. }));
    // A greater one of the same pair and day before a smaller one.
    assert!(matches!(refused(&[100, 70, 70, 30, 30, 30, 0, 30]), Fault::SmallerFirst { debt: 7 }));
    // Something is missing.
    assert!(matches!(refused(&[100, 70, 70, 30, 30, 30, 20]), Fault::Sums { debts: 8, sums: 7 }));
    assert!(matches!(refused(&[0; 8]), Fault::NotGreatest { total: 0, bound: 360 }));
}

#[test]
fn a_certificate_of_something_else_is_refused() {
    let debts = two_ways_back();
    let clearing = solve(&debts).expect("debts");
    let refused = |prices: &[i64]| check(&debts, &clearing.set_off, prices).expect_err("it does not hold");
    assert!(matches!(refused(&clearing.prices[1..]), Fault::Prices { members: 6, prices: 5 }));
    assert!(matches!(
        refused(&[i64::MIN, i64::MAX, 0, i64::MAX, 0, 0]),
        Fault::NotGreatest { .. } | Fault::PricesTooLarge
    ));
    for member in 0..6 {
        let mut prices = clearing.prices.clone();
        prices[member] += 5;
        assert!(matches!(refused(&prices), Fault::NotGreatest { total: 360, .. }), "{member}");
    }
}

/// Whatever goes round and leaves the total as it is, the rule forbids, whichever way it goes.
#[test]
fn nothing_else_with_the_same_total_holds() {
    let mut dice = Dice(3);
    let mut refused = 0;
    for seed in 0..40 {
        let debts: Vec<Debt> = draw(Shape::Random, 30, 5, seed)
            .iter()
            .map(|drawn| debt(drawn.from, drawn.to, 1 + drawn.amount % 50, i64::from(drawn.day)))
            .collect();
        let clearing = solve(&debts).expect("debts");
        assert!(check(&debts, &clearing.set_off, &clearing.prices).expect("it holds").oldest_first);
        for _ in 0..200 {
            let mut other = clearing.set_off.clone();
            if walk_round(&debts, &mut other, &mut dice) {
                check(&debts, &other, &clearing.prices).expect_err("another one");
                refused += 1;
            }
        }
    }
    assert!(refused > 500, "only {refused} others were found");
}

/// Moves 1 along some cycle that is met by walking at random, ahead where more can be set off and back where less can.
fn walk_round(debts: &[Debt], set_off: &mut [i64], dice: &mut Dice) -> bool {
    let mut path: Vec<(usize, bool)> = Vec::new();
    let mut met = vec![dice.below(30)];
    for _ in 0..60 {
        let here = met[met.len() - 1];
        let number = dice.below(debts.len() as u32) as usize;
        let ways = (0..debts.len()).map(|step| (number + step) % debts.len()).filter_map(|number| {
            let debt = &debts[number];
            let known = path.iter().any(|(other, _)| *other == number);
            match (debt.from == here, debt.to == here) {
                _ if known => None,
                (true, _) if set_off[number] < debt.amount => Some((number, true, debt.to)),
                (_, true) if set_off[number] > 0 => Some((number, false, debt.from)),
                _ => None,
            }
        });
        let Some((number, ahead, there)) = { ways }.next() else { return false };
        path.push((number, ahead));
        if let Some(begin) = met.iter().position(|member| *member == there) {
            for (number, ahead) in &path[begin..] {
                set_off[*number] += if *ahead { 1 } else { -1 };
            }
            return true;
        }
        met.push(there);
    }
    false
}
