//! Browsers in which people are signed in, and the links by which they sign in.

pub mod browser;
pub mod link;
mod state;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use sha2::{Digest, Sha256};

pub use browser::{Browser, BrowserId};
pub use state::State;

use super::account::WAITS_TO_BE_ASKED;

/// What the accounts of this messenger carry.
pub const MESSENGER: &str = WAITS_TO_BE_ASKED;

/// What is kept of a secret: who knows it gets the same, and nobody gets the secret back.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the adapter remembers of browsers, in the bot's database.
#[derive(Clone, Debug)]
pub struct Memory {
    db: DatabaseConnection,
}

impl Memory {
    /// What is remembered in this database.
    pub fn new(db: DatabaseConnection) -> Memory {
        Memory { db }
    }

    /// The browser that shows this secret, if somebody is signed in there. It was seen now.
    pub async fn known(&self, secret: &str, now: DateTime<Utc>) -> Result<Option<Browser>, DbErr> {
        let Some(browser) = browser::find(&self.db, &digest(secret), now).await? else { return Ok(None) };
        if browser.seen_at < now - browser::SEEN_TO {
            browser::seen(&self.db, browser.id, now).await?;
        }
        Ok(Some(browser))
    }

    /// Nobody is signed in any more in the browser that shows this secret.
    pub async fn sign_out(&self, secret: &str) -> Result<(), DbErr> {
        browser::sign_out(&self.db, &digest(secret)).await
    }

    /// The page of notices was looked at in this browser.
    pub async fn read(&self, browser: BrowserId, now: DateTime<Utc>) -> Result<(), DbErr> {
        browser::read(&self.db, browser, now).await
    }

    /// How things stand for whoever looks from this browser, in this tab.
    pub async fn state(&self, browser: &Browser, tab: &str) -> Result<State, DbErr> {
        state::of(&self.db, browser, tab).await
    }

    /// To whom something was sent since then, by the addresses of their browsers.
    pub async fn told_since(&self, time: DateTime<Utc>) -> Result<Vec<String>, DbErr> {
        state::told_since(&self.db, time).await
    }

    /// Whether whoever is signed in in this browser has no chat, and no other browser: nobody could sign in as them any more.
    pub async fn is_last_way_in(&self, browser: &Browser) -> Result<bool, DbErr> {
        browser::is_last_way_in(&self.db, browser).await
    }
}
