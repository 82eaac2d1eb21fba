//! The rules and the records of mutual aid: what is true, who may do what, and who is told of it, without a page and
//! without a messenger.
//!
//! A crate of its own, so that whoever changes a screen does not wait for all this. `exodus` hands its modules on under
//! their names, and `docs/architecture.md` tells how they stand to each other.

// Futures of matrix-sdk nest deeper than the compiler follows by default.
#![recursion_limit = "256"]

pub mod aid;
pub mod domain;
pub mod notices;
pub mod store;
