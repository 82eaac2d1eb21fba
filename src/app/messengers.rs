//! Which messengers are configured, and which of them this program has.

use std::sync::Arc;
#[cfg(feature = "telegram")]
use std::time::Duration;

use sea_orm::DatabaseConnection;

#[cfg(feature = "matrix")]
use super::config::Secret;
use super::config::{Config, MatrixSection, TelegramSection};
#[cfg(feature = "telegram")]
use crate::store;
#[cfg(feature = "matrix")]
use crate::store::matrix::Memory;
use exodus_engine::conversation::{Clock, Messenger};
#[cfg(feature = "matrix")]
use exodus_engine::messengers::matrix;
#[cfg(feature = "telegram")]
use exodus_engine::messengers::telegram;

/// Every messenger that is configured. They sign in when they are listened to, because any of them may be down for longer.
/// Telegram is given a moment before that, so that its invites have a link from the first.
///
/// # Errors
/// None is, or one can't be made of what is configured.
pub(super) async fn made(
    config: &Config,
    db: &DatabaseConnection,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Vec<Arc<dyn Messenger>>> {
    let mut messengers: Vec<Arc<dyn Messenger>> = Vec::new();
    if let Some(section) = &config.telegram {
        messengers.push(make_telegram(section, config, db).await?);
    }
    if let Some(section) = &config.matrix {
        messengers.push(make_matrix(section, config, db, clock)?);
    }
    if messengers.is_empty() {
        anyhow::bail!("{NONE}");
    }
    Ok(messengers)
}

/// How long a start waits for Telegram to say who we are there.
#[cfg(feature = "telegram")]
const A_MOMENT: Duration = Duration::from_secs(3);

/// What to do when nobody could reach the bot.
pub(super) const NONE: &str = "no messenger is configured: write the token of a Telegram bot as `token` under \
     [telegram] in exodus.toml, or a Matrix account under [matrix] (to try it first: `exodus demo` needs no configuration)";

/// What is configured and not part of this program: one line each.
pub(super) fn missing_parts(config: &Config) -> Vec<String> {
    let not_yet = [("admin", !config.admin.accounts.is_empty()), ("display_rates", !config.display_rates.is_empty())];
    let not_yet = not_yet.into_iter().filter(|(_, configured)| *configured);
    let mut missing: Vec<String> =
        not_yet.map(|(key, _)| format!("{key}: this version can't do that yet; remove it")).collect();
    if config.telegram.is_some() && cfg!(not(feature = "telegram")) {
        missing.push("telegram: this program was built without it; build with `--features telegram`".into());
    }
    if config.matrix.is_some() && cfg!(not(feature = "matrix")) {
        missing.push("matrix: this program was built without it; build with `--features matrix`".into());
    }
    missing
}

#[cfg(feature = "telegram")]
async fn make_telegram(
    section: &TelegramSection,
    config: &Config,
    db: &DatabaseConnection,
) -> anyhow::Result<Arc<dyn Messenger>> {
    let commands = telegram::offered(&config.locales()?);
    let settings = telegram::Settings { commands, ..telegram_settings(section) };
    let telegram = telegram::Telegram::new(settings)?.remembering(store::telegram::Memory::new(db.clone()));
    telegram.recall().await;
    let telegram = Arc::new(telegram);
    // In a task of its own, so that nothing that it has begun in the database is cut off.
    let trying = tokio::spawn({
        let telegram = telegram.clone();
        async move { telegram.try_to_sign_in().await }
    });
    let _ = tokio::time::timeout(A_MOMENT, trying).await;
    Ok(telegram)
}

#[cfg(not(feature = "telegram"))]
async fn make_telegram(
    _: &TelegramSection,
    config: &Config,
    _: &DatabaseConnection,
) -> anyhow::Result<Arc<dyn Messenger>> {
    anyhow::bail!(missing_parts(config).join("\n"))
}

#[cfg(feature = "matrix")]
fn make_matrix(
    section: &MatrixSection,
    config: &Config,
    db: &DatabaseConnection,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Arc<dyn Messenger>> {
    let settings = matrix::Settings { hints: matrix::hints(&config.locales()?), ..matrix_settings(section) };
    Ok(Arc::new(matrix::Matrix::new(settings, Memory::new(db.clone()), clock.clone())))
}

#[cfg(not(feature = "matrix"))]
fn make_matrix(
    _: &MatrixSection,
    config: &Config,
    _: &DatabaseConnection,
    _: &Arc<dyn Clock>,
) -> anyhow::Result<Arc<dyn Messenger>> {
    anyhow::bail!(missing_parts(config).join("\n"))
}

/// Asks each configured messenger whether it takes us, and lets us do what we need: for each, one line that says what
/// was found, or what to mend.
pub(super) async fn check(config: &Config) -> Vec<(&'static str, Result<String, String>)> {
    let mut found = Vec::new();
    if let Some(section) = &config.telegram {
        found.extend(check_telegram(section).await.into_iter().map(|line| ("telegram", line)));
    }
    if let Some(section) = &config.matrix {
        found.extend(check_matrix(section).await.into_iter().map(|line| ("matrix", line)));
    }
    found
}

#[cfg(feature = "telegram")]
async fn check_telegram(section: &TelegramSection) -> Vec<Result<String, String>> {
    telegram::check(telegram_settings(section)).await
}

#[cfg(not(feature = "telegram"))]
async fn check_telegram(_: &TelegramSection) -> Vec<Result<String, String>> {
    Vec::new()
}

#[cfg(feature = "matrix")]
async fn check_matrix(section: &MatrixSection) -> Vec<Result<String, String>> {
    matrix::check(matrix_settings(section)).await
}

#[cfg(not(feature = "matrix"))]
async fn check_matrix(_: &MatrixSection) -> Vec<Result<String, String>> {
    Vec::new()
}

#[cfg(feature = "matrix")]
fn matrix_settings(section: &MatrixSection) -> matrix::Settings {
    let revealed = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.reveal().to_owned());
    let credentials = match (revealed(&section.access_token), &section.device_id) {
        (Some(access_token), Some(device_id)) => {
            matrix::Credentials::Token { access_token, device_id: device_id.clone() }
        }
        _ => matrix::Credentials::Password(revealed(&section.password).unwrap_or_default()),
    };
    matrix::Settings {
        homeserver_url: section.homeserver_url.0.clone(),
        proxy: section.proxy.as_ref().map(|proxy| proxy.reveal().clone()),
        user: section.user.0.clone(),
        credentials,
        store_dir: section.store_dir.clone(),
        store_passphrase: revealed(&section.store_passphrase),
        recovery_passphrase: revealed(&section.recovery_passphrase),
        reactions: section.reactions,
        hints: matrix::Hints::default(),
    }
}

#[cfg(feature = "telegram")]
fn telegram_settings(section: &TelegramSection) -> telegram::Settings {
    let webhook = match (&section.webhook_url, section.webhook_listen, &section.webhook_secret) {
        (Some(url), Some(listen), Some(secret)) => {
            Some(telegram::Webhook { url: url.0.clone(), listen, secret: secret.0.reveal().to_owned() })
        }
        _ => None,
    };
    telegram::Settings {
        api_url: section.api_url.as_ref().map(|url| url.0.clone()),
        proxy: section.proxy.as_ref().map(|proxy| proxy.reveal().clone()),
        webhook,
        ..telegram::Settings::new(section.token.0.reveal().to_owned())
    }
}
