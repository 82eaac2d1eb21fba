//! In groups: the chat of somebody's circle, of a pool, or of an initiative. There is no screen there: a card, which follows, posts, and a few
//! commands. What a group is of has a file of its own (`circle`, `pool`,
//! `initiative`).

mod circle;
mod commands;
mod initiative;
mod pool;
mod telling;
mod ways;

use exodus_engine::conversation::GroupCommand;
use exodus_engine::msg;

pub use commands::{greets, in_group};
pub use telling::{kinds, pages};
pub use ways::{how_to_bind_a_pool, how_to_bind_an_initiative};

/// Shows the card; of a group that is nobody's, binds it.
const CIRCLE: &str = "circle";

/// The same for a pool; the number of one may follow.
const POOL: &str = "pool";

/// The same for an initiative; the number of one may follow.
const INITIATIVE: &str = "initiative";

/// Leads to the private chat, and there to the card.
const HELP_OUT: &str = "help_out";

/// The words that the bot hears in groups.
pub const GROUP_COMMANDS: [GroupCommand; 4] = [
    GroupCommand {
        name: CIRCLE,
        words: || msg!("group-word-circle"),
        about: || msg!("group-about-circle"),
        takes_number: false,
    },
    GroupCommand {
        name: POOL,
        words: || msg!("group-word-pool"),
        about: || msg!("group-about-pool"),
        takes_number: true,
    },
    GroupCommand {
        name: INITIATIVE,
        words: || msg!("group-word-initiative"),
        about: || msg!("group-about-initiative"),
        takes_number: true,
    },
    GroupCommand {
        name: HELP_OUT,
        words: || msg!("group-word-help-out"),
        about: || msg!("group-about-help-out"),
        takes_number: false,
    },
];
