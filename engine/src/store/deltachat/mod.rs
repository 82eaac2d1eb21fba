//! What the Delta Chat adapter has to remember of its wire. The adapter knows no other table.

mod bot;
mod chat;
mod letter;

use sea_orm::DatabaseConnection;

pub use chat::Model as Chat;
pub use letter::Kept;
/// Why something was not remembered, or nothing is known of it.
pub use sea_orm::DbErr as NotKept;

/// What the accounts of this messenger carry.
const MESSENGER: &str = "deltachat";

/// The memory of the Delta Chat adapter, in the bot's database.
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
