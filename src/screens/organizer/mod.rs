//! The organizer: all the help a member gives and gets, and what can be done about each.

mod change;
mod commitment;
mod deeds;
mod given;
mod list;
mod months;
mod note;
mod overview;
mod shown;

pub use change::Change;
pub use commitment::{CommitmentScreen, asks_anew, instead_of_again};
pub use deeds::done;
pub use given::Given;
pub use list::Lists;
pub use note::NoteScreen;
pub use overview::{Organizer, to_do};
