//! Small bots: a few screens and their words, in a database that is gone when the program ends.
//!
//! This is what is left of `exodus run` when there is nothing to configure; `examples/` are such bots.

use std::sync::Arc;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use super::clock::SystemClock;
use crate::conversation::{Bot, Desk, Engine, Fault, Messenger, Route, Screens, Turn};
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
    /// than Telegram's is `BOT_TELEGRAM_API_URL`), and in the terminal when it has none.
    ///
    /// # Errors
    /// The words can't be read, or the messenger refuses us.
    pub async fn run(self) -> anyhow::Result<()> {
        let messenger = messenger().await?;
        messenger.listen(&self.desk(messenger.clone()).await?, CancellationToken::new()).await
    }

    /// The same for one messenger, which is listened to by whoever asked.
    ///
    /// # Errors
    /// The words or the tables can't be read.
    pub async fn desk(self, messenger: Arc<dyn Messenger>) -> anyhow::Result<Desk<Small>> {
        let db = store::connect("sqlite::memory:").await?;
        store::migrate(&db).await?;
        store::make_tables(&db, self.tables).await?;
        let locales = Locales::from_texts(self.words, Format { currency: "EUR".into() })?;
        Ok(Desk::new(Arc::new(Engine::new(Arc::new(self), db, Arc::new(locales), Arc::new(SystemClock))), messenger))
    }
}

async fn messenger() -> anyhow::Result<Arc<dyn Messenger>> {
    #[cfg(feature = "telegram")]
    if let Ok(token) = std::env::var("BOT_TELEGRAM_TOKEN") {
        use crate::messengers::telegram::{Settings, Telegram};
        let api_url = std::env::var("BOT_TELEGRAM_API_URL").ok().map(|url| url.parse()).transpose()?;
        return Ok(Arc::new(Telegram::connect(Settings { api_url, ..Settings::new(token) }).await?));
    }
    Ok(Arc::new(Terminal::new()))
}
