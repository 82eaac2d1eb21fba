//! Rooms with several people: whether something is kept there, and whether anybody in them is known.

use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use super::Memory;

/// What the accounts of this messenger carry.
pub(super) const MESSENGER: &str = "matrix";

impl Memory {
    /// Whether the bot keeps something in this room.
    pub async fn keeps_in(&self, room: &str) -> Result<bool, DbErr> {
        self.is_there("address = $2", [room.into()]).await
    }

    /// Whether any of these people has spoken with the bot.
    pub async fn knows_any(&self, users: &[String]) -> Result<bool, DbErr> {
        if users.is_empty() {
            return Ok(false);
        }
        let places: Vec<String> = (2..2 + users.len()).map(|place| format!("${place}")).collect();
        self.is_there(&format!("address IN ({})", places.join(", ")), users.iter().map(Value::from)).await
    }

    async fn is_there(&self, which: &str, values: impl IntoIterator<Item = Value>) -> Result<bool, DbErr> {
        let sql = format!("SELECT id FROM account WHERE messenger = $1 AND {which} LIMIT 1");
        let values = [Value::from(MESSENGER)].into_iter().chain(values);
        let found = self.db.query_one_raw(Statement::from_sql_and_values(self.db.get_database_backend(), sql, values));
        Ok(found.await?.is_some())
    }
}
