//! In groups: the chat of somebody's circle. There is no screen there: a card, which follows, posts, and two commands.

mod commands;
mod telling;

use exodus_engine::conversation::GroupCommand;
use exodus_engine::msg;

pub use commands::{greets, in_group};
pub use telling::{kinds, pages};

/// Shows the card; of a group that is nobody's, binds it.
const CIRCLE: &str = "circle";

/// Leads to the private chat, and there to the card.
const HELP_OUT: &str = "help_out";

/// The words that the bot hears in groups.
pub const GROUP_COMMANDS: [GroupCommand; 2] = [
    GroupCommand { name: CIRCLE, words: || msg!("group-word-circle"), about: || msg!("group-about-circle") },
    GroupCommand { name: HELP_OUT, words: || msg!("group-word-help-out"), about: || msg!("group-about-help-out") },
];
