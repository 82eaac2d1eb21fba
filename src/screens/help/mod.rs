//! Helping with a collection: how much, and what that means.

#[expect(clippy::module_inception, reason = "the screen has the name of its folder")]
mod help;
mod ready_sums;

pub use help::Help;
