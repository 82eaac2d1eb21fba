//! What is told as it is when it is sent, so that one row tells all that has changed until then.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use crate::id::PersonId;

/// Those of these readers for whom a row of this kind waits that nobody has in hand: it will tell what is so by then. It is
/// due at this time at the latest, unless it was tried already. Until the transaction ends nobody takes it in hand.
pub async fn waits_for(
    db: &impl ConnectionTrait,
    readers: &[PersonId],
    kind: &str,
    due: DateTime<Utc>,
) -> Result<BTreeSet<PersonId>, DbErr> {
    if readers.is_empty() {
        return Ok(BTreeSet::new());
    }
    let places: Vec<String> = (3..3 + readers.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "UPDATE outbox SET due_at = CASE WHEN attempts = 0 AND due_at > $2 THEN $2 ELSE due_at END
         WHERE recipient_id IN ({}) AND kind = $1 AND sent_at IS NULL AND failed_at IS NULL AND lease_until IS NULL
         RETURNING recipient_id",
        places.join(", ")
    );
    let values = [Value::from(kind), due.into()].into_iter().chain(readers.iter().copied().map(Value::from));
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
