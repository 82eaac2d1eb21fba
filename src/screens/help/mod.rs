//! Helping with a collection: how much, and what that means.

mod declare;

pub use declare::Help;
pub(super) use declare::with;
