//! What notices go by: words, numbers, and the messages that show them.

use std::collections::HashSet;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Statement};

use super::{Column, Entity, Model};
use crate::id::PersonId;
use crate::store::many::each_of_json;

/// The row whose buttons carry this word, whatever became of it.
pub async fn find_by_word(db: &impl ConnectionTrait, word: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Word.eq(word)).one(db).await
}

/// This person's row with this number, whatever became of it.
pub async fn find_by_number(
    db: &impl ConnectionTrait,
    recipient: PersonId,
    number: i64,
) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::RecipientId.eq(recipient)).filter(Column::Number.eq(number)).one(db).await
}

/// What this person was shown in this message, whether or not it was answered.
pub async fn find_by_message(
    db: &impl ConnectionTrait,
    recipient: PersonId,
    message: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::Message.eq(message))
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// Those of these numbers that a row of their person has already. One statement for however many.
pub async fn numbers_taken(
    db: &impl ConnectionTrait,
    numbers: &HashSet<(PersonId, i64)>,
) -> Result<HashSet<(PersonId, i64)>, DbErr> {
    if numbers.is_empty() {
        return Ok(HashSet::new());
    }
    let all = each_of_json(db);
    // Each is looked up by itself: joined with the table, all of that might be read.
    let sql = format!(
        "SELECT recipient, number FROM (
             SELECT CAST(value ->> 0 AS BIGINT) AS recipient, CAST(value ->> 1 AS BIGINT) AS number FROM {all}) AS asked
         WHERE (SELECT o.id FROM outbox o
                WHERE o.recipient_id = asked.recipient AND o.number = asked.number AND o.number IS NOT NULL
                LIMIT 1) IS NOT NULL"
    );
    let pairs: Vec<String> = numbers.iter().map(|(recipient, number)| format!("[{recipient},{number}]")).collect();
    let values = [format!("[{}]", pairs.join(",")).into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}
