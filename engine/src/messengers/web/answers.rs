//! What is answered to a request: a page, or the way to one, and how a browser is to take it.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, RETRY_AFTER, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;

use super::Reception;
use super::html::{Frame, document};
use crate::locale::Msg;
use crate::msg;

/// Nothing but what we serve ourselves, no script and no style in a page, and nobody puts a page of ours into theirs.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// How a browser is to take all that we answer.
const SEALS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // Where they go on to does not learn from where they came: there may be a secret in the address.
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// An answer as it leaves: nothing of it is kept by anybody on the way, unless it says so itself.
pub(super) async fn sealed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SEALS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A page.
pub(super) fn page(status: StatusCode, page: Markup) -> Response {
    let mut response = (status, Body::from(page.into_string())).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// The way to another page, which is asked for and not sent to.
pub(super) fn to(place: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}

/// The same answer, with which the browser keeps or forgets something.
pub(super) fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

impl Reception {
    /// A page that says what is wrong and what can be done.
    pub(super) fn wrong(&self, status: StatusCode, lang: &str, says: &Msg) -> Response {
        let (title, says) = (self.words(lang, &msg!("web-wrong-title")), self.words(lang, says));
        let back = self.words(lang, &msg!("web-wrong-on"));
        let mut response = page(
            status,
            document(
                &Frame::still(lang, &title),
                maud::html! {
                    h1 { (title) }
                    p { (says) }
                    p { a class="way" href="/" { (back) } }
                },
            ),
        );
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
        }
        response
    }

    /// There is nothing here.
    pub(super) fn nothing(&self, lang: &str) -> Response {
        self.wrong(StatusCode::NOT_FOUND, lang, &msg!("web-wrong-nothing"))
    }

    /// Something is here, and takes nothing that is sent. What it does take stands beside.
    pub(super) fn no_such_method(&self, lang: &str) -> Response {
        self.wrong(StatusCode::METHOD_NOT_ALLOWED, lang, &msg!("web-wrong-method"))
    }

    /// The database is away, or nobody listens yet.
    pub(super) fn away(&self, lang: &str) -> Response {
        self.wrong(StatusCode::SERVICE_UNAVAILABLE, lang, &msg!("web-wrong-away"))
    }

    /// They ask too often.
    pub(super) fn too_often(&self, lang: &str) -> Response {
        self.wrong(StatusCode::TOO_MANY_REQUESTS, lang, &msg!("web-wrong-too-often"))
    }

    /// What came is no form of ours.
    pub(super) fn no_form(&self, status: StatusCode, lang: &str) -> Response {
        let says = match status {
            StatusCode::PAYLOAD_TOO_LARGE => msg!("web-wrong-too-large"),
            _ => msg!("web-wrong-form"),
        };
        self.wrong(status, lang, &says)
    }
}
