//! What the Matrix adapter has to remember of its wire. The adapter knows no other table.

mod cursor;
mod group;
mod room;
mod undecrypted;

use sea_orm::DatabaseConnection;

pub use room::{Met, Silence};
pub use undecrypted::Undecrypted;

/// The memory of the Matrix adapter, in the bot's database: whoever has the one has the other.
#[derive(Clone, Debug)]
pub struct Memory {
    db: DatabaseConnection,
}

impl Memory {
    /// What is remembered in this database.
    pub fn new(db: DatabaseConnection) -> Memory {
        Memory { db }
    }
}
