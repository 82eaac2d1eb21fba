//! Initiatives: those that I may see, one of them, proposing one, voting, and what its initiator does.

mod answering;
mod cancel;
mod card;
mod close;
mod group;
mod list;
mod lower;
mod news;
mod prolong;
mod propose;
mod vote;
mod words;

pub use answering::answer;
pub use cancel::CancelInitiative;
pub use card::{InitiativeCard, view_for_all};
pub use close::CloseInitiative;
pub use group::InitiativeGroup;
pub use list::{Initiatives, InitiativesOver};
pub use lower::LowerInitiative;
pub use news::InitiativeNews;
pub use prolong::ProlongInitiative;
pub use propose::Propose;
pub use vote::Vote;
