//! `exodus run`: the bot, with every messenger that is configured.

use std::sync::Arc;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use super::calendar::Months;
use super::config::Config;
use crate::api::{self, Api};
use crate::screens::{Exodus, GROUP_COMMANDS, Reading, Settings};
use crate::store;
use exodus_engine::conversation::{Clock, OsChance, Site, WaysIn};
use exodus_engine::host::{Host, SystemClock, stopped_by};
use exodus_engine::messengers::Surroundings;

/// What to do when nobody could reach the bot.
pub(super) const NO_MESSENGER: &str = "no messenger is configured: write the token of a Telegram bot as `token` under \
     [telegram] in exodus.toml, or a Matrix account under [matrix] (to try it first: `exodus demo` needs no configuration)";

/// What is configured and not part of this program: one line each.
pub(super) fn missing_parts(config: &Config) -> Vec<String> {
    config.messengers.missing_parts()
}

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
    allow_many_connections();
    let missing = missing_parts(&config);
    anyhow::ensure!(missing.is_empty(), missing.join("\n"));
    anyhow::ensure!(!config.messengers.is_empty(), NO_MESSENGER);
    let Some(database) = config.open(store::STEPS, &stop).await? else { return Ok(()) };
    let ended = match hosted(&config, &database.db, clock).await {
        Ok(host) => host.run(stop).await,
        Err(error) => Err(error),
    };
    database.close().await?;
    ended
}

/// Most systems let a process have a thousand files open unless it asks for more; each connection is one.
fn allow_many_connections() {
    let limit = getrlimit(Resource::Nofile);
    let all = Rlimit { current: limit.maximum, ..limit };
    if limit.current != limit.maximum
        && let Err(error) = setrlimit(Resource::Nofile, all)
    {
        tracing::debug!(%error, "no more files may be open at once than usual");
    }
}

/// The name under which people come, with the port if there is one.
fn authority_of(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or(host.to_owned(), |port| format!("{host}:{port}"))
}

/// The bot on an open database.
async fn hosted(config: &Config, db: &DatabaseConnection, clock: Arc<dyn Clock>) -> anyhow::Result<Host<Exodus>> {
    let locales = Arc::new(config.own.locales()?);
    let group_commands = &GROUP_COMMANDS;
    let around = Surroundings { db: db.clone(), clock: clock.clone(), locales: locales.clone(), group_commands };
    let messengers = config.messengers.made(&around).await?;
    let settings = Arc::new(Settings {
        rules: config.own.rules(),
        ways_in: WaysIn::of(messengers.clone()),
        support_contact: config.own.support_contact.clone(),
        locales: locales.clone(),
        reading: Reading::of(&locales),
    });
    let exodus = Exodus::with(settings.clone())
        .registering(config.own.registration.0)
        .administered_by(config.own.admin.administrators());
    let host = Host::on(Arc::new(exodus), locales, db.clone())
        .by(clock, Arc::new(OsChance))
        .calendar(Months::new(config.own.rules()))
        .in_zone(config.own.time_zone.clone())
        .answering_at(config.http.as_ref().map(|http| http.listen))
        .wary();
    // Programs come under the same address as browsers, or not at all.
    let public_url = config.http.as_ref().and_then(|http| http.public_url.as_ref());
    let host = match public_url {
        Some(url) => {
            let name = authority_of(&url.0);
            let (administrators, is_secure) = (config.own.admin.administrators(), url.0.scheme() == "https");
            let site = move |moments, stop| api::routes(Api::new(moments, settings, administrators, (is_secure, stop)));
            host.with_site(|moments, stop| Site { host: name, routes: site(moments, stop) })
        }
        None => host,
    };
    Ok(messengers.into_iter().fold(host, Host::through))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_a_messenger_it_says_what_to_do() {
        let config = Config::read("exodus.toml", "", []).unwrap();
        let refused = until(config, CancellationToken::new()).await.unwrap_err().to_string();
        assert!(refused.starts_with("no messenger is configured: write the token"), "{refused}");
    }
}
