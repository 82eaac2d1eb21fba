//! How people come in: the language first, then wherever their invite leads.

mod found;
mod invited;
mod welcome;

pub use found::invite_in;
pub use invited::{Invited, sum_said};
pub use welcome::{WELCOME, Welcome, start};
