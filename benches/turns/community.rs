//! A whole community at once, put straight into the tables.

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::Month;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value};

use super::phone::Phone;

/// Counts from 1 to `$1`, on every database.
const COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";

/// Settles so many members. Of each two, the first asks for monthly help and the second came by an invite of the first.
///
/// Each of those who ask has six commitments of others: an intention, an obligation and a claim of this month, and three
/// fulfilled ones of months before. Everybody has a session, as if they had talked with the bot.
pub async fn settle(db: &DatabaseConnection, members: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    let half: Value = (members / 2).into();
    let before = now - TimeDelta::days(62);
    let (month, month_before) = (Month::of(now, &Zone::UTC), Month::of(before, &Zone::UTC));
    run(
        db,
        &format!(
            "INSERT INTO person (id, lang, created_at)
             {COUNT} SELECT i, CASE WHEN i % 3 = 0 THEN 'en' ELSE 'ru' END, $2 FROM n"
        ),
        [members.into(), before.into()],
    )
    .await?;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await?;
    run(
        db,
        "INSERT INTO account (person_id, messenger, address, created_at)
         SELECT id, $1, CAST(id AS TEXT), created_at FROM member",
        [Phone::NAME.into()],
    )
    .await?;
    run(
        db,
        "INSERT INTO session (messenger, address, lang, route, changed_at)
         SELECT $1, CAST(id AS TEXT), lang, 'menu', created_at FROM person",
        [Phone::NAME.into()],
    )
    .await?;
    run(
        db,
        &format!(
            "INSERT INTO collection (id, owner_id, kind, target, opened_at)
             {COUNT} SELECT i, 2 * i - 1, 'monthly', 100000000, $2 FROM n"
        ),
        [half.clone(), before.into()],
    )
    .await?;
    run(
        db,
        &format!(
            "INSERT INTO invite (id, token, inviter_id, for_id, created_at)
             {COUNT} SELECT i, 'token' || i, 2 * i - 1, 2 * i - 1, $2 FROM n"
        ),
        [half.clone(), before.into()],
    )
    .await?;
    run(
        db,
        &format!("INSERT INTO invite_use (invite_id, member_id, used_at) {COUNT} SELECT i, 2 * i, $2 FROM n"),
        [half.clone(), before.into()],
    )
    .await?;
    for (step, state) in (1_i64..).zip(["intention", "obligation", "claimed", "fulfilled", "fulfilled", "fulfilled"]) {
        let settled = state == "fulfilled";
        let (month, at) = if settled { (month_before, before) } else { (month, now) };
        let settled_at = settled.then_some(before);
        // Who helps lives further away with every step, and never next door.
        run(
            db,
            &format!(
                "INSERT INTO commitment
                     (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at)
                 {COUNT} SELECT i, 2 * ((i - 1 + $2) % $1) + 2, 2 * i - 1, 12050, $3, $4, $5, $6 FROM n"
            ),
            [
                half.clone(),
                apart(step, members).into(),
                state.into(),
                month.number().into(),
                at.into(),
                settled_at.into(),
            ],
        )
        .await?;
    }
    // Whoever came by an invite, and all who have ever helped each other, know each other.
    run(
        db,
        &format!(
            "INSERT INTO acquaintance (member_id, other_id, since)
             {COUNT} SELECT 2 * i, 2 * i - 1, $2 FROM n UNION SELECT 2 * i - 1, 2 * i, $2 FROM n
             UNION SELECT supporter_id, receiver_id, $2 FROM commitment
             UNION SELECT receiver_id, supporter_id, $2 FROM commitment"
        ),
        [half.clone(), before.into()],
    )
    .await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // What the database does by itself a minute later.
        db.execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

async fn run<const N: usize>(db: &DatabaseConnection, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// How far those stand from each other who help each other, in pairs: never next door, where the cycle is lived.
fn apart(step: i64, members: i64) -> i64 {
    1 + (step * 7919) % (members / 2 - 1)
}
