//! A request, as far as it is the same for all: by which token, in which language, by which name.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use axum::http::request::Parts;

use super::call::Api;

/// What is longer is no token of ours, nor a name of a request.
const LONGEST: usize = 128;

/// What a request carries beside what it asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The token that was shown.
    pub token: Option<String>,
    /// What it is called by whoever asks, so that it is done once.
    pub name: Option<String>,
    /// The way it came, as the nearest proxy says.
    pub from: Option<String>,
    /// What was asked for: the method and the path.
    pub what: String,
    /// What stands behind the path.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Infallible> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let token = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token =
            token.and_then(|shown| shown.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
        let token = token.map(|(_, token)| token.trim()).filter(|token| token.len() <= LONGEST);
        // What stands in front of us adds the address that it was asked from at the end; what is before that, anybody can write.
        let from = parts.headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
        let from = from.and_then(|told| told.rsplit(',').next()).map(str::trim).filter(|from| !from.is_empty());
        let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        Ok(Asked {
            token: token.map(str::to_owned),
            name: header("idempotency-key").filter(|name| !name.is_empty()).map(str::to_owned),
            from: from.map(|from| from.chars().take(64).collect()),
            what: format!("{} {}", parts.method, parts.uri.path()),
            query: query.into_owned().collect(),
            headers: parts.headers.clone(),
        })
    }
}

impl Asked {
    /// The value of this in the query.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a name can be kept.
    pub fn has_good_name(&self) -> bool {
        self.name.as_ref().is_none_or(|name| name.len() <= LONGEST)
    }
}

/// In which language somebody is answered of whom nothing else is known: as they ask.
pub fn lang_of(api: &Api, headers: &HeaderMap) -> String {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|asked| asked.to_str().ok()).unwrap_or_default();
    let tags = asked.split(',').take(10).filter_map(|one| one.split(';').next()).map(str::trim);
    let locales = &api.settings.locales;
    let found = tags.filter(|tag| !tag.is_empty()).find_map(|tag| locales.negotiate(Some(tag)));
    found.unwrap_or(locales.default_language()).to_owned()
}
