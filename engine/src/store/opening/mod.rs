//! Opening a database for a start: what a start needs of it is looked at first, and what stands in the way is told in words
//! that say what to do.

mod server;
mod tls;
mod trial;
mod words;

use std::fmt;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};

use super::schema::{self, Steps, Unknown};
use super::{address, connect_with};
pub use trial::try_a_start;

/// Why a database can't be worked on. Nothing secret is a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    why: String,
    /// It may be gone in a moment, without anybody doing anything.
    pub passes: bool,
    /// What a file or its folder allows may be the reason.
    pub is_about_rights: bool,
}

impl Obstacle {
    fn stays(why: impl Into<String>) -> Obstacle {
        Obstacle { why: why.into(), passes: false, is_about_rights: false }
    }

    fn passes(why: impl Into<String>) -> Obstacle {
        Obstacle { why: why.into(), passes: true, is_about_rights: false }
    }

    fn of_rights(why: impl Into<String>) -> Obstacle {
        Obstacle { why: why.into(), passes: false, is_about_rights: true }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl From<DbErr> for Obstacle {
    fn from(error: DbErr) -> Obstacle {
        words::of(&error)
    }
}

/// Looks whether somebody is there, by one connection that is closed again: a pool would try for half a minute, and then
/// only say that it took too long.
///
/// # Errors
/// What stands in the way.
pub async fn knock(url: &str) -> Result<(), Obstacle> {
    let Some(file) = address::file(url) else {
        return if url.starts_with("sqlite:") { Ok(()) } else { server::knock(url).await };
    };
    let missing = !file.exists();
    if file.is_dir() || file.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(Obstacle::of_rights("there is no such folder"));
    }
    if missing && !address::makes_a_file(url) {
        let why = format!("there is no {}, and mode=rw makes none; take mode=rw away, or name another", file.display());
        return Err(Obstacle::stays(why));
    }
    Ok(())
}

/// Opens a database that was found to be there, and that has no steps but these.
///
/// # Errors
/// What stands in the way.
pub async fn open(url: &str, connections: u32, bot: Steps) -> Result<DatabaseConnection, Obstacle> {
    let db = connect_with(url, connections).await?;
    let fits = async {
        has_tables_of_ours(&db, bot).await?;
        can_be_written_to(&db).await
    };
    match fits.await {
        Ok(()) => Ok(db),
        Err(obstacle) => {
            let _ = db.close().await;
            Err(obstacle)
        }
    }
}

/// Brings the schema up to date.
///
/// # Errors
/// What stands in the way.
pub async fn bring_up_to_date(db: &DatabaseConnection, bot: Steps) -> Result<(), Obstacle> {
    schema::migrate(db, bot).await.map_err(Obstacle::from)
}

/// SQLite opens a file that can't be written to without a word, and begins what it takes for reading.
async fn can_be_written_to(db: &DatabaseConnection) -> Result<(), Obstacle> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    let tx = super::begin(db).await?;
    let written = tx.execute_unprepared("PRAGMA user_version = 1").await;
    tx.rollback().await?;
    written.map(drop).map_err(Obstacle::from)
}

/// A newer release has made tables that this one does not know, and perhaps taken away what it needs; or all of them are
/// another bot's.
async fn has_tables_of_ours(db: &impl ConnectionTrait, bot: Steps) -> Result<(), Obstacle> {
    match schema::unknown(db, bot).await {
        None => Ok(()),
        Some(Unknown::Later(step)) => Err(Obstacle::stays(format!(
            "it was made by a newer release than this one (it has {step}); install that release, or restore a copy from \
             before the upgrade"
        ))),
        Some(Unknown::AnotherBots(step)) => Err(Obstacle::stays(format!(
            "it is another bot's (it has {step}, and nothing of this one); give this bot a database of its own"
        ))),
    }
}
