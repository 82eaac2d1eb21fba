//! What is asked for, and who answers it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use url::Url;

use super::{Reception, acting, answers, assets, entering, events, landing, leaving, looking, notices, tongues};

/// All of it.
pub(super) fn routes(desk: Arc<Reception>) -> Router {
    Router::new()
        .route("/", get(looking::begin))
        .route("/w/{tab}", get(looking::open).post(acting::act))
        .route("/w/{tab}/notices", get(notices::notices))
        .route("/w/{tab}/file", get(looking::file))
        .route("/w/{tab}/events", get(events::stream))
        .route("/out", post(leaving::leave))
        .route("/in/{word}", get(entering::door).post(entering::enter))
        .route("/i/{token}", get(landing::landing).post(landing::come_in))
        .route("/style.css", get(assets::style))
        .route("/refresh.js", get(assets::script))
        .route("/robots.txt", get(assets::robots))
        .fallback(nothing)
        .method_not_allowed_fallback(no_such_method)
        .with_state(desk)
        .layer(middleware::map_response(answers::sealed))
}

async fn nothing(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    desk.nothing(&tongues::of(&desk.around.locales, request.headers(), request.uri().query()))
}

async fn no_such_method(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    desk.no_such_method(&tongues::of(&desk.around.locales, request.headers(), request.uri().query()))
}

/// The name under which people come, with the port if there is one.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or(host.to_owned(), |port| format!("{host}:{port}"))
}

/// Where a tab stands.
pub(super) fn of_tab(tab: &str) -> String {
    format!("/w/{tab}")
}

/// Whether a word of a path may be one of ours: of those signs, and no longer, that tokens are drawn of.
pub(super) fn is_word(word: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&word.len()) && word.bytes().all(is_sign)
}
