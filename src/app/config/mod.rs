//! The configuration: `exodus.toml` (or another file), and over it the environment: `EXODUS_<SECTION>_<KEY>`,
//! `EXODUS_<SECTION>_<KEY>_FILE` and the credentials of systemd.
//!
//! To add a key: a field with a doc comment in its section, and a line in `exodus.example.toml`; a test compares them.

mod admin;
mod database_url;
mod environment;
mod fault;
mod http;
mod matrix;
mod pods;
mod proxy;
mod reading;
mod secret;
mod telegram;
mod value;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use url::Url;

pub use admin::{AdminAccount, AdminSection};
pub use database_url::DatabaseUrl;
pub use fault::ConfigError;
pub use http::HttpSection;
pub use matrix::{MatrixSection, MatrixUser};
pub use proxy::ProxyUrl;
pub use secret::{BotToken, Secret, WebhookSecret};
pub use telegram::TelegramSection;
pub use value::{Amount, Connections, Currency, HttpUrl, Rate};

use crate::aid::Rules;
use crate::store;
use environment::Environment;
use exodus_engine::hours::Zone;
use exodus_engine::locale::{self, Locales};
use reading::Discord;
use value::{maybe, one};

/// Where the configuration is when nobody says otherwise.
pub const FILE: &str = "exodus.toml";

/// All that a community decides about its bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where everything is kept: a SQLite file, or PostgreSQL.
    #[serde(default, deserialize_with = "one")]
    pub database_url: DatabaseUrl,
    /// How many connections to PostgreSQL this process may hold.
    #[serde(default = "ten", deserialize_with = "one")]
    pub database_connections: Connections,
    /// Where months and days begin at midnight, as an IANA name.
    #[serde(default = "utc", deserialize_with = "one")]
    pub time_zone: Zone,
    /// The one unit of account.
    #[serde(default = "euro", deserialize_with = "one")]
    pub currency: Currency,
    /// The largest sum that may be typed, in units of the currency.
    #[serde(default = "a_million", deserialize_with = "one")]
    pub max_amount: Amount,
    /// The conditional sum of a mutual guarantee, in units of the currency.
    #[serde(default = "a_hundred", deserialize_with = "one")]
    pub guarantee_amount: Amount,
    /// The language for those whose own is not known: a folder of `locales/`.
    #[serde(default = "english", deserialize_with = "one")]
    pub default_language: String,
    /// Where people write to when something is wrong.
    #[serde(default, deserialize_with = "maybe")]
    pub support_contact: Option<Url>,
    /// The bot's account in Telegram.
    pub telegram: Option<TelegramSection>,
    /// The bot's account in Matrix.
    pub matrix: Option<MatrixSection>,
    /// Who administers the community.
    #[serde(default)]
    pub admin: AdminSection,
    /// What other programs ask over HTTP.
    pub http: Option<HttpSection>,
    /// Other currencies that sums can be shown in: how much of each one unit of `currency` is.
    #[serde(default)]
    pub display_rates: BTreeMap<Currency, Rate>,
}

fn ten() -> Connections {
    Connections(store::CONNECTIONS)
}

fn utc() -> Zone {
    Zone::UTC
}

fn euro() -> Currency {
    Currency("EUR".into())
}

fn a_million() -> Amount {
    Amount::whole(1_000_000)
}

fn a_hundred() -> Amount {
    Amount::whole(100)
}

fn english() -> String {
    "en".into()
}

impl Config {
    /// Reads the file, and the environment over it. Without a `file`, `exodus.toml` is read if there is one.
    ///
    /// # Errors
    /// Every line says what to mend.
    pub fn load(file: Option<&Path>) -> Result<Config, ConfigError> {
        let path = file.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ConfigError(vec![format!("{} can't be read: {error}", path.display())])),
            Ok(text) => text,
        };
        let variables = std::env::vars_os()
            .map(|(name, text)| (name.to_string_lossy().into_owned(), text.to_string_lossy().into_owned()));
        Config::read(&path.display().to_string(), &text, variables)
    }

    /// Reads the text of a file that is called `file`, and these environment variables over it.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn read(
        file: &str,
        text: &str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, ConfigError> {
        reading::read(file, text, &Environment::read(variables))
    }

    /// The rules that the community has agreed on.
    pub fn rules(&self) -> Rules {
        // What does not fit the currency was refused when the configuration was read.
        let sum = |amount: Amount| amount.in_minor(locale::decimals_of(&self.currency.0)).unwrap_or_default();
        let (max_amount, guarantee_amount) = (sum(self.max_amount), sum(self.guarantee_amount));
        Rules { zone: self.time_zone.clone(), max_amount, guarantee_amount }
    }

    /// All languages, as this community writes sums in them.
    ///
    /// # Errors
    /// The texts are broken, or `default_language` is none of them.
    pub fn locales(&self) -> Result<Locales, locale::LocaleError> {
        let format = locale::Format { currency: self.currency.0.clone() };
        crate::texts::locales(format)?.with_default_language(&self.default_language)
    }

    /// What is wrong with values that can be read, each for itself, but not together.
    fn discords(&self) -> Vec<Discord> {
        let mut discords = Vec::new();
        if self.guarantee_amount > self.max_amount {
            let (found, most) = (self.guarantee_amount, self.max_amount);
            let line = format!("guarantee_amount: found {found}, expected at most max_amount, which is {most}");
            discords.push(Discord(&["guarantee_amount", "max_amount"], line));
        }
        let decimals = locale::decimals_of(&self.currency.0);
        let sums: [(&'static [&'static str], _); 2] =
            [(&["max_amount"], self.max_amount), (&["guarantee_amount"], self.guarantee_amount)];
        for (keys, amount) in sums.into_iter().filter(|(_, amount)| amount.in_minor(decimals).is_none()) {
            let line = format!("{}: found {amount}, but {} has {decimals} decimals", keys[0], self.currency.0);
            discords.push(Discord(keys, line));
        }
        if let Err(error) = crate::texts::knows(&self.default_language) {
            discords.push(Discord(&["default_language"], format!("default_language: {error}")));
        }
        discords.extend(self.telegram.iter().flat_map(TelegramSection::discords));
        discords.extend(self.matrix.iter().filter_map(MatrixSection::discord));
        discords
    }
}

#[cfg(test)]
mod outside_tests;
#[cfg(test)]
mod tests;
