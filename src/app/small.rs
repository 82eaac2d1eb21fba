//! Small bots: a few screens and their words, in a database that is gone when the program ends.
//!
//! This is what is left of `exodus run` when there is nothing to configure; `examples/` are such bots.

use std::sync::Arc;

#[cfg(feature = "matrix")]
use anyhow::Context;
use async_trait::async_trait;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use super::clock::SystemClock;
use crate::conversation::{Bot, Desk, Engine, Fault, Messenger, OsChance, Route, Screens, Turn};
use crate::locale::{Format, Locales};
use crate::messengers::terminal::Terminal;
use crate::store;

/// A bot that is nothing but its screens: whoever comes may see them all.
pub struct Small {
    pub screens: Screens<()>,
    /// The screen that everybody begins with.
    pub home: &'static str,
    /// The words of the screens, for each language: its code and its Fluent messages.
    pub words: &'static [(&'static str, &'static str)],
    /// Tables of its own, as SQL; may be empty.
    pub tables: &'static str,
}

#[async_trait]
impl Bot for Small {
    type World = ();

    async fn arrive(&self, _: &Turn<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn screens(&self) -> &Screens<()> {
        &self.screens
    }

    fn home(&self) -> Route {
        Route::new(self.home)
    }
}

impl Small {
    /// Runs it in Telegram when the environment has a token for it (`BOT_TELEGRAM_TOKEN`; another Bot API server
    /// than Telegram's is `BOT_TELEGRAM_API_URL`), in Matrix when it has an account (`BOT_MATRIX_HOMESERVER_URL`,
    /// `BOT_MATRIX_USER`, `BOT_MATRIX_PASSWORD`; the device is kept in `BOT_MATRIX_STORE_DIR`, or else in
    /// `bot-matrix-store`), and in the terminal when it has neither.
    ///
    /// # Errors
    /// The words can't be read, or the messenger refuses us.
    pub async fn run(self) -> anyhow::Result<()> {
        let (db, locales) = self.made().await?;
        let messenger = messenger(&db, &locales).await?;
        messenger.listen(&self.on(messenger.clone(), db, locales), CancellationToken::new()).await
    }

    /// The same for one messenger, which is listened to by whoever asked.
    ///
    /// # Errors
    /// The words or the tables can't be read.
    pub async fn desk(self, messenger: Arc<dyn Messenger>) -> anyhow::Result<Desk<Small>> {
        let (db, locales) = self.made().await?;
        Ok(self.on(messenger, db, locales))
    }

    async fn made(&self) -> anyhow::Result<(DatabaseConnection, Arc<Locales>)> {
        let db = store::connect("sqlite::memory:").await?;
        store::migrate(&db).await?;
        store::make_tables(&db, self.tables).await?;
        let locales = Locales::from_texts(self.words, Format { currency: "EUR".into() })?;
        Ok((db, Arc::new(locales)))
    }

    fn on(self, messenger: Arc<dyn Messenger>, db: DatabaseConnection, locales: Arc<Locales>) -> Desk<Small> {
        let engine = Engine::new(Arc::new(self), db, locales, Arc::new(SystemClock), Arc::new(OsChance));
        Desk::new(Arc::new(engine), messenger)
    }
}

#[cfg_attr(not(feature = "matrix"), expect(unused_variables, reason = "Matrix alone keeps something of its wire"))]
async fn messenger(db: &DatabaseConnection, locales: &Locales) -> anyhow::Result<Arc<dyn Messenger>> {
    #[cfg(feature = "telegram")]
    if let Ok(token) = std::env::var("BOT_TELEGRAM_TOKEN") {
        use crate::messengers::telegram::{Settings, Telegram};
        let api_url = std::env::var("BOT_TELEGRAM_API_URL").ok().map(|url| url.parse()).transpose()?;
        return Ok(Arc::new(Telegram::connect(Settings { api_url, ..Settings::new(token) }).await?));
    }
    #[cfg(feature = "matrix")]
    if let Ok(homeserver_url) = std::env::var("BOT_MATRIX_HOMESERVER_URL") {
        use crate::messengers::matrix::{Credentials, Matrix, Settings};
        let settings = Settings {
            homeserver_url: homeserver_url.parse()?,
            proxy: None,
            user: std::env::var("BOT_MATRIX_USER").context("BOT_MATRIX_USER is missing: the bot's user id")?,
            credentials: Credentials::Password(
                std::env::var("BOT_MATRIX_PASSWORD").context("BOT_MATRIX_PASSWORD is missing")?,
            ),
            store_dir: std::env::var("BOT_MATRIX_STORE_DIR").unwrap_or_else(|_| "bot-matrix-store".into()).into(),
            store_passphrase: None,
            recovery_passphrase: None,
            reactions: false,
            hints: super::hints::hints(locales),
        };
        let memory = store::matrix::Memory::new(db.clone());
        return Ok(Arc::new(Matrix::new(settings, memory, Arc::new(SystemClock))));
    }
    Ok(Arc::new(Terminal::new()))
}
