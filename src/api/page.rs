//! What there is to ask, for programs, and for people a page to try it: all of it from the program itself.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

const PAGE: &str = include_str!("try.html");
const SCRIPT: &str = include_str!("try.js");
const STYLE: &str = include_str!("try.css");

/// A new release is seen within the hour.
const KEPT: &str = "public, max-age=3600";

pub async fn page() -> Response {
    file("text/html; charset=utf-8", PAGE.to_owned())
}

pub async fn script() -> Response {
    file("text/javascript; charset=utf-8", SCRIPT.to_owned())
}

pub async fn style() -> Response {
    file("text/css; charset=utf-8", STYLE.to_owned())
}

pub async fn description() -> Response {
    file("application/json", super::description())
}

fn file(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, KEPT)], text).into_response()
}
