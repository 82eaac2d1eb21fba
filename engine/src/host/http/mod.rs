//! What other programs ask over HTTP, at an address of their own:
//!
//! - `/health`: the process is alive. Whoever gets no answer should start it again.
//! - `/ready`: people are answered: the database is there, the messengers are listened to. Otherwise 503, with a line
//!   for each thing that is missing.
//! - `/metrics`: figures, for Prometheus.
//!
//! Nothing of it tells of a person, and nothing can be changed here. Where a messenger has pages of its own ([`Site`]), they are
//! answered at the same door; then what is for whoever hosts the bot is not told to those who come for them.

mod figures;
mod ready;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sea_orm::{DatabaseConnection, DbErr};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::listening::Listeners;
use crate::conversation::{Clock, Messenger, Site, Waits};
use crate::delivery::Meters;
use crate::messengers::doors::{self, Limits};

/// How long the database may take to answer what is asked here.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is looked at to answer.
#[derive(Clone)]
pub(super) struct Watched {
    pub db: DatabaseConnection,
    pub clock: Arc<dyn Clock>,
    pub messengers: Vec<Arc<dyn Messenger>>,
    pub listeners: Listeners,
    pub waits: Waits,
    /// Held while it is tried whether the database takes changes.
    pub trying: Arc<Mutex<()>>,
    pub meters: Meters,
}

/// The open door.
pub(super) struct Door(TcpListener);

impl Door {
    /// Opens it.
    ///
    /// # Errors
    /// There is no such address here, or somebody else has it.
    pub async fn open(listen: SocketAddr) -> anyhow::Result<Door> {
        let told = || format!("http.listen: {listen} can't be listened on");
        let door = Door(TcpListener::bind(listen).await.with_context(told)?);
        tracing::info!(address = %door.0.local_addr().with_context(told)?, "answering over HTTP");
        Ok(door)
    }

    /// Answers until `stop`.
    pub async fn answer(self, watched: Watched, more: Option<Site>, stop: CancellationToken) {
        let sites = watched.messengers.iter().filter_map(|messenger| messenger.site());
        let sites: Vec<Site> = more.into_iter().chain(sites).collect();
        let hosts: Vec<String> = sites.iter().map(|site| site.host.clone()).collect();
        let inside = middleware::from_fn(move |request: Request, next: Next| {
            let is_outside = is_from_outside(&request, &hosts);
            async move { if is_outside { StatusCode::NOT_FOUND.into_response() } else { next.run(request).await } }
        });
        let routes = Router::new()
            .route("/ready", get(ready).fallback(no_such_method))
            .route("/metrics", get(metrics).fallback(no_such_method))
            .layer(inside)
            .route("/health", get(async || "alive\n"))
            .with_state(Arc::new(watched));
        let limits = if sites.is_empty() { Limits::USUAL } else { Limits::PUBLIC };
        let routes = sites.into_iter().fold(routes, |routes, site| routes.merge(site.routes));
        doors::answer(self.0, routes, limits, &stop).await;
    }
}

/// Whether somebody asks whom this does not concern: under the name by which people come, or through what stands in front of
/// us for them.
fn is_from_outside(request: &Request, hosts: &[String]) -> bool {
    let headers = request.headers();
    let said = headers.get_all(header::HOST).iter().filter_map(|host| host.to_str().ok());
    let named = said.chain(request.uri().authority().map(Authority::as_str)).map(name_of);
    let public: Vec<String> = hosts.iter().map(|host| name_of(host)).collect();
    let is_public = named.into_iter().any(|named| public.contains(&named));
    let is_forwarded =
        ["forwarded", "x-forwarded-for", "x-forwarded-host"].iter().any(|name| headers.contains_key(*name));
    !hosts.is_empty() && (is_public || is_forwarded)
}

/// The name of a host as one can be compared with another: however it is written, and without the port.
fn name_of(host: &str) -> String {
    let name = host.parse::<Authority>().map_or_else(|_| host.to_owned(), |host| host.host().to_owned());
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// What is not for them does not answer those from outside at all, however they ask.
async fn no_such_method() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response()
}

async fn ready(State(watched): State<Arc<Watched>>) -> Response {
    let found = ready::look(&watched).await;
    let status = if found.iter().all(|thing| thing.is_well) { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let lines: String = found.into_iter().map(|thing| format!("{}: {}\n", thing.name, thing.found)).collect();
    (status, lines).into_response()
}

async fn metrics(State(watched): State<Arc<Watched>>) -> Response {
    match figures::all(&watched).await {
        Ok(figures) => ([(header::CONTENT_TYPE, figures::CONTENT_TYPE)], figures).into_response(),
        Err(error) => {
            tracing::error!(%error, "the figures can't be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What the database answers; `None`: nothing, for too long. What was asked of it is not dropped: it comes to its end, and
/// nobody hears of it.
async fn within_patience<T: Send + 'static>(
    asked: impl Future<Output = Result<T, DbErr>> + Send + 'static,
) -> Option<Result<T, DbErr>> {
    tokio::time::timeout(PATIENCE, tokio::spawn(asked)).await.ok()?.ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// Whether it is taken for one from outside who asks this path, under this name.
    fn is_outside(path: &str, host: &str) -> bool {
        let request = Request::builder().uri(path).header(header::HOST, host).body(Body::empty()).unwrap();
        is_from_outside(&request, &["help.example.org".to_owned()])
    }

    #[test]
    fn the_name_by_which_people_come_is_that_however_it_is_written() {
        for host in ["help.example.org", "HELP.example.org", "help.example.org.", "help.example.org:443"] {
            assert!(is_outside("/metrics", host), "{host}");
        }
        assert!(is_outside("http://help.example.org/metrics", "127.0.0.1:8080"));
        for host in ["127.0.0.1:8080", "localhost", "[::1]:8080", "help.example.com", ""] {
            assert!(!is_outside("/metrics", host), "{host}");
        }
    }
}
