//! Messengers: each knows its wire and nothing else. What a person says becomes an
//! [`Incoming`](crate::conversation::Incoming), a page becomes what the messenger shows, an error becomes a
//! [`SendError`](crate::conversation::SendError). No screen and no language is known here, and no table but
//! those of the store that keep something of its wire.
//!
//! Each has a `section` of the configuration, and a line in the list of those that can be `configured`.
//!
//! What several of them need stands beside them: `abilities` says what each can do, `turns` plays each person's updates in their order, `hold` keeps
//! letters back while a messenger asks for a pause, `doors` answers over HTTP, `pulse` knows whether one is heard,
//! `words` keeps links out of what people call themselves.

pub mod abilities;
#[cfg(feature = "network")]
mod backoff;
mod configured;
#[cfg(feature = "deltachat")]
pub mod deltachat;
pub(crate) mod doors;
#[cfg(feature = "network")]
mod hold;
#[cfg(feature = "matrix")]
pub mod matrix;
#[cfg(feature = "network")]
mod proxied;
#[cfg(feature = "network")]
mod pulse;
mod section;
#[cfg(feature = "telegram")]
pub mod telegram;
pub mod terminal;
#[cfg(feature = "network")]
mod turns;
#[cfg(feature = "web")]
pub mod web;
#[cfg(feature = "network")]
mod words;

pub(crate) use configured::stand_ins;
pub use configured::{Messengers, names};
pub use section::{NotTaken, Section, Surroundings};
