//! For other programs: JSON over HTTP, as the same member, with the same rights, through the same use cases as the chat.
//!
//! A program shows a token that a member gave it ([`aid::programs`](crate::aid::programs)), and may read what the member may see,
//! or do what the member may do. Everything goes through two functions (`Api::read` and `Api::act`): there it is seen who
//! asks and how often; a deed is a use case of `aid`, run by [`unit`](crate::aid::unit), which retries, writes the journal,
//! tells, and commits. What is not theirs looks like what does not exist.
//!
//! What there is to ask is described by the code itself ([`OpenApi`]), and can be tried on a page (`page`).

mod asked;
mod body;
mod calendar;
mod call;
mod codes;
mod collections;
mod commitments;
mod events;
mod feed;
mod initiatives;
mod invites;
mod limits;
mod me;
mod members;
mod models;
mod page;
mod paging;
mod pools;
mod problem;
mod status;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{delete, get, post};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

pub use call::Api;
use problem::Problem;

/// Under which path it is.
pub const UNDER: &str = "/api/v1";

/// What there is to ask, as OpenAPI 3.1.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Exodus",
        version = "1",
        description = "What a member of the community sees and does, for a program that acts for them. A token is made in the \
                       chat: Profile, Programs and calendar. Sums are decimal numbers in the community's currency, as text. A \
                       request that changes something may carry an `Idempotency-Key`: sent once more, it is answered the same \
                       and does nothing."
    ),
    paths(
        me::me, members::card, members::circle, members::helps, members::network,
        commitments::list, commitments::one, commitments::deed, commitments::help,
        collections::ask, collections::change, collections::end,
        invites::list, invites::make, invites::revoke,
        initiatives::list, initiatives::one, initiatives::propose, initiatives::vote, initiatives::change, initiatives::tell,
        initiatives::cancel,
        pools::list, pools::one, pools::open, pools::join, pools::contribution, pools::leave, pools::invite, pools::case,
        pools::open_case, pools::take_share, pools::lower_case, pools::withdraw_case,
        events::list, events::stream
    ),
    modifiers(&Token),
    security(("token" = []))
)]
struct Described;

struct Token;

impl Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        openapi.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// How whoever asks is to take all that is answered.
const SEALS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// All that is answered to programs.
pub fn routes(api: Arc<Api>) -> Router {
    let asked = Router::new()
        .route("/", get(page::page))
        .route("/try.js", get(page::script))
        .route("/try.css", get(page::style))
        .route("/openapi.json", get(page::description))
        .route("/me", get(me::me))
        .route("/me/collections", post(collections::ask))
        .route("/me/collections/{id}", post(collections::change).delete(collections::end))
        .route("/members/{id}", get(members::card))
        .route("/members/{id}/circle", get(members::circle))
        .route("/members/{id}/helps", get(members::helps))
        .route("/network", get(members::network))
        .route("/commitments", get(commitments::list))
        .route("/commitments/{id}", get(commitments::one))
        .route("/commitments/{id}/{deed}", post(commitments::deed))
        .route("/collections/{id}/help", post(commitments::help))
        .route("/invites", get(invites::list).post(invites::make))
        .route("/invites/{id}", delete(invites::revoke))
        .route("/initiatives", get(initiatives::list).post(initiatives::propose))
        .route("/initiatives/{id}", get(initiatives::one).post(initiatives::change).delete(initiatives::cancel))
        .route("/initiatives/{id}/vote", post(initiatives::vote))
        .route("/initiatives/{id}/news", post(initiatives::tell))
        .route("/pools", get(pools::list).post(pools::open))
        .route("/pools/join", post(pools::join))
        .route("/pools/{id}", get(pools::one))
        .route("/pools/{id}/membership", post(pools::contribution).delete(pools::leave))
        .route("/pools/{id}/invites", post(pools::invite))
        .route("/pools/{id}/cases", post(pools::open_case))
        .route("/cases/{id}", get(pools::case).post(pools::lower_case).delete(pools::withdraw_case))
        .route("/cases/{id}/share", post(pools::take_share))
        .route("/events", get(events::list))
        .route("/events/stream", get(events::stream))
        .fallback(nothing)
        .method_not_allowed_fallback(no_such_method)
        .with_state(api.clone());
    let beside = Router::new()
        .route("/api/v1/", get(page::page))
        .route("/calendar/{file}", get(calendar::calendar))
        .route("/admin", get(status::status))
        .route("/admin/in/{word}", get(status::door).post(status::enter))
        .with_state(api);
    Router::new().nest(UNDER, asked).merge(beside).layer(middleware::map_response(sealed))
}

async fn sealed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SEALS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn nothing(State(api): State<Arc<Api>>, request: Request) -> Problem {
    Problem::nothing(&api, &asked::lang_of(&api, request.headers()))
}

async fn no_such_method(State(api): State<Arc<Api>>, request: Request) -> Problem {
    Problem::no_such_method(&api, &asked::lang_of(&api, request.headers()))
}

/// What there is to ask, as JSON.
pub fn description() -> String {
    let mut described = Described::openapi();
    described.openapi = utoipa::openapi::OpenApiVersion::Version31;
    described.to_pretty_json().unwrap_or_default()
}
