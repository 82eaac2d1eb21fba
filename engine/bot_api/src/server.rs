//! HTTP: finds the method, reads its parameters whichever way they are sent, and answers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Form, FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use serde_json::{Map, Value};
use tokio::net::TcpListener;

use crate::description;
use crate::faults::{self, Fault};
use crate::message::Document;
use crate::methods::{self, Method, updates};
use crate::params::Params;
use crate::refusal::{RefusalKind, Refused};
use crate::shared::Shared;

/// So much a request may hold: more than any file that a bot may send.
const MOST_BYTES: usize = 64 * 1024 * 1024;

pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) -> std::io::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Without this an answer may wait 40 ms for more to send.
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().fallback(answer).layer(DefaultBodyLimit::max(MOST_BYTES)).with_state(shared);
    axum::serve(listener, router).await
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path();
    let (token, name) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')).unwrap_or(("", ""));
    let known = token == shared.token || token.replace("%3A", ":") == shared.token;
    let method = Method::named(name);
    let asked = name.to_owned();
    let refused = match method {
        Some(method) if known => match params(request).await {
            Ok(params) => {
                return Call { shared: &shared, method, params }.answer().await;
            }
            Err(refused) => refused,
        },
        Some(_) => Refused::unauthorized(),
        None if known => Refused::not_found(),
        None => Refused::unauthorized(),
    };
    shared.telegram().note_refusal(&asked, None, &refused);
    refusal(&refused)
}

async fn params(request: Request) -> Result<Params, Refused> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/json") {
        let body = Bytes::from_request(request, &()).await.map_err(unreadable)?;
        if body.is_empty() {
            return Ok(Params::default());
        }
        return match serde_json::from_slice(&body) {
            Ok(Value::Object(map)) => Ok(Params(map)),
            Ok(Value::Null) => Ok(Params(Map::new())),
            _ => Err(Refused::bad("Bad Request: can't parse the request's body as a JSON object")),
        };
    }
    if kind.starts_with("multipart/form-data") {
        // Telegram takes a form without any field, the parser doesn't.
        let Ok(mut form) = Multipart::from_request(request, &()).await else {
            return Ok(Params::default());
        };
        let (mut pairs, mut files) = (Vec::new(), Vec::new());
        while let Ok(Some(field)) = form.next_field().await {
            let name = field.name().unwrap_or_default().to_owned();
            match (field.file_name().map(str::to_owned), field.content_type().map(str::to_owned)) {
                (Some(file), kind) => {
                    let bytes = field.bytes().await.map_err(unreadable)?;
                    let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
                    files.push((name, Document::uploaded(&file, &kind, &bytes)));
                }
                (None, _) => pairs.push((name, field.text().await.map_err(unreadable)?)),
            }
        }
        let mut params = Params::from_pairs(pairs);
        params.0.extend(files);
        return Ok(params);
    }
    match Form::<Vec<(String, String)>>::from_request(request, &()).await {
        Ok(Form(pairs)) => Ok(Params::from_pairs(pairs)),
        Err(_) => Ok(Params::default()),
    }
}

fn unreadable(error: impl std::fmt::Display) -> Refused {
    Refused::bad(format!("Bad Request: {error}"))
}

/// One call of a known method with the right token.
struct Call<'a> {
    shared: &'a Arc<Shared>,
    method: Method,
    params: Params,
}

impl Call<'_> {
    async fn answer(self) -> Response {
        let chat = self.params.int("chat_id");
        let mut heals = self.shared.heals.subscribe();
        let fault = {
            let mut telegram = self.shared.telegram();
            telegram.counts[self.method as usize] += 1;
            faults::take(&mut telegram.faults, self.method, chat)
        };
        let _busy = (self.method != Method::GetUpdates).then(|| Busy::new(self.shared));
        if let Some(Fault::Slow(long)) = fault {
            tokio::time::sleep(long).await;
        }
        let refused = match fault {
            None | Some(Fault::Slow(_) | Fault::AnswerLost | Fault::AnswerLate(_)) => {
                let result = self.result().await;
                if let Some(Fault::AnswerLate(long)) = fault {
                    tokio::time::sleep(long).await;
                }
                match result {
                    _ if matches!(fault, Some(Fault::AnswerLost)) => return garbage(),
                    Ok(result) => return ok(&result),
                    Err(refused) => refused,
                }
            }
            Some(Fault::Garbage) => return garbage(),
            Some(Fault::RetryAfter(seconds)) => Refused { kind: RefusalKind::Scripted, ..Refused::too_fast(seconds) },
            Some(Fault::Refuse(code, words)) => Refused::scripted(code, words),
            Some(Fault::ServerError(code)) => server_error(code),
            Some(Fault::Hang(long)) => {
                tokio::time::sleep(long).await;
                server_error(504)
            }
            Some(Fault::Stuck) => {
                let _ = heals.changed().await;
                server_error(504)
            }
        };
        self.shared.telegram().note_refusal(self.method.name(), chat, &refused);
        refusal(&refused)
    }

    async fn result(&self) -> Result<String, Refused> {
        let otherwise = |why: String| Refused::bad(format!("Bad Request: not as Bot API 10.1 is described: {why}"));
        let checked = description::check_call(self.method.name(), &self.params.0).map_err(otherwise);
        if self.method == Method::GetUpdates {
            checked?;
            return updates::get(self.shared, &self.params).await;
        }
        let mut telegram = self.shared.telegram();
        // What Telegram refuses is refused in its own words.
        let result = methods::call(self.shared, &mut telegram, self.method, &self.params)?;
        checked?;
        // A benchmark has no time for it.
        if telegram.settings.history {
            let told = serde_json::from_str(&result).unwrap_or_default();
            description::check_answer(self.method.name(), &told).map_err(otherwise)?;
        }
        Ok(result)
    }
}

/// Counts a request as being worked on, also when its client goes away in the middle.
struct Busy<'a>(&'a Shared);

impl<'a> Busy<'a> {
    fn new(shared: &'a Shared) -> Self {
        shared.telegram().busy += 1;
        Self(shared)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        let mut telegram = self.0.telegram();
        telegram.busy -= 1;
        telegram.last_activity = Instant::now();
    }
}

fn server_error(code: u16) -> Refused {
    let words = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error");
    Refused::scripted(code, words.to_owned())
}

const JSON: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "application/json")];

fn ok(result: &str) -> Response {
    let mut body = String::with_capacity(result.len() + 24);
    body.push_str("{\"ok\":true,\"result\":");
    body.push_str(result);
    body.push('}');
    (JSON, body).into_response()
}

fn refusal(refused: &Refused) -> Response {
    let status = StatusCode::from_u16(refused.code).unwrap_or(StatusCode::BAD_REQUEST);
    (status, JSON, refused.body()).into_response()
}

fn garbage() -> Response {
    "<html><body>Bad gateway</body></html>".into_response()
}

/// How often `BotApi::settled` looks.
pub(crate) const LOOK: Duration = Duration::from_millis(5);
