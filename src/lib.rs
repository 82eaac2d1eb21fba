//! Exodus: a bot for mutual aid that a community hosts for itself.
//!
//! The modules are the floors of a house: each uses only what stands below it in this list, and
//! `tests/floors.rs` holds that. `docs/architecture.md` tells the whole story.

// Futures of matrix-sdk nest deeper than the compiler follows by default.
#![recursion_limit = "256"]

pub mod aid;
pub mod app;
pub mod conversation;
pub mod delivery;
pub mod domain;
pub mod hours;
pub mod locale;
pub mod messengers;
pub mod notices;
pub mod screens;
pub mod store;
