//! Exodus: a bot for mutual aid that a community hosts for itself, on the engine (`exodus_engine`).
//!
//! The modules are the floors of a house: each uses only what stands below it, and `tests/floors.rs` holds that. The lower
//! ones are a crate of their own (`exodus_core`), and the engine is below them all, and knows none of them.
//! `docs/architecture.md` tells the whole story.

// Futures of matrix-sdk nest deeper than the compiler follows by default.
#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod screens;
pub mod texts;

pub use exodus_core::{aid, domain, notices, store};
