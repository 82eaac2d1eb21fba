//! Messengers: each knows its wire and nothing else. What a person says becomes an
//! [`Incoming`](crate::conversation::Incoming), a page becomes what the messenger shows, an error becomes a
//! [`SendError`](crate::conversation::SendError). No screen, no table, no language is known here.

#[cfg(feature = "telegram")]
pub mod telegram;
pub mod terminal;
