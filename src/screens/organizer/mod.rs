//! The organizer: all the help a member gives and gets, and what can be done about each.

mod change;
mod commitment;
mod deeds;
mod list;
mod overview;

pub use change::Change;
pub use commitment::{CommitmentScreen, asks_to_move, helps_again};
pub use deeds::done;
pub use list::Lists;
pub use overview::Organizer;
