//! Who asks: known by what their browser shows.

use axum::http::HeaderMap;

use super::Reception;
use super::cookies::Cookie;
use super::forms::token_of;
use crate::store::web::Browser;

/// Somebody who is signed in.
pub(super) struct Visitor {
    /// What their browser shows.
    pub secret: String,
    /// Who they are.
    pub browser: Browser,
}

/// What is found of whoever asks.
pub(super) enum Found {
    Visitor(Visitor),
    Nobody,
    /// The database does not say it.
    Away,
}

impl Visitor {
    /// What their forms carry.
    pub fn token(&self) -> String {
        token_of(&self.secret)
    }
}

impl Reception {
    /// Whoever asks.
    pub(super) async fn visitor(&self, headers: &HeaderMap) -> Found {
        let Some(secret) = Cookie::Session.shown(headers, self.is_secure()) else { return Found::Nobody };
        match self.around.memory.known(&secret, self.around.clock.now()).await {
            Ok(Some(browser)) => Found::Visitor(Visitor { secret, browser }),
            Ok(None) => Found::Nobody,
            Err(error) => {
                tracing::debug!(%error, "the database does not say who asks for a page");
                Found::Away
            }
        }
    }
}
