use chrono::{DateTime, Utc};

use crate::locale::{Arg, Msg};
use crate::messengers::terminal::Misread;
use crate::msg;

/// Why a line of a chat can't be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Puzzled {
    /// It is no line of a chat.
    Misread(Misread),
    /// Words alone, and nobody has talked yet.
    Nobody,
    /// `{invite}` or `{code}`, and none was shown.
    NotShown,
    /// Nobody was shown a choice of this name.
    NoSuchButton(String),
    /// They were shown no notice with this number.
    NoSuchNotice(i64),
    /// This is a person here, and no group.
    IsPerson(String),
    /// This is a group here, and no person.
    IsGroup(String),
    /// Nothing was done yet that could be done again.
    NothingBefore,
    /// The clock can't go back.
    Past {
        /// What time it is.
        now: DateTime<Utc>,
    },
    /// Beyond the years that can be written.
    TooFar,
}

impl Puzzled {
    /// What to tell whoever wrote the line.
    pub fn msg(&self) -> Msg {
        match self {
            Puzzled::Misread(Misread::Person) => msg!("chat-puzzled-person"),
            Puzzled::Misread(Misread::Name(name)) => msg!("chat-puzzled-name", name = name),
            Puzzled::Misread(Misread::Clock) => msg!("chat-puzzled-clock"),
            Puzzled::Misread(Misread::Indent) => msg!("chat-puzzled-indent"),
            Puzzled::Misread(Misread::Control) => msg!("chat-puzzled-control"),
            Puzzled::Nobody => msg!("chat-puzzled-nobody"),
            Puzzled::NotShown => msg!("chat-puzzled-not-shown"),
            Puzzled::NoSuchButton(label) => msg!("chat-puzzled-no-such-button", label = label),
            Puzzled::NoSuchNotice(number) => {
                msg!("chat-puzzled-no-such-notice", number = Arg::Verbatim(number.to_string()))
            }
            Puzzled::IsPerson(name) => msg!("chat-puzzled-is-person", name = name),
            Puzzled::IsGroup(name) => msg!("chat-puzzled-is-group", name = name),
            Puzzled::NothingBefore => msg!("chat-puzzled-nothing-before"),
            Puzzled::Past { now } => {
                let now = now.format("%Y-%m-%d %H:%M").to_string();
                msg!("chat-puzzled-past", now = Arg::Verbatim(now))
            }
            Puzzled::TooFar => msg!("chat-puzzled-too-far"),
        }
    }
}
