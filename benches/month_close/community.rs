//! A community on the last day of a month, put straight into the tables.

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::Month;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value};

/// Half of the members ask for help, the other half gives it.
pub const COLLECTIONS: i64 = 10_000;
pub const MEMBERS: i64 = 2 * COLLECTIONS;

/// How many live commitments each collection has.
pub const LIVE: i64 = 10;

/// What each collection has: ten live commitments, and two fulfilled ones that go on as intentions.
const STATES: [&str; 12] = [
    "intention",
    "intention",
    "intention",
    "intention",
    "obligation",
    "obligation",
    "obligation",
    "claimed",
    "claimed",
    "claimed",
    "fulfilled",
    "fulfilled",
];

/// Counts from 1 to `$1`, on every database.
const COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";

/// Settles the members; the month is the one that ends at `midnight`.
pub async fn settle(db: &DatabaseConnection, midnight: DateTime<Utc>) -> Result<(), DbErr> {
    let at = midnight - TimeDelta::days(7);
    let month = Month::of(at, &Zone::UTC).number();
    let people = format!("INSERT INTO person (id, lang, created_at) {COUNT} SELECT i, 'en', $2 FROM n");
    run(db, &people, [MEMBERS.into(), at.into()]).await?;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await?;
    let accounts = "INSERT INTO account (person_id, messenger, address, created_at)
                    SELECT id, 'terminal', CAST(id AS TEXT), created_at FROM member";
    run(db, accounts, []).await?;
    let collections = format!(
        "INSERT INTO collection (id, owner_id, kind, target, opened_at)
         {COUNT} SELECT i, 2 * i - 1, 'monthly', 100000000, $2 FROM n"
    );
    run(db, &collections, [COLLECTIONS.into(), at.into()]).await?;
    for (step, state) in (1_i64..).zip(STATES) {
        let settled_at = (state == "fulfilled").then_some(at);
        let commitments = format!(
            "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at)
             {COUNT} SELECT i, 2 * ((i - 1 + $2) % $1) + 2, 2 * i - 1, 12050, $3, $4, $5, $6 FROM n"
        );
        let values =
            [COLLECTIONS.into(), (step * 787).into(), state.into(), month.into(), at.into(), settled_at.into()];
        run(db, &commitments, values).await?;
    }
    if db.get_database_backend() == DbBackend::Postgres {
        // What was given ids by hand is counted on from there, and what the database does by itself a minute later.
        for table in ["member", "collection"] {
            let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}");
            db.execute_unprepared(&sql).await?;
        }
        db.execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

pub async fn run<const N: usize>(db: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
