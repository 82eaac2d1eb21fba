//! The organizer: all the help a member gives and gets, and what can be done about each.

mod chain;
mod change;
mod commitment;
mod deeds;
mod given;
mod list;
mod months;
mod note;
mod overview;
mod pass_on;
mod shown;

pub use chain::{ChainScreen, answer_chain};
pub use change::Change;
pub use commitment::{CommitmentScreen, asks_anew, instead_of_again, instead_of_moving};
pub use deeds::done;
pub use given::Given;
pub use list::Lists;
pub use note::NoteScreen;
pub use overview::{Organizer, to_do};
pub use pass_on::PassOn;
