//! What a browser sends when somebody presses a button.

use std::collections::HashMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use url::form_urlencoded;

use crate::messengers::doors::is_same;
use crate::store::web::digest;

/// The largest form, in bytes: 4096 signs take up to six times as many, or nine.
const LARGEST: usize = 64 * 1024;

/// How long it may take to come, once its head has.
const PATIENCE: Duration = Duration::from_secs(15);

/// The fields of a form.
#[derive(Debug)]
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// Reads it.
    ///
    /// # Errors
    /// It is none, too large, or too slow.
    pub async fn read(headers: &HeaderMap, body: Body) -> Result<Form, StatusCode> {
        let is_form = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !is_form.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        let body = match tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST)).await {
            Ok(Ok(body)) => body,
            Ok(Err(_)) => return Err(StatusCode::PAYLOAD_TOO_LARGE),
            Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
        };
        let fields = form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.replace('\0', "")));
        Ok(Form(fields.collect()))
    }

    /// What stands in this field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether it came from a page of ours in the browser that shows this secret.
    pub fn is_from(&self, secret: &str, headers: &HeaderMap) -> bool {
        // Older browsers don't say it; the token does.
        let elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
        !elsewhere && self.field("token").is_some_and(|token| is_same(token.as_bytes(), token_of(secret).as_bytes()))
    }
}

/// What the forms carry that are made for the browser which shows this secret. It tells nothing of the secret.
pub(super) fn token_of(secret: &str) -> String {
    digest(&format!("form {secret}"))
}

/// Something that never comes again.
pub(super) fn drawn() -> String {
    let mut bytes = [0; 12];
    // Without it, a form that is sent twice is taken twice.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    async fn read(kind: &'static str, body: String) -> Result<Form, StatusCode> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]);
        Form::read(&headers, Body::from(body)).await
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn a_form_is_read_and_nothing_else_is() {
        let form = read(FORM, "a=%D0%AF+%26&b=&c=x%00y".to_owned()).await.unwrap();
        assert_eq!((form.field("a"), form.field("b"), form.field("c")), (Some("Я &"), Some(""), Some("xy")));
        assert_eq!(read("text/plain", "a=b".to_owned()).await.unwrap_err(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(read(FORM, "x".repeat(LARGEST + 1)).await.unwrap_err(), StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn it_counts_from_our_own_page_in_the_same_browser_alone() {
        let form = read(FORM, format!("token={}", token_of("secret"))).await.unwrap();
        let from =
            |site: &'static str| HeaderMap::from_iter([("sec-fetch-site".parse().unwrap(), site.parse().unwrap())]);
        assert!(form.is_from("secret", &HeaderMap::new()) && form.is_from("secret", &from("same-origin")));
        assert!(!form.is_from("other", &HeaderMap::new()));
        assert!(!form.is_from("secret", &from("cross-site")));
        assert!(!read(FORM, String::new()).await.unwrap().is_from("secret", &HeaderMap::new()));
    }
}
