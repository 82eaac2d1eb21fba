//! The organizer: all the help a member gives and gets, and what can be done about each.

mod change;
mod commitment;
mod deeds;
mod list;
#[expect(clippy::module_inception, reason = "the menu is a screen too, and bears its name")]
mod organizer;

pub use change::Change;
pub use commitment::CommitmentScreen;
pub use deeds::done;
pub use list::Lists;
pub use organizer::Organizer;
