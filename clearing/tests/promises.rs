//! What the solver promises, in examples.

#![allow(clippy::expect_used, reason = "a test that breaks off has said what it had to say")]

use exodus_clearing::check::check;
use exodus_clearing::generate::{Dice, Shape, draw};
use exodus_clearing::{Clearing, Debt, Refused, UNDATED, solve};

fn debt(from: u32, to: u32, amount: i64) -> Debt {
    Debt { from, to, amount, day: UNDATED }
}

fn solved(debts: &[Debt]) -> Clearing {
    let clearing = solve(debts).expect("debts");
    let checked = check(debts, &clearing.set_off, &clearing.prices).expect("it holds");
    assert!(checked.oldest_first);
    assert_eq!(checked.total, clearing.total());
    clearing
}

/// The example of seven debts with which the makers of Cycles explain theirs ("Obligation-Clearing Algorithm Design 101"):
/// their text reaches 420 by two cycles of 70, and 500 by one of 100. Both together, as far as they go, make 570.
#[test]
fn the_example_of_seven_debts_clears_570() {
    let (alice, bob, charlie, dave, eve) = (0, 1, 2, 3, 4);
    let debts = [
        debt(alice, bob, 100),
        debt(bob, eve, 70),
        debt(eve, alice, 100),
        debt(charlie, dave, 100),
        debt(dave, eve, 100),
        debt(eve, charlie, 70),
        debt(bob, charlie, 100),
    ];
    let clearing = solved(&debts);
    assert_eq!(clearing.total(), 570);
    assert_eq!(clearing.set_off, [100, 70, 100, 100, 100, 70, 30]);
}

#[test]
fn nothing_goes_round_where_nobody_is_owed_to_who_owes() {
    assert_eq!(solved(&[]).set_off, Vec::<i64>::new());
    assert_eq!(solved(&[debt(0, 1, 5), debt(1, 2, 5), debt(0, 2, 5), debt(4, 3, 5)]).set_off, [0; 4]);
}

#[test]
fn what_two_owe_each_other_is_set_off() {
    assert_eq!(solved(&[debt(0, 1, 50), debt(1, 0, 30)]).set_off, [30, 30]);
}

#[test]
fn the_oldest_come_first_and_a_debt_without_a_day_comes_last() {
    let dated = |from, to, amount, day| Debt { from, to, amount, day };
    let debts = [debt(0, 1, 40), dated(0, 1, 40, 7), dated(0, 1, 40, -3), dated(1, 0, 90, 5)];
    assert_eq!(solved(&debts).set_off, [10, 40, 40, 90]);
}

#[test]
fn of_a_pair_and_a_day_the_smaller_ones_are_done_with_first() {
    let debts = [debt(0, 1, 50), debt(0, 1, 20), debt(0, 1, 20), debt(1, 0, 30)];
    assert_eq!(solved(&debts).set_off, [0, 20, 10, 30]);
}

#[test]
fn no_sum_is_too_large() {
    let most = i64::MAX;
    let mut debts = Vec::new();
    for _ in 0..5 {
        debts.extend([debt(0, 1, most), debt(1, 2, most), debt(2, 0, most - 1), debt(1, 0, 1)]);
    }
    let clearing = solved(&debts);
    // All that 2 owes goes round all three; and between 0 and 1 what 1 owes.
    assert_eq!(clearing.total(), 5 * (3 * i128::from(most - 1) + 2));
    assert_eq!(solved(&[debt(0, 1, most), debt(1, 0, most)]).set_off, [most, most]);
}

#[test]
fn what_is_no_debt_is_refused() {
    assert_eq!(solve(&[debt(0, 1, 1), debt(1, 1, 5)]), Err(Refused::OwedToOneself(1)));
    assert_eq!(solve(&[debt(0, 1, 0)]), Err(Refused::NotAboveZero(0)));
    assert_eq!(solve(&[debt(0, 1, 1), debt(1, 0, -7)]), Err(Refused::NotAboveZero(1)));
}

/// Debts of one pair, one day and one amount can't be told apart, so what is compared is what is set off of such as these.
#[test]
fn the_order_of_the_debts_changes_nothing() {
    for shape in Shape::ALL {
        let mut debts: Vec<Debt> = draw(shape, 150, 8, 5)
            .iter()
            .map(|drawn| Debt { from: drawn.from, to: drawn.to, amount: drawn.amount, day: i64::from(drawn.day) })
            .collect();
        // A third has no day, and some are there twice.
        debts.iter_mut().step_by(3).for_each(|debt| debt.day = UNDATED);
        debts.extend_from_within(..20);
        let written = |debts: &[Debt]| {
            let Clearing { set_off, prices } = solved(debts);
            let line = |(debt, sum): (&Debt, i64)| (debt.day, debt.from, debt.to, debt.amount, sum);
            let mut lines: Vec<_> = debts.iter().zip(set_off).map(line).collect();
            lines.sort_unstable();
            (lines, prices)
        };
        let first = written(&debts);
        let mut dice = Dice(9);
        for _ in 0..100 {
            for place in (1..debts.len()).rev() {
                debts.swap(place, dice.below(place as u32 + 1) as usize);
            }
            assert_eq!(written(&debts), first, "{}", shape.name());
        }
    }
}

/// Long ways round, where distances are as large as the network; and very many ways that are equally good.
#[test]
fn rings_and_grids_are_solved_too() {
    let members = 20_000;
    let ring: Vec<Debt> = (0..members)
        .map(|member| debt(member, (member + 1) % members, 10 + i64::from(member % 7)))
        .chain((0..members).step_by(2).map(|member| debt((member + 1) % members, member, 5)))
        .collect();
    let between_two: u32 = (0..members).step_by(2).map(|member| (member % 7).min(5)).sum();
    assert_eq!(solved(&ring).total(), i128::from(members * 10 + 2 * between_two));

    let mut dice = Dice(2);
    let ladder: Vec<Debt> = (0..3000)
        .flat_map(|member| [1, 2].map(|step| (member, (member + step) % 3000)))
        .map(|(from, to)| debt(from, to, 1 + i64::from(dice.below(1000))))
        .collect();
    assert!(solved(&ladder).total() > 0);

    let side = 30;
    let at = |row: u32, column: u32| row % side * side + column % side;
    let grid: Vec<Debt> = (0..side)
        .flat_map(|row| (0..side).map(move |column| (row, column)))
        .flat_map(|(row, column)| {
            [(row, column + 1), (row + 1, column)].map(|(down, right)| debt(at(row, column), at(down, right), 1))
        })
        .collect();
    assert_eq!(solved(&grid).total(), 2 * i128::from(side * side));
}

/// Debts of many days: some questions are answered where the debts are, and others, where ways round are long, by all that is
/// left. The checker asks each of them by itself.
#[test]
fn each_of_many_days_gets_the_most_that_those_before_it_left() {
    for shape in Shape::ALL {
        let debts: Vec<Debt> = draw(shape, 1500, 60, 6)
            .iter()
            .map(|drawn| Debt { from: drawn.from, to: drawn.to, amount: drawn.amount, day: i64::from(drawn.day) })
            .collect();
        solved(&debts);
    }

    let (members, mut dice) = (1000, Dice(4));
    let ladder: Vec<Debt> = (0..members)
        .flat_map(|member| [1, 2].map(|step| (member, (member + step) % members)))
        .map(|(from, to)| Debt { day: i64::from(dice.below(60)), ..debt(from, to, 1 + i64::from(dice.below(1000))) })
        .collect();
    solved(&ladder);
}
