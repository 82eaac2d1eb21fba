//! Doing what a start does, and taking it back.

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement};

use super::Obstacle;
use crate::store;
use crate::store::schema::{self, Steps};

/// Others wait while we try; so we don't keep them long.
const SHORTLY: &str = "SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '20s'";

/// Of these tables those in which our role can't do all that is done there.
const CLOSED: &str = "SELECT t FROM unnest(string_to_array($1, ',')) AS t WHERE NOT coalesce(\
     has_table_privilege(to_regclass(quote_ident(t))::oid, 'SELECT') \
     AND has_table_privilege(to_regclass(quote_ident(t))::oid, 'INSERT') \
     AND has_table_privilege(to_regclass(quote_ident(t))::oid, 'UPDATE') \
     AND has_table_privilege(to_regclass(quote_ident(t))::oid, 'DELETE'), false)";

/// Tries whether a start would bring the schema up to date and could write, and leaves all as it was. Says how many steps a
/// start would have to do.
///
/// # Errors
/// What would stand in its way.
pub async fn try_a_start(db: &DatabaseConnection, bot: Steps) -> Result<usize, Obstacle> {
    let behind = schema::pending(db, bot).await?;
    let tx = store::begin(db).await?;
    let tried = played(&tx, behind, bot).await;
    let undone = tx.rollback().await;
    tried?;
    undone?;
    Ok(behind)
}

async fn played(tx: &DatabaseTransaction, behind: usize, bot: Steps) -> Result<(), Obstacle> {
    let is_server = tx.get_database_backend() == DbBackend::Postgres;
    if is_server {
        tx.execute_unprepared(SHORTLY).await?;
    }
    if behind > 0 {
        schema::up(tx, bot).await.map_err(in_the_way)?;
    } else if is_server {
        is_open(tx, bot).await?;
    }
    // What a process that starts writes first.
    let written = "INSERT INTO lease (name, holder, until) VALUES ('check', 'check', CURRENT_TIMESTAMP)";
    tx.execute_unprepared(written).await?;
    tx.execute_unprepared("DELETE FROM lease WHERE name = 'check'").await?;
    Ok(())
}

/// Whether we may do in each table what is done there.
async fn is_open(tx: &DatabaseTransaction, bot: Steps) -> Result<(), Obstacle> {
    let tables = tables(bot).await?;
    let asked = Statement::from_sql_and_values(DbBackend::Postgres, CLOSED, [tables.join(",").into()]);
    let closed = tx.query_all_raw(asked).await?;
    let closed: Vec<String> = closed.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
    if closed.is_empty() {
        return Ok(());
    }
    Err(Obstacle::stays(format!(
        "the bot's role may not read and write {}; as their owner: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN \
         SCHEMA public TO USER",
        closed.join(", ")
    )))
}

/// The tables of this release: those that it makes in an empty database.
async fn tables(bot: Steps) -> Result<Vec<String>, DbErr> {
    let empty = store::connect("sqlite::memory:").await?;
    schema::migrate(&empty, bot).await?;
    let [ours, of_the_bot] = schema::NOTED_IN;
    let named = format!(
        "SELECT name FROM sqlite_master
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('{ours}', '{of_the_bot}')"
    );
    let tables = empty.query_all_raw(Statement::from_string(DbBackend::Sqlite, named)).await?;
    let tables = tables.iter().map(|row| row.try_get_by_index(0)).collect();
    empty.close().await?;
    tables
}

/// A bot that runs may be at work on what has to be changed.
fn in_the_way(error: DbErr) -> Obstacle {
    let obstacle = Obstacle::from(error);
    match obstacle.why.contains("timeout") {
        true => Obstacle::stays(format!(
            "its tables have to be changed by the next start, which can't be tried while a bot works on them ({})",
            obstacle.why
        )),
        false => obstacle,
    }
}
