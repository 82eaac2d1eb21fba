//! What several integration tests stand on.

pub mod columns;
pub mod copies;
pub mod database;
