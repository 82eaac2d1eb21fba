//! Bots that have no keys of their own.

use std::sync::Arc;

use serde::Deserialize;

use super::{Configuration, Host, Keys, SystemClock, logs};
use crate::conversation::Bot;
use crate::locale::{Format, Locales};
use crate::messengers::Surroundings;
use crate::messengers::terminal::Terminal;

/// A bot without keys of its own. All else in its file, and all else that begins with its prefix, is misspelt.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bare {}

impl Keys for Bare {
    const PROGRAM: &'static str = "bot";
    const PREFIX: &'static str = "BOT";
}

impl<B: Bot> Host<B> {
    /// A bot with these words (a language's code, and its Fluent messages; English, or else the first, for whoever speaks none of them), in the terminal, and as
    /// `<name>.toml` and the environment say:
    ///
    /// - its database is `BOT_DATABASE_URL`, or else `<name>.db`;
    /// - in Telegram, with `BOT_TELEGRAM_TOKEN`;
    /// - in Matrix, with `BOT_MATRIX_HOMESERVER_URL`, `BOT_MATRIX_USER` and `BOT_MATRIX_PASSWORD`; the device is kept in
    ///   `BOT_MATRIX_STORE_DIR`, or else in `matrix-store`;
    /// - it answers `/health`, `/ready` and `/metrics` at `BOT_HTTP_LISTEN`.
    ///
    /// What goes wrong is written to standard error ([`logs`]).
    ///
    /// # Errors
    /// A key is missing or can't be understood, the messenger is not part of this program, or the database can't be opened.
    pub async fn of_the_environment(bot: B, words: &[(&str, &str)], name: &str) -> anyhow::Result<Host<B>> {
        logs::start(logs::RUNNING)?;
        let configuration = Configuration::<Bare>::load_for(name, None)?;
        let locales = Locales::from_texts(words, Format::default())?;
        let host = Host::open(bot, locales, configuration.database.url.reveal()).await?;
        let (db, clock, locales) = (host.db.clone(), host.clock.clone(), host.locales.clone());
        let around = Surroundings { db, clock, locales, group_commands: host.bot.group_commands() };
        let messengers = configuration.messengers.made(&around).await?;
        // What is typed after a restart has other numbers than what was typed before.
        let host = host.through(Arc::new(Terminal::counting_from(SystemClock::start_number())));
        let host = host.answering_at(configuration.http.map(|http| http.listen));
        Ok(messengers.into_iter().fold(host, Host::through))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_is_misspelt_is_named() {
        let read = |text: &str| Configuration::<Bare>::read("greeter.toml", text, []);
        assert!(read("[http]\nlisten = \"127.0.0.1:8080\"\n").is_ok());
        let refused = read("[telegrm]\ntoken = \"42:abc\"\n").unwrap_err().to_string();
        assert!(refused.contains("telegrm") && !refused.contains("42:abc"), "{refused}");
    }
}
