//! `exodus check`: whether the bot could run as it is configured, and what to mend when it could not.

use std::path::Path;

use super::clock::SystemClock;
use super::config::{Config, DatabaseUrl};
use super::{messengers, time_zones};
use crate::conversation::Clock as _;
use crate::store;

/// One thing that was looked at: what was found, or what to mend.
type Line = (&'static str, Result<String, String>);

/// Looks at everything, prints one line for each thing, and says whether all of it is well.
pub async fn check(file: Option<&Path>) -> bool {
    let zones = time_zones::take_newest();
    let lines = look(file).await;
    match zones.to_mend(SystemClock.now()) {
        None => println!("✓ time zones: {zones}"),
        Some(mend) => println!("! time zones: {mend}"),
    }
    for (what, found) in &lines {
        match found {
            Ok(found) => println!("✓ {what}: {found}"),
            Err(mend) => println!("✗ {what}: {mend}"),
        }
    }
    lines.iter().all(|(_, found)| found.is_ok())
}

async fn look(file: Option<&Path>) -> Vec<Line> {
    let config = match Config::load(file) {
        Ok(config) => config,
        Err(error) => return error.0.into_iter().map(|fault| ("configuration", Err(fault))).collect(),
    };
    let mut lines: Vec<Line> =
        messengers::missing_parts(&config).into_iter().map(|missing| ("configuration", Err(missing))).collect();
    if lines.is_empty() {
        lines.push(("configuration", Ok(format!("months in {}, sums in {}", config.time_zone, config.currency.0))));
    }
    lines.push(("database", database(&config.database_url).await));
    let found = messengers::check(&config).await;
    if config.telegram.is_none() && config.matrix.is_none() {
        lines.push(("messengers", Err(messengers::NONE.to_owned())));
    }
    lines.extend(found);
    lines
}

/// Whether it answers, and knows this release's schema. A SQLite file that is not there yet is not made.
async fn database(url: &DatabaseUrl) -> Result<String, String> {
    if let Some(file) = url.file().filter(|file| !Path::new(file).exists()) {
        return room_for(Path::new(file)).map(|()| format!("{url} will be made at the first start"));
    }
    let unopened =
        |error| format!("{url} can't be opened: {error}; look at database_url, and whether the database is there");
    let db = store::connect(url.reveal()).await.map_err(unopened)?;
    let pending = store::pending(&db).await;
    let _ = db.close().await;
    match pending {
        Ok(0) => Ok(format!("{url} is up to date")),
        Ok(pending) => Ok(format!("{url} can be opened; the next start brings it up to date ({pending} steps)")),
        Err(error) => Err(format!("{url} can't be read: {error}")),
    }
}

fn room_for(file: &Path) -> Result<(), String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match std::fs::metadata(folder) {
        Ok(found) if found.is_dir() && !found.permissions().readonly() => Ok(()),
        Ok(found) if found.is_dir() => Err(format!("{} can't be written to", folder.display())),
        _ => Err(format!("there is no folder {}; make it, or change database_url", folder.display())),
    }
}
