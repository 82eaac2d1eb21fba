//! A community in which everybody has ties, and one member thousands, put straight into the tables.

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::Month;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value};

use super::MESSENGER;

pub const MEMBERS: i64 = 100_000;
/// The member with so many supporters.
pub const STAR: i64 = 1;
pub const SUPPORTERS: i64 = 5_000;
/// Somebody who helps the star.
pub const BESIDE: i64 = 2 * (MEMBERS / 2 / SUPPORTERS);

/// An initiative, for which so many vote; whoever proposes it, and one of them.
pub const INITIATIVE: i64 = 1_000_000;
pub const INITIATOR: i64 = MEMBERS - 2;
pub const VOTERS: i64 = 10_000;
pub const VOTER: i64 = 10;

/// How many know each of these.
pub const NEAR: i64 = 500;

/// Members who ask for nothing and are known to many.
pub fn many_around() -> impl Iterator<Item = i64> {
    (1..=20).map(|one| MEMBERS / 2 + 2 * one)
}

/// Counts from 1 to `$1`, on every database.
const COUNT: &str = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";

/// Settles them: every second member asks for monthly help, one of ten of those in an emergency too. Each of them has the
/// help of ten others, of whom none lives next door: some of it goes on, some ended lately, some long ago.
pub async fn settle(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let half: Value = (MEMBERS / 2).into();
    let (lately, long_ago) = (now - TimeDelta::days(20), now - TimeDelta::days(200));
    let [this, last, old] = [now, lately, long_ago].map(|at| Month::of(at, &Zone::UTC).number());
    let everybody = format!("INSERT INTO person (id, lang, created_at) {COUNT} SELECT i, 'en', $2 FROM n");
    run(db, &everybody, [MEMBERS.into(), long_ago.into()]).await?;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await?;
    let reachable = "INSERT INTO account (person_id, messenger, address, created_at)
                     SELECT id, $1, CAST(id AS TEXT), created_at FROM member";
    run(db, reachable, [MESSENGER.into()]).await?;
    let monthly = format!(
        "INSERT INTO collection (id, owner_id, kind, target, opened_at)
         {COUNT} SELECT i, 2 * i - 1, 'monthly', 50000 + i, $2 FROM n"
    );
    run(db, &monthly, [half.clone(), long_ago.into()]).await?;
    let urgent = format!(
        "INSERT INTO collection (id, owner_id, kind, target, opened_at, ends_on)
         {COUNT} SELECT $2 + i, 20 * i - 1, 'emergency', 100000 + i, $3, $4 FROM n"
    );
    let in_a_week = (now + TimeDelta::days(7)).date_naive();
    run(db, &urgent, [(MEMBERS / 20).into(), half.clone(), lately.into(), in_a_week.into()]).await?;
    let helps = [
        ("intention", this, None),
        ("intention", this, None),
        ("obligation", this, None),
        ("obligation", this, None),
        ("claimed", this, None),
        ("fulfilled", last, Some(lately)),
        ("withdrawn", last, Some(lately)),
        ("lapsed", last, Some(lately)),
        ("overdue", last, None),
        ("fulfilled", old, Some(long_ago)),
    ];
    for (step, (state, month, settled)) in (1_i64..).zip(helps) {
        let help = format!(
            "INSERT INTO commitment
                 (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at, closed)
             {COUNT} SELECT i, 2 * ((i - 1 + $2) % $1) + 2, 2 * i - 1, 2050, $3, $4, $5, $6, $6 IS NOT NULL FROM n"
        );
        let step = (step * 7919).into();
        run(db, &help, [half.clone(), step, state.into(), month.into(), long_ago.into(), settled.into()]).await?;
    }
    // Every tenth of those who help others helps the star, too; who does already is left out.
    let star = format!(
        "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at)
         {COUNT} SELECT 1, $2 * i, 1, 100, CASE i % 2 WHEN 0 THEN 'intention' ELSE 'obligation' END, $3, $4 FROM n
         WHERE TRUE ON CONFLICT DO NOTHING"
    );
    run(db, &star, [SUPPORTERS.into(), BESIDE.into(), this.into(), lately.into()]).await?;
    // What the star was given, month by month.
    let archive = format!(
        "INSERT INTO commitment
             (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at, closed)
         {COUNT} SELECT 1, $2 * i, 1, 100 + i, 'fulfilled', $3, $4, $4, TRUE FROM n WHERE TRUE ON CONFLICT DO NOTHING"
    );
    run(db, &archive, [SUPPORTERS.into(), BESIDE.into(), old.into(), long_ago.into()]).await?;
    let know = "INSERT INTO acquaintance (member_id, other_id, since)
                SELECT supporter_id, receiver_id, MIN(declared_at) FROM commitment GROUP BY 1, 2
                UNION ALL SELECT receiver_id, supporter_id, MIN(declared_at) FROM commitment GROUP BY 1, 2";
    run(db, know, []).await?;
    for who in many_around() {
        let around = format!(
            "INSERT INTO acquaintance (member_id, other_id, since)
             {COUNT} SELECT $2, 1 + ($2 + 97 * i) % $3, $4 FROM n
             UNION SELECT 1 + ($2 + 97 * i) % $3, $2, $4 FROM n WHERE TRUE
             ON CONFLICT DO NOTHING"
        );
        run(db, &around, [NEAR.into(), who.into(), MEMBERS.into(), lately.into()]).await?;
    }
    settle_trust(db, lately).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // What was given ids by hand is counted on from there, and what the database does by itself a minute later.
        let counted_on = "SELECT setval(pg_get_serial_sequence('collection', 'id'), MAX(id)) FROM collection";
        db.execute_unprepared(counted_on).await?;
        db.execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

/// Connects everybody by guarantees, into one trust list: each holds three or four with others who live anywhere, and the
/// star holds one with every twentieth.
async fn settle_trust(db: &DatabaseConnection, since: DateTime<Utc>) -> Result<(), DbErr> {
    for step in [1, 7919, 31_337] {
        // Of the second and third, half: with the member so many houses on.
        let every: i64 = if step == 1 { 1 } else { 2 };
        let pairs = format!(
            "INSERT INTO guarantee (member_id, other_id, since)
             {COUNT} SELECT i, 1 + (i - 1 + $2) % $1, $3 FROM n WHERE i % $4 = 0
             UNION SELECT 1 + (i - 1 + $2) % $1, i, $3 FROM n WHERE i % $4 = 0 ON CONFLICT DO NOTHING"
        );
        run(db, &pairs, [MEMBERS.into(), step.into(), since.into(), every.into()]).await?;
    }
    let star = format!(
        "INSERT INTO guarantee (member_id, other_id, since)
         {COUNT} SELECT $2, 20 * i, $3 FROM n UNION SELECT 20 * i, $2, $3 FROM n WHERE TRUE ON CONFLICT DO NOTHING"
    );
    run(db, &star, [SUPPORTERS.into(), STAR.into(), since.into()]).await?;
    run(db, "INSERT INTO trust_list (members) VALUES ($1)", [MEMBERS.into()]).await?;
    run(
        db,
        "INSERT INTO trust_list_member (member_id, list_id) SELECT m.id, l.id FROM member m CROSS JOIN trust_list l",
        [],
    )
    .await
}

/// An initiative for which every tenth member votes. Whom they have around them is another question by that.
pub async fn settle_initiative(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (month, last_day) = (Month::of(now, &Zone::UTC).number(), (now + TimeDelta::days(30)).date_naive());
    let proposed = "INSERT INTO collection (id, owner_id, kind, target, opened_at, ends_on)
                    VALUES ($1, $2, 'initiative', 100000000, $3, $4)";
    run(db, proposed, [INITIATIVE.into(), INITIATOR.into(), now.into(), last_day.into()]).await?;
    let called =
        "INSERT INTO initiative (collection_id, title, words, prolonged) VALUES ($1, 'A well', 'Water', FALSE)";
    run(db, called, [INITIATIVE.into()]).await?;
    let votes = format!(
        "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at)
         {COUNT} SELECT $2, 10 * i, $3, 1000 + i, 'intention', $4, $5 FROM n"
    );
    run(db, &votes, [VOTERS.into(), INITIATIVE.into(), INITIATOR.into(), month.into(), now.into()]).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared("VACUUM ANALYZE").await?;
    }
    Ok(())
}

async fn run<const N: usize>(db: &DatabaseConnection, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
