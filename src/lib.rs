//! Exodus: a bot for mutual aid that a community hosts for itself, on the engine (`exodus_engine`).
//!
//! The modules are the floors of a house: each uses only what stands below it, and `tests/floors.rs` holds that. The engine
//! is below them all, and knows none of them. `docs/architecture.md` tells the whole story.

// Futures of matrix-sdk nest deeper than the compiler follows by default.
#![recursion_limit = "256"]

pub mod aid;
pub mod app;
pub mod domain;
pub mod notices;
pub mod screens;
pub mod store;
pub mod texts;
