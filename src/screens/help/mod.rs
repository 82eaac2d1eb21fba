//! Helping with a collection: how much, and what that means.

mod declare;
mod ready_sums;

pub use declare::Help;
pub(super) use declare::with;
pub(super) use ready_sums::ready_sums;
