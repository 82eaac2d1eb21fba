//! What several integration tests stand on.

pub mod copies;
pub mod database;
