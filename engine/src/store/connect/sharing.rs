//! Whether there is somebody between us and the server who gives one of its sessions to many clients, and whether that can
//! work: statements are prepared once and used again, in whatever session the next transaction is played.

use std::collections::BTreeSet;
use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions, Connection, PgConnection, Row};

/// How often two clients ask in turn.
const TIMES: usize = 4;

/// How long somebody may keep the second of them waiting who has one session to give.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why a pooler can't be worked through, and what to do.
const TOO_OLD: &str = "there is a pooler in between that gives a session to many clients and does not know their prepared \
     statements; set pool_mode = session, or take PgBouncer 1.21 or newer with max_prepared_statements = 200";

/// The same of one that gives each statement a session of its own, in which nothing can be done whole or not at all.
const STATEMENTS: &str = "there is a pooler in between with pool_mode = statement, which allows no transactions; set \
     pool_mode = session, or from PgBouncer 1.21 on pool_mode = transaction with max_prepared_statements = 200";

/// Asks by two clients at once: those with sessions of their own are never served by the same one.
///
/// # Errors
/// Nobody is let in; or the sessions are shared, and nothing can be done that way.
pub(super) async fn is_shared(options: &PgConnectOptions) -> Result<bool, sqlx::Error> {
    let Ok(one) = tokio::time::timeout(PATIENCE, let_in(options)).await else { return Ok(false) };
    let one = one?;
    // Whoever lets in one client only has nobody to share with.
    let shared = tokio::time::timeout(PATIENCE, by_two(one, options)).await.is_ok_and(|shared| shared.unwrap_or(false));
    if shared && tokio::time::timeout(PATIENCE, begun(options)).await.is_ok_and(|tried| is_for_statements(&tried)) {
        return Err(sqlx::Error::Configuration(STATEMENTS.into()));
    }
    if shared && tokio::time::timeout(PATIENCE, prepared(options)).await.is_ok_and(|tried| refuses(&tried)) {
        return Err(sqlx::Error::Configuration(TOO_OLD.into()));
    }
    Ok(shared)
}

/// A connection, as soon as there is one: what was closed a moment ago is counted for a moment more.
async fn let_in(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    loop {
        match options.connect().await {
            Err(sqlx::Error::Database(refused)) if refused.code().is_some_and(|code| code == "53300") => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let_in => return let_in,
        }
    }
}

async fn by_two(mut one: PgConnection, options: &PgConnectOptions) -> Result<bool, sqlx::Error> {
    let mut other = options.connect().await?;
    let (mut of_one, mut of_other) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..TIMES {
        of_one.insert(session_of(&mut one).await?);
        of_other.insert(session_of(&mut other).await?);
    }
    let _ = (one.close().await, other.close().await);
    Ok(!of_one.is_disjoint(&of_other))
}

async fn session_of(client: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(client).await?.try_get(0)
}

/// Begins a transaction.
async fn begun(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut client = options.connect().await?;
    sqlx::raw_sql("BEGIN").execute(&mut client).await?;
    sqlx::raw_sql("ROLLBACK").execute(&mut client).await?;
    let _ = client.close().await;
    Ok(())
}

/// Whether that was refused as by a pooler with `pool_mode = statement`.
fn is_for_statements(tried: &Result<(), sqlx::Error>) -> bool {
    matches!(tried, Err(sqlx::Error::Database(refused)) if refused.message().contains("statement pooling"))
}

/// Prepares the same statement for two clients, and uses it again.
async fn prepared(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let (mut one, mut other) = (options.connect().await?, options.connect().await?);
    for _ in 0..TIMES {
        for client in [&mut one, &mut other] {
            sqlx::query("SELECT $1::int8").bind(1_i64).fetch_one(client).await?;
        }
    }
    let _ = (one.close().await, other.close().await);
    Ok(())
}

/// Whether it went as it goes with a pooler that does not know what its clients have prepared: the statement is there
/// already, or not at all, or the answers are out of step.
fn refuses(tried: &Result<(), sqlx::Error>) -> bool {
    match tried {
        Err(sqlx::Error::Database(refused)) => {
            refused.code().is_some_and(|code| matches!(&*code, "42P05" | "26000" | "08P01"))
        }
        Err(sqlx::Error::Protocol(_)) => true,
        _ => false,
    }
}
