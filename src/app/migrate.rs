//! `exodus migrate`: brings the database up to date.

use super::config::Config;
use super::{database, output};

/// Opens the configured database, brings its schema up to date, and says so.
///
/// # Errors
/// It can't be opened, or does not take a migration.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    database::open_up_to_date(config).await?.close().await?;
    output::say(format_args!("{} is up to date", config.database_url));
    Ok(())
}
