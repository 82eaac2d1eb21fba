//! Messengers: each knows its wire and nothing else. What a person says becomes an
//! [`Incoming`](crate::conversation::Incoming), a page becomes what the messenger shows, an error becomes a
//! [`SendError`](crate::conversation::SendError). No screen and no language is known here, and no table but
//! those of the store that keep something of its wire.
//!
//! What several of them need stands beside them: `turns` plays each person's updates in their order, `hold` keeps
//! letters back while a messenger asks for a pause, `doors` answers over HTTP, `pulse` knows whether one is heard,
//! `words` keeps links out of what people call themselves.

#[cfg(any(feature = "telegram", feature = "matrix"))]
mod backoff;
pub(crate) mod doors;
#[cfg(any(feature = "telegram", feature = "matrix"))]
mod hold;
#[cfg(feature = "matrix")]
pub mod matrix;
#[cfg(any(feature = "telegram", feature = "matrix"))]
mod pulse;
#[cfg(feature = "telegram")]
pub mod telegram;
pub mod terminal;
#[cfg(any(feature = "telegram", feature = "matrix"))]
mod turns;
#[cfg(any(feature = "telegram", feature = "matrix"))]
mod words;
