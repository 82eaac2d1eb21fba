//! What is asked for, and who answers it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use url::Url;

use super::{Reception, acting, answers, assets, entering, events, landing, looking, tongues};

/// All of it.
pub(super) fn routes(desk: Arc<Reception>) -> Router {
    Router::new()
        .route("/", get(looking::open).post(acting::act))
        .route("/notices", get(looking::notices))
        .route("/file", get(looking::file))
        .route("/events", get(events::stream))
        .route("/out", post(entering::leave))
        .route("/in/{word}", get(entering::door).post(entering::enter))
        .route("/i/{token}", get(landing::landing))
        .route("/style.css", get(assets::style))
        .route("/refresh.js", get(assets::script))
        .route("/robots.txt", get(assets::robots))
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .with_state(desk)
        .layer(middleware::map_response(answers::sealed))
}

async fn nothing(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    desk.nothing(&tongues::of(&desk.around.locales, request.headers(), request.uri().query()))
}

/// The name under which people come, with the port if there is one.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or(host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether a word of a path may be one of ours: of those signs, and no longer, that tokens are drawn of.
pub(super) fn is_word(word: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&word.len()) && word.bytes().all(is_sign)
}
