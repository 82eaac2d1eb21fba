//! `exodus migrate`: brings the database up to date.

use anyhow::Context;
use sea_orm::DatabaseConnection;

use super::config::Config;
use crate::store;

/// Opens the configured database and brings its schema up to date.
///
/// # Errors
/// It can't be opened, or does not take a migration.
pub async fn migrated(config: &Config) -> anyhow::Result<DatabaseConnection> {
    let url = &config.database_url;
    let db = store::connect(url.reveal()).await.with_context(|| format!("database_url: {url} can't be opened"))?;
    store::migrate(&db).await.with_context(|| format!("database_url: {url} can't be brought up to date"))?;
    Ok(db)
}

/// Does what [`migrated`] does, and says so.
///
/// # Errors
/// As [`migrated`].
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    migrated(config).await?.close().await?;
    println!("{} is up to date", config.database_url);
    Ok(())
}
