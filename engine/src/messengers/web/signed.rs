//! Who asks: known by what their browser shows.

use axum::http::HeaderMap;

use super::Reception;
use super::cookies::Cookie;
use super::forms::token_of;
use super::limits::Who;
use crate::store::web::{Browser, digest};

/// The tab in which somebody begins who is not known yet, who has no other.
pub(super) const FIRST: &str = "first";

/// How long the address is of somebody who is not known yet: so much of a digest can't be guessed.
const ADDRESS: usize = 32;

/// Somebody who is signed in, or has begun to become known here.
pub(super) struct Visitor {
    /// What their browser shows.
    pub secret: String,
    /// Where they are spoken with.
    pub address: String,
    /// In which language.
    pub lang: String,
    /// As whom it is counted how often they ask: who is not known yet is anybody.
    pub who: Who,
    /// Where they are signed in; none of whoever is not known yet.
    pub browser: Option<Browser>,
}

/// What is found of whoever asks.
pub(super) enum Found {
    Visitor(Visitor),
    Nobody,
    /// The database does not say it.
    Away,
}

impl Visitor {
    fn known(secret: String, browser: Browser) -> Visitor {
        let (address, lang) = (browser.address.clone(), browser.lang.clone());
        let who = Who::Known(address.clone());
        Visitor { secret, address, lang, who, browser: Some(browser) }
    }

    /// Somebody who shows this and is not known yet. The address tells nothing of the secret.
    pub fn guest(secret: String, lang: &str, headers: &HeaderMap) -> Visitor {
        let address = digest(&format!("guest {secret}")).chars().take(ADDRESS).collect();
        Visitor { secret, address, lang: lang.to_owned(), who: Who::unknown(headers), browser: None }
    }

    /// What their forms carry.
    pub fn token(&self) -> String {
        token_of(&self.secret)
    }
}

impl Reception {
    /// Whoever asks, in this language if nothing is known of them.
    pub(super) async fn visitor(&self, headers: &HeaderMap, lang: &str) -> Found {
        if let Some(secret) = Cookie::Session.shown(headers, self.is_secure()) {
            match self.around.memory.known(&secret, self.around.clock.now()).await {
                Ok(Some(browser)) => return Found::Visitor(Visitor::known(secret, browser)),
                Ok(None) => {}
                Err(error) => {
                    tracing::debug!(%error, "the database does not say who asks for a page");
                    return Found::Away;
                }
            }
        }
        match Cookie::Guest.shown(headers, self.is_secure()) {
            Some(secret) => Found::Visitor(Visitor::guest(secret, lang, headers)),
            None => Found::Nobody,
        }
    }
}
