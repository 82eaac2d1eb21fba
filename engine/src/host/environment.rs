//! Messengers as the environment says: for bots that have no configuration of their own.

use std::env;
use std::sync::Arc;

#[cfg(feature = "matrix")]
use anyhow::Context;

use super::{Host, SystemClock};
use crate::conversation::{Bot, Messenger};
use crate::messengers::terminal::Terminal;

impl<B: Bot> Host<B> {
    /// The same in the terminal, and in each messenger that the environment has an account for:
    ///
    /// - Telegram: `BOT_TELEGRAM_TOKEN`; another Bot API server than Telegram's is `BOT_TELEGRAM_API_URL`;
    /// - Matrix: `BOT_MATRIX_HOMESERVER_URL`, `BOT_MATRIX_USER` and `BOT_MATRIX_PASSWORD`; the device is kept in
    ///   `BOT_MATRIX_STORE_DIR`, or else in `bot-matrix-store`.
    ///
    /// # Errors
    /// A variable is missing or can't be understood, or the messenger is not part of this program.
    pub async fn through_the_environment(mut self) -> anyhow::Result<Host<B>> {
        if let Ok(token) = env::var("BOT_TELEGRAM_TOKEN") {
            let telegram = self.telegram(token).await?;
            self = self.through(telegram);
        }
        if let Ok(homeserver_url) = env::var("BOT_MATRIX_HOMESERVER_URL") {
            let matrix = self.matrix(&homeserver_url)?;
            self = self.through(matrix);
        }
        // What is typed after a restart has other numbers than what was typed before.
        Ok(self.through(Arc::new(Terminal::counting_from(SystemClock::start_number()))))
    }

    #[cfg(feature = "telegram")]
    async fn telegram(&self, token: String) -> anyhow::Result<Arc<dyn Messenger>> {
        use crate::messengers::telegram::{Settings, Telegram, offered};
        use crate::store::telegram::Memory;

        let api_url = env::var("BOT_TELEGRAM_API_URL").ok().map(|url| url.parse()).transpose()?;
        let settings = Settings { api_url, commands: offered(&self.locales), ..Settings::new(token) };
        let telegram = Telegram::new(settings)?.remembering(Memory::new(self.db.clone()));
        telegram.recall().await;
        Ok(Arc::new(telegram))
    }

    #[cfg(not(feature = "telegram"))]
    async fn telegram(&self, _: String) -> anyhow::Result<Arc<dyn Messenger>> {
        anyhow::bail!("BOT_TELEGRAM_TOKEN: this program was built without Telegram; build with `--features telegram`")
    }

    #[cfg(feature = "matrix")]
    fn matrix(&self, homeserver_url: &str) -> anyhow::Result<Arc<dyn Messenger>> {
        use crate::messengers::matrix::{Credentials, Matrix, Settings, hints};
        use crate::store::matrix::Memory;

        let password = env::var("BOT_MATRIX_PASSWORD").context("BOT_MATRIX_PASSWORD is missing")?;
        let settings = Settings {
            homeserver_url: homeserver_url.parse().context("BOT_MATRIX_HOMESERVER_URL")?,
            proxy: None,
            user: env::var("BOT_MATRIX_USER").context("BOT_MATRIX_USER is missing: the bot's user id")?,
            credentials: Credentials::Password(password),
            store_dir: env::var("BOT_MATRIX_STORE_DIR").unwrap_or_else(|_| "bot-matrix-store".into()).into(),
            store_passphrase: None,
            recovery_passphrase: None,
            reactions: false,
            hints: hints(&self.locales),
        };
        Ok(Arc::new(Matrix::new(settings, Memory::new(self.db.clone()), self.clock.clone())))
    }

    #[cfg(not(feature = "matrix"))]
    fn matrix(&self, _: &str) -> anyhow::Result<Arc<dyn Messenger>> {
        anyhow::bail!(
            "BOT_MATRIX_HOMESERVER_URL: this program was built without Matrix; build with `--features matrix`"
        )
    }
}
