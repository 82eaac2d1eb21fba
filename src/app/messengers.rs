//! Which messengers are configured, and which of them this program has.

use std::sync::Arc;

#[cfg(feature = "telegram")]
use super::commands;
use super::config::{Config, TelegramSection};
use crate::conversation::Messenger;
#[cfg(feature = "telegram")]
use crate::messengers::telegram;

/// Signs in to every messenger that is configured.
///
/// # Errors
/// None is, or one refuses us.
pub(super) async fn connect(config: &Config) -> anyhow::Result<Vec<Arc<dyn Messenger>>> {
    let mut messengers: Vec<Arc<dyn Messenger>> = Vec::new();
    if let Some(section) = &config.telegram {
        messengers.push(connect_telegram(section, config).await?);
    }
    if messengers.is_empty() {
        anyhow::bail!("{NONE}");
    }
    Ok(messengers)
}

/// What to do when nobody could reach the bot.
pub(super) const NONE: &str = "no messenger is configured: write the token of a Telegram bot as `token` under \
     [telegram] in exodus.toml, or set EXODUS_TELEGRAM_TOKEN (to look around first: `exodus demo` needs none)";

/// What is configured and not part of this program: one line each.
pub(super) fn missing_parts(config: &Config) -> Vec<String> {
    let not_yet = [
        ("matrix", config.matrix.is_some()),
        ("admin", !config.admin.accounts.is_empty()),
        ("display_rates", !config.display_rates.is_empty()),
    ];
    let not_yet = not_yet.into_iter().filter(|(_, configured)| *configured);
    let mut missing: Vec<String> =
        not_yet.map(|(section, _)| format!("{section}: this version can't do that yet; remove the section")).collect();
    if config.telegram.is_some() && cfg!(not(feature = "telegram")) {
        missing.push("telegram: this program was built without it; build with `--features telegram`".into());
    }
    missing
}

#[cfg(feature = "telegram")]
async fn connect_telegram(section: &TelegramSection, config: &Config) -> anyhow::Result<Arc<dyn Messenger>> {
    let commands = commands::offered(&config.locales()?);
    let settings = telegram::Settings { commands, ..telegram_settings(section) };
    Ok(Arc::new(telegram::Telegram::connect(settings).await?))
}

#[cfg(not(feature = "telegram"))]
async fn connect_telegram(_: &TelegramSection, config: &Config) -> anyhow::Result<Arc<dyn Messenger>> {
    anyhow::bail!(missing_parts(config).join("\n"))
}

/// Asks each configured messenger whether it takes us, and lets us do what we need: for each, one line that says what
/// was found, or what to mend.
pub(super) async fn check(config: &Config) -> Vec<(&'static str, Result<String, String>)> {
    let mut found = Vec::new();
    if let Some(section) = &config.telegram {
        found.extend(check_telegram(section).await.into_iter().map(|line| ("telegram", line)));
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
        webhook,
        ..telegram::Settings::new(section.token.0.reveal().to_owned())
    }
}
