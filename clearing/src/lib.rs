//! Sets chains of debts off against each other: if A owes B, B owes C and C owes A, all three owe less by the same sum,
//! and everybody's balance stays as it was.
//!
//! - [`solve`] finds the greatest total that can be set off, exactly, in whole minor units. Among the many ways to reach
//!   it, it takes the one that clears the oldest debts first, by a rule that leaves exactly one result ([`solve`] says
//!   which). So whoever computes it again gets the same, whatever the order of the debts and on whatever machine.
//! - [`check`](check::check) holds a result against its debts and its certificate. It shares no code with the solver.
//! - [`table`] reads debts from a table as people write them, and writes what is set off of each.
//! - [`generate`] draws networks to measure with.
//!
//! `docs/clearing.md` explains the method.

mod arcs;
pub mod check;

mod face;
pub mod generate;
mod nearby;
mod oldest;
mod parts;
mod prices;
mod scaling;
mod solve;
pub mod table;

mod whole;

pub use solve::{Clearing, Debt, Refused, Step, UNDATED, solve, solve_telling};
