//! Opening the configured database: a server that is just starting is waited for, a file is held by one process, and
//! whatever stands in the way is told with what to do about it.

mod held;
mod mounts;
mod rights;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use super::configuration::Database;
use crate::config::DatabaseUrl;
use crate::store;
use crate::store::opening::{self, Obstacle};
use crate::store::schema::Steps;
use held::Held;

/// How long a server that does not take connections yet is waited for, and how long from one try to the next.
const STARTING: Duration = Duration::from_secs(60);
const BETWEEN: Duration = Duration::from_secs(1);

/// The database as a bot that runs has it.
pub struct Opened {
    /// It is up to date.
    pub db: DatabaseConnection,
    held: Option<Held>,
}

impl Opened {
    /// Closes it, and lets go of its file.
    ///
    /// # Errors
    /// Something could not be brought to its end.
    pub async fn close(self) -> anyhow::Result<()> {
        self.db.close().await.context("the database did not close well")?;
        drop(self.held);
        Ok(())
    }
}

/// Opens it and brings it up to date. `None`: we were told to stop before it could be opened.
///
/// # Errors
/// It can't be opened, or does not take a migration, or is a file that another process works on.
pub(super) async fn open_for_a_start(
    database: &Database,
    tables: Steps,
    stop: &CancellationToken,
) -> anyhow::Result<Option<Opened>> {
    let url = &database.url;
    let held = match url.file() {
        Some(file) => stop.run_until_cancelled(Held::wait_for(&file)).await.transpose()?.map(Some),
        None => Some(None),
    };
    let Some(held) = held else { return Ok(None) };
    let waited = stop.run_until_cancelled(wait_until_it_answers(url)).await;
    let Some(()) = waited.transpose().map_err(told(url, "can't be opened"))? else { return Ok(None) };
    let db = open(database, tables).await?;
    opening::bring_up_to_date(&db, tables).await.map_err(told(url, "can't be brought up to date"))?;
    Ok(Some(Opened { db, held }))
}

/// Opens what is there already, as it is; nobody else works on a file meanwhile.
///
/// # Errors
/// It is not there, or can't be opened, or is a file that another process works on.
pub(super) async fn open_as_it_is(database: &Database, tables: Steps) -> anyhow::Result<Opened> {
    let url = &database.url;
    let file = url.file();
    anyhow::ensure!(file.as_ref().is_none_or(|file| file.exists()), "database_url: there is no {url}");
    let held = match &file {
        Some(file) => Some(Held::wait_for(file).await?),
        None => None,
    };
    opening::knock(url.reveal()).await.map_err(told(url, "can't be opened"))?;
    Ok(Opened { db: open(database, tables).await?, held })
}

/// Opens it and brings it up to date, for a command that does not wait.
///
/// # Errors
/// As [`open_for_a_start`].
pub(super) async fn open_up_to_date(database: &Database, tables: Steps) -> anyhow::Result<DatabaseConnection> {
    let url = &database.url;
    opening::knock(url.reveal()).await.map_err(told(url, "can't be opened"))?;
    let db = open(database, tables).await?;
    let behind = store::schema::pending(&db, tables).await.unwrap_or(1);
    // While a bot works on a file, nobody changes the tables under it.
    let _held = match url.file().filter(|_| behind > 0) {
        Some(file) => Some(Held::wait_for(&file).await?),
        None => None,
    };
    opening::bring_up_to_date(&db, tables).await.map_err(told(url, "can't be brought up to date"))?;
    Ok(db)
}

async fn open(database: &Database, tables: Steps) -> anyhow::Result<DatabaseConnection> {
    let url = &database.url;
    if let Some(Err(why)) = url.file().map(|file| rights::can_grow(&file)) {
        anyhow::bail!("database_url: {url} can't be opened: {why}");
    }
    opening::open(url.reveal(), database.connections, tables).await.map_err(told(url, "can't be opened"))
}

/// Waits until the server takes connections, and says so once when it does not do so at once.
async fn wait_until_it_answers(url: &DatabaseUrl) -> Result<(), Obstacle> {
    let waiting = async {
        let mut said = false;
        loop {
            match opening::knock(url.reveal()).await {
                Ok(()) => break,
                Err(obstacle) if obstacle.passes => {
                    if !said {
                        tracing::warn!(database = %url, why = %obstacle, "the database is waited for, a minute at most");
                    }
                    said = true;
                }
                Err(obstacle) => return Err(obstacle),
            }
            tokio::time::sleep(BETWEEN).await;
        }
        if said {
            tracing::info!(database = %url, "the database answers");
        }
        Ok(())
    };
    match tokio::time::timeout(STARTING, waiting).await {
        Ok(waited) => waited,
        // What stands in its way now.
        Err(_) => opening::knock(url.reveal()).await,
    }
}

/// An obstacle as a person is told it: which database, what is wrong, and what to do.
fn told(url: &DatabaseUrl, what: &'static str) -> impl Fn(Obstacle) -> anyhow::Error {
    move |obstacle| anyhow::anyhow!("database_url: {url} {what}: {}", in_words(url, &obstacle))
}

/// What is wrong, and for a file that can't be written to, whose it is and how that is changed.
fn in_words(url: &DatabaseUrl, obstacle: &Obstacle) -> String {
    let file = url.file().filter(|_| obstacle.is_about_rights);
    file.and_then(|file| rights::missing(&file)).unwrap_or_else(|| obstacle.to_string())
}

/// What an operator should know of a database that can be used, and of what else is kept in these places.
pub(super) fn warnings(database: &Database, places: Vec<(&'static str, PathBuf)>) -> Vec<String> {
    let of_address = store::address::warning(database.url.reveal());
    let of_address = of_address.map(|warning| format!("database_url: {warning}"));
    let file = database.url.file().map(|file| ("database_url", file));
    of_address.into_iter().chain(mounts::warnings(file.into_iter().chain(places))).collect()
}

/// Whether a start would succeed: all that it does is tried, and taken back. A SQLite file that is not there yet is not made.
///
/// # Errors
/// Why not, and what to do.
pub(super) async fn check(database: &Database, tables: Steps) -> Result<String, String> {
    let url = &database.url;
    let mend = |obstacle| format!("{url} can't be used: {}", in_words(url, &obstacle));
    opening::knock(url.reveal()).await.map_err(mend)?;
    let room = url.file().map_or(Ok(()), |file| rights::has_room(&file));
    room.map_err(|why| format!("{url} can't be used: {why}"))?;
    if url.file().is_some_and(|file| !file.exists()) {
        return Ok(format!("{url} will be made at the first start"));
    }
    let db = opening::open(url.reveal(), database.connections, tables).await.map_err(mend)?;
    let tried = opening::try_a_start(&db, tables).await;
    let _ = db.close().await;
    match tried.map_err(mend)? {
        0 => Ok(format!("{url} is up to date")),
        behind => Ok(format!("{url} can be opened; the next start brings it up to date ({behind} steps)")),
    }
}
