//! Bots that talk with people in several messengers at once, remember where each of them is, tell them things later, and
//! lose nothing.
//!
//! # To write a bot
//!
//! 1. Write a [`Screen`](conversation::Screen) for each place in its conversation: what is to be seen there, and what is
//!    done by the choices on it. Say its words as keys of Fluent messages ([`msg!`]).
//! 2. Say what it is with [`Bot`](conversation::Bot): its screens, the first of them, and, if it tells people things later,
//!    the kinds of its notices and their pages. What it does by itself is a [`Calendar`](delivery::Calendar).
//! 3. Take what is ready: screens for the language, the time zone, quiet hours and the account that is written to ([`person`]).
//! 4. Put it together and run it with a [`Host`](host::Host): a database, its words, its messengers.
//!
//! `README.md` has a whole bot in a directory of its own. `examples/greeter.rs` is the smallest, `examples/reminder.rs` has all of it; their first lines are what they say, and
//! [`testing`] plays such chats.
//!
//! # To add a messenger
//!
//! 1. Write a folder in `messengers/` with a type that implements [`Messenger`](conversation::Messenger): it understands
//!    what arrives, brings it to the [`Inbox`](conversation::Inbox), and shows a [`Letter`](conversation::Letter).
//! 2. Say what it can show ([`Caps`](conversation::Caps)), how fast it may be written to ([`Pace`](conversation::Pace)) and
//!    what its refusals mean ([`SendError`](conversation::SendError)).
//! 3. Say how it is configured ([`Section`](messengers::Section)), and add a line to the list in
//!    `messengers/configured.rs`. Or give it to a host without any: [`Host::through`](host::Host::through).
//!
//! # The floors
//!
//! Each module uses only what stands below it: [`testing`], [`host`], [`messengers`], [`delivery`], [`person`],
//! [`conversation`], [`config`], [`store`], [`hours`], [`locale`], [`id`].
//!
//! Here is no word of what a bot is about, and no category of notices, no dialog stack, no serialized closure, no storage
//! trait and no container of dependencies.

// Whoever writes a bot reads this before any code.
#![warn(missing_docs)]
// Futures of matrix-sdk nest deeper than the compiler follows by default.
#![recursion_limit = "256"]

/// What the README shows is built.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod config;
pub mod conversation;
pub mod delivery;
pub mod host;
pub mod hours;
pub mod id;
pub mod locale;
pub mod messengers;
pub mod person;
pub mod store;
pub mod testing;
