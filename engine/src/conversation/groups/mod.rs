//! Groups in which the bot keeps something: one card, which follows what it shows and is pinned, and posts.
//!
//! A group is bound to whoever it is kept for ([`Moment::bind`](super::Moment::bind)). From then on it is a reader like any
//! other, with an id of its own: a bot tells it things as it tells people, by notices. One kind of notice is its card, which is
//! edited wherever it stands; whatever changes until it is sent is one change ([`Moment::refresh`](super::Moment::refresh)).
//! No page of anybody's is ever shown there.
//!
//! What is said in groups is for the people in them. Of all that, the bot hears the commands that it has there, and nothing
//! else: neither does it cost a transaction.

mod crowd;
mod keeping;
mod saying;
mod turn;

pub(super) use crowd::Crowd;
pub use keeping::Binding;
pub(super) use keeping::notice;
pub(crate) use keeping::{LET_GO, NOT_PINNED, PIN};
pub(super) use turn::Words;

use crate::locale::Msg;
use crate::store::chat::Chat;

/// What arrived from a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromGroup {
    /// The group's address.
    pub address: String,
    /// The messenger's id of this update, by which a second delivery is recognised.
    pub update: String,
    /// Where in the group it was said: a topic, as the messenger calls it.
    pub place: Option<String>,
    /// Whose doing it was. None: nobody knows; they speak in the name of the group, say.
    pub who: Option<Speaker>,
    /// What happened.
    pub heard: HeardInGroup,
}

/// Somebody who says or does something in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The address of their private chat, whether or not there is one.
    pub address: String,
    /// How the messenger calls them.
    pub name: String,
    /// The language of their messenger.
    pub lang: Option<String>,
}

/// What happens in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeardInGroup {
    /// Somebody wrote this, to the bot or to everybody.
    Text(String),
    /// The bot was added.
    Added,
    /// It may do more than before.
    Allowed,
    /// It is not in the group any more.
    Removed,
    /// Whoever this is of has left the group, or was removed.
    Left,
    /// The group goes on at this address.
    Moved(String),
}

/// A word that does something in groups.
#[derive(Clone, Copy, Debug)]
pub struct GroupCommand {
    /// The same in every language: at most 32 small letters, digits and underscores.
    pub name: &'static str,
    /// What it is called in a language; with commas between several words.
    pub words: fn() -> Msg,
    /// What it does, for a messenger's menu of commands.
    pub about: fn() -> Msg,
    /// A number may follow it: `/pool 3`.
    pub takes_number: bool,
}

/// The group in which somebody says something.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// The group's address.
    pub address: &'a str,
    /// Where in it.
    pub place: Option<&'a str>,
    /// What is kept there, if anything is.
    pub bound: Option<&'a Chat>,
    /// The number behind the command, where one stands there.
    pub number: Option<i64>,
}
