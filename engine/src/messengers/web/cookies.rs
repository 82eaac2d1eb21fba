//! What browsers keep for us: a secret by which one is known, and before that others, so that nobody is signed in by somebody
//! else's page, and so that who is not known yet can begin.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    /// The browser is known by it.
    Session,
    /// It was given with the page on which one signs in.
    Visit,
    /// Somebody has begun here who is not known yet.
    Guest,
}

/// How long the browser keeps a session's, in seconds. Whether it still counts, the database says.
const KEPT: u32 = 365 * 24 * 60 * 60;

/// How long it keeps a visit's.
const KEPT_FOR_A_VISIT: u32 = 60 * 60;

/// How long it keeps that of somebody who has begun.
const KEPT_FOR_A_GUEST: u32 = 24 * 60 * 60;

/// What is longer is none of ours.
const LONGEST: usize = 64;

impl Cookie {
    /// By its prefix a browser takes it from this very host alone, encrypted, and for all its pages.
    fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Cookie::Session, true) => "__Host-session",
            (Cookie::Session, false) => "session",
            (Cookie::Visit, true) => "__Host-visit",
            (Cookie::Visit, false) => "visit",
            (Cookie::Guest, true) => "__Host-guest",
            (Cookie::Guest, false) => "guest",
        }
    }

    /// What the browser shows.
    pub fn shown(self, headers: &HeaderMap, is_secure: bool) -> Option<String> {
        let name = self.name(is_secure);
        let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let value = pairs.find(|(known, _)| *known == name)?.1;
        let is_ours = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
        (!value.is_empty() && value.len() <= LONGEST && value.chars().all(is_ours)).then(|| value.to_owned())
    }

    /// Has the browser keep this.
    pub fn kept(self, value: &str, is_secure: bool) -> Option<HeaderValue> {
        let kept = match self {
            Cookie::Session => KEPT,
            Cookie::Visit => KEPT_FOR_A_VISIT,
            Cookie::Guest => KEPT_FOR_A_GUEST,
        };
        self.header(value, kept, is_secure)
    }

    /// Has the browser forget it.
    pub fn forgotten(self, is_secure: bool) -> Option<HeaderValue> {
        self.header("", 0, is_secure)
    }

    fn header(self, value: &str, kept: u32, is_secure: bool) -> Option<HeaderValue> {
        let secure = if is_secure { "; Secure" } else { "" };
        let name = self.name(is_secure);
        // From a chat they come as from another site: with `Strict` nobody would be known then.
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={kept}{secure}");
        HeaderValue::from_str(&cookie).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_gave_is_found_among_others_and_nothing_else_is_taken() {
        let shown = |sent: &'static str| {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(sent))]);
            Cookie::Session.shown(&headers, true)
        };
        assert_eq!(shown("a=b; __Host-session=x-Y_9; c"), Some("x-Y_9".to_owned()));
        for other in
            ["", "session=x", "__Host-session=", "__Host-session=a b", "__Host-session=\"x\"", "__Host-visit=x"]
        {
            assert_eq!(shown(other), None, "{other}");
        }
    }

    #[test]
    fn no_script_and_no_other_site_gets_at_it() {
        let kept = Cookie::Session.kept("x", true).unwrap();
        assert_eq!(kept, "__Host-session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000; Secure");
        assert_eq!(Cookie::Session.forgotten(false).unwrap(), "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
