//! `exodus run`: the bot, with every messenger that is configured.

use std::sync::Arc;

use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use super::calendar::Months;
use super::config::Config;
use super::{database, messengers};
use crate::screens::{Exodus, Reading, Settings, WaysIn};
use exodus_engine::conversation::{Clock, OsChance};
use exodus_engine::host::{Host, SystemClock, stopped_by};

/// Runs the bot until SIGTERM, Ctrl-C or SIGHUP. No turn is cut in the middle: what has begun is brought to its end first.
///
/// # Errors
/// Something in the configuration can't be done, or the database can't be opened. A messenger that refuses us, or can't be
/// reached, ends nothing: it is tried again, and the log and `/ready` say so.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    stopped_by(stop.clone(), until(config, stop)).await
}

/// Runs the bot until `stop`.
///
/// # Errors
/// As [`run`].
pub async fn until(config: Config, stop: CancellationToken) -> anyhow::Result<()> {
    until_by(Arc::new(SystemClock), config, stop).await
}

/// Runs the bot until `stop`, by a clock of the caller's: whoever wants to see a month pass needs not wait for it.
///
/// # Errors
/// As [`run`].
pub async fn until_by(clock: Arc<dyn Clock>, config: Config, stop: CancellationToken) -> anyhow::Result<()> {
    let missing = messengers::missing_parts(&config);
    anyhow::ensure!(missing.is_empty(), missing.join("\n"));
    anyhow::ensure!(config.telegram.is_some() || config.matrix.is_some(), messengers::NONE);
    let Some(database) = database::open_for_a_start(&config, &stop).await? else { return Ok(()) };
    let ended = match hosted(&config, &database.db, clock).await {
        Ok(host) => host.run(stop).await,
        Err(error) => Err(error),
    };
    database.close().await?;
    ended
}

/// The bot on an open database.
async fn hosted(config: &Config, db: &DatabaseConnection, clock: Arc<dyn Clock>) -> anyhow::Result<Host<Exodus>> {
    let locales = Arc::new(config.locales()?);
    let messengers = messengers::made(config, db, &clock).await?;
    let exodus = Exodus::new(Settings {
        rules: config.rules(),
        ways_in: WaysIn::of(messengers.clone()),
        support_contact: config.support_contact.clone(),
        languages: locales.languages().to_vec(),
        reading: Reading::of(&locales),
    });
    let host = Host::on(Arc::new(exodus), locales, db.clone())
        .by(clock, Arc::new(OsChance))
        .calendar(Months::new(config.rules()))
        .in_zone(config.time_zone.clone())
        .answering_at(config.http.as_ref().map(|http| http.listen))
        .wary();
    Ok(messengers.into_iter().fold(host, Host::through))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_a_messenger_or_with_what_this_program_has_not_it_says_what_to_do() {
        for (text, expected) in [
            ("", "no messenger is configured: write the token"),
            ("[admin]\naccounts = [\"telegram:1\"]", "admin: this version can't do that yet"),
        ] {
            let config = Config::read("exodus.toml", text, []).unwrap();
            let refused = until(config, CancellationToken::new()).await.unwrap_err().to_string();
            assert!(refused.starts_with(expected), "{refused}");
        }
    }
}
