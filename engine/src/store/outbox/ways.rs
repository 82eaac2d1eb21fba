//! Which messenger a waiting row goes through: that of the account which its recipient is written to. It is written into
//! the row, so that a messenger's rows are found without asking for anybody's accounts, and a hundred thousand that can't be
//! delivered now cost those nothing that can.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QuerySelect, Statement, Value};

use crate::id::PersonId;
use crate::store::account::written_to;
use crate::store::many::one_of;
use crate::store::person;

/// A created row that seems to be from so far in the future shows that the clock was set back.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// The messenger that a row's recipient is written to through.
fn way() -> String {
    written_to("messenger", "outbox.recipient_id", "")
}

/// For each of these people who can be reached, through which messenger.
pub(super) async fn ways(
    db: &impl ConnectionTrait,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>, DbErr> {
    let rows: Vec<(PersonId, Option<String>)> = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .expr_as(Expr::cust(written_to("messenger", "person.id", "")), "way")
        .filter(one_of(db, person::Column::Id, people))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(person, way)| Some((person, way?))).collect())
}

/// It has changed which account this person is written to, or may have: what waits for them goes there.
pub async fn set_way(db: &impl ConnectionTrait, person: PersonId) -> Result<(), DbErr> {
    change(db, &format!("messenger = {}", way()), "recipient_id = $1", [person.into()]).await.map(drop)
}

/// What waits for nobody knows where, though there is an account: its recipient became reachable in the moment in which
/// it was queued. Says how many rows there were.
pub async fn set_missing_ways(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let way = way();
    change(db, &format!("messenger = {way}"), &format!("messenger IS NULL AND {way} IS NOT NULL"), []).await
}

/// Rows that were written in the future: the clock has been set back since, and they would wait until it is there again.
/// They are due now. Says how many there were.
pub async fn bring_forward(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let early = "expires_at > $3 AND created_at > $2 AND due_at > $1";
    let kept = now + super::KEPT;
    change(db, "due_at = $1, lease_until = NULL", early, [now.into(), (now + AHEAD).into(), kept.into()]).await
}

/// The hours in which a person is left alone have changed: what waits for its first try is looked at again.
pub async fn look_again(db: &impl ConnectionTrait, person: PersonId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let put_off = "recipient_id = $2 AND due_at > $1 AND attempts = 0 AND lease_until IS NULL";
    change(db, "due_at = $1", put_off, [now.into(), person.into()]).await.map(drop)
}

/// Gives up what has waited for too long. Says how many rows there were, by why they were not sent.
pub async fn expire(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<(String, u64)>, DbErr> {
    let mut given_up = Vec::new();
    // Neither IS NULL nor IS NOT NULL: PostgreSQL might go through an index by messenger, from end to end.
    for (why, messenger) in [("unreachable", "= ''"), ("too late", "<> ''")] {
        let expired = format!(
            "expires_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) AND COALESCE(messenger, '') {messenger}"
        );
        let set = "failed_at = $1, failure = $2, lease_until = NULL";
        given_up.push((why.to_owned(), change(db, set, &expired, [now.into(), why.into()]).await?));
    }
    Ok(given_up)
}

async fn change<const N: usize>(
    db: &impl ConnectionTrait,
    set: &str,
    which: &str,
    values: [Value; N],
) -> Result<u64, DbErr> {
    let sql = format!("UPDATE outbox SET {set} WHERE sent_at IS NULL AND failed_at IS NULL AND {which}");
    let done = db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(done.rows_affected())
}
