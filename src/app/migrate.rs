//! `exodus migrate`: brings the database up to date.

use super::config::Config;
use super::output;
use crate::store;

/// Opens the configured database, brings its schema up to date, and says so.
///
/// # Errors
/// It can't be opened, or does not take a migration.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    config.migrate(store::STEPS).await?;
    output::say(format_args!("{} is up to date", config.database.url));
    Ok(())
}
