//! What several integration tests stand on.

pub mod database;
