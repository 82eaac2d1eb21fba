//! What the Matrix adapter has to remember of its wire. It is no table of mutual aid, and the adapter knows no other.

mod cursor;
mod room;
mod undecrypted;

use sea_orm::DatabaseConnection;

pub use undecrypted::Undecrypted;

/// The memory of the Matrix adapter, in the community's database: whoever has the one has the other.
#[derive(Clone, Debug)]
pub struct Memory {
    db: DatabaseConnection,
}

impl Memory {
    pub fn new(db: DatabaseConnection) -> Memory {
        Memory { db }
    }
}
