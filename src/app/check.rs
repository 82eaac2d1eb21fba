//! `exodus check`: whether the bot could run as it is configured, and what to mend when it could not.

use std::path::Path;

use super::config::Config;
use super::{database, messengers, output, time_zones};
use crate::store::{self, opening};
use exodus_engine::conversation::Clock as _;
use exodus_engine::host::SystemClock;

/// One thing that was looked at: what was found, or what to mend.
type Line = (&'static str, Result<String, String>);

/// Looks at everything, prints one line for each thing, and says whether all of it is well.
pub async fn check(file: Option<&Path>) -> bool {
    let zones = time_zones::take_newest();
    let (lines, warnings) = look(file).await;
    match zones.to_mend(SystemClock.now()) {
        None => output::say(format_args!("✓ time zones: {zones}")),
        Some(mend) => output::say(format_args!("! time zones: {mend}")),
    }
    for (what, found) in &lines {
        match found {
            Ok(found) => output::say(format_args!("✓ {what}: {found}")),
            Err(mend) => output::say(format_args!("✗ {what}: {mend}")),
        }
    }
    for warning in warnings {
        output::say(format_args!("! {warning}"));
    }
    lines.iter().all(|(_, found)| found.is_ok())
}

/// What was found, and what does no harm yet.
async fn look(file: Option<&Path>) -> (Vec<Line>, Vec<String>) {
    let config = match Config::load(file) {
        Ok(config) => config,
        Err(error) => return (error.0.into_iter().map(|fault| ("configuration", Err(fault))).collect(), Vec::new()),
    };
    let mut lines: Vec<Line> =
        messengers::missing_parts(&config).into_iter().map(|missing| ("configuration", Err(missing))).collect();
    if lines.is_empty() {
        lines.push(("configuration", Ok(format!("months in {}, sums in {}", config.time_zone, config.currency.0))));
    }
    lines.push(("database", database(&config).await));
    let found = messengers::check(&config).await;
    if config.telegram.is_none() && config.matrix.is_none() {
        lines.push(("messengers", Err(messengers::NONE.to_owned())));
    }
    lines.extend(found);
    (lines, database::warnings(&config))
}

/// Whether a start would succeed: all that it does is tried, and taken back. A SQLite file that is not there yet is not made.
async fn database(config: &Config) -> Result<String, String> {
    let url = &config.database_url;
    let mend = |obstacle| format!("{url} can't be used: {}", database::in_words(url, &obstacle));
    opening::knock(url.reveal()).await.map_err(mend)?;
    database::has_room(url).map_err(|why| format!("{url} can't be used: {why}"))?;
    if url.file().is_some_and(|file| !file.exists()) {
        return Ok(format!("{url} will be made at the first start"));
    }
    let db = opening::open(url.reveal(), config.database_connections.0, store::STEPS).await.map_err(mend)?;
    let tried = opening::try_a_start(&db, store::STEPS).await;
    let _ = db.close().await;
    match tried.map_err(mend)? {
        0 => Ok(format!("{url} is up to date")),
        behind => Ok(format!("{url} can be opened; the next start brings it up to date ({behind} steps)")),
    }
}
