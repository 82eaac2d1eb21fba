//! What happened, one after the other, from a place on: asked for again and again, or as a stream.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue};
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use futures::stream;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Asked, lang_of};
use super::body::unreadable;
use super::call::{Answer, Api};
use super::feed::{Hearing, Place};
use super::limits::ROUND;
use super::problem::Problem;
use crate::aid::{self, Doer, Happened};
use crate::domain::{MemberId, Scope, Unit};

/// So many are told at once.
const MOST: u64 = 100;

/// So long somebody may wait who asks.
const LONGEST_WAIT: u64 = 25;

/// So often a stream says that it is there, and it is looked whether its token still counts.
const ALIVE: Duration = Duration::from_secs(20);

/// Something that happened to my help, or that I did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// Its place: what happens later has a higher one.
    pub position: i64,
    pub at: DateTime<Utc>,
    /// `declared`, `promised`, `claimed`, `confirmed`, `collection_opened` and others.
    pub event: String,
    /// `me`, `other`, or `calendar`: its time had come.
    pub by: String,
    pub commitment: Option<i64>,
    pub collection: Option<i64>,
    /// How much the help came to then.
    pub sum: Option<String>,
}

/// What happened behind a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    pub items: Vec<Event>,
    /// The place behind these: `after` of the next request.
    pub position: i64,
}

impl Event {
    fn of(happened: &Happened, unit: &Unit) -> Event {
        let by = match happened.by {
            Doer::Me => "me",
            Doer::Other => "other",
            Doer::Calendar => "calendar",
        };
        Event {
            position: happened.position,
            at: happened.at,
            event: happened.what.clone(),
            by: by.to_owned(),
            commitment: happened.commitment.map(|id| id.number()),
            collection: happened.collection.map(|id| id.number()),
            sum: happened.sum.map(|sum| unit.plain(sum)),
        }
    }
}

/// Where somebody begins who names no place: at the end of what has happened.
fn place(api: &Api, asked: &Asked, named: Option<&str>) -> Result<Option<i64>, Problem> {
    let read = named.map(|after| after.parse().ok().filter(|after: &i64| *after >= 0));
    read.map(|after| after.ok_or_else(|| unreadable(api, asked, "after"))).transpose()
}

/// What happened behind `after`; where nothing has, it is waited for up to `wait` seconds. Without `after` it is said where the
/// end is.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", operation_id = "events",
    params(("after" = Option<i64>, Query, description = "The place of the last event that is known; 0: from the beginning"),
        ("wait" = Option<u32>, Query, description = "How many seconds to wait, at most 25")),
    responses((status = 200, body = Events), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    let after = place(&api, &asked, asked.query("after"))?;
    let wait = match asked.query("wait") {
        None => 0,
        Some(wait) => wait.parse::<u64>().map_err(|_| unreadable(&api, &asked, "wait"))?.min(LONGEST_WAIT),
    };
    let mut hearing = api.feed.listen();
    let Some(after) = after else {
        return api
            .read(&asked, async move |aid, _, _| {
                Ok(Events { items: Vec::new(), position: aid::last_event(aid).await? })
            })
            .await;
    };
    let (who, found) = next(&api, &asked, after, true).await?;
    if !found.items.is_empty() || wait == 0 {
        return Ok(axum::Json(found).into_response());
    }
    let waits = async {
        loop {
            hearing.concerns(who).await;
            match next(&api, &asked, after, false).await {
                Ok((_, found)) if found.items.is_empty() => {}
                came => return came,
            }
        }
    };
    match api.stop.run_until_cancelled(tokio::time::timeout(Duration::from_secs(wait), waits)).await {
        Some(Ok(came)) => Ok(axum::Json(came?.1).into_response()),
        Some(Err(_)) | None => Ok(axum::Json(found).into_response()),
    }
}

async fn next(api: &Arc<Api>, asked: &Asked, after: i64, is_asked: bool) -> Result<(MemberId, Events), Problem> {
    let work = async move |aid: &aid::Aid<'_>, caller: &aid::programs::Caller, api: &Api| {
        let found = aid::events(aid, caller.member, after, MOST).await?;
        let position = found.last().map_or(after, |last| last.position);
        let items = found.iter().map(|happened| Event::of(happened, api.unit())).collect();
        Ok((caller.member, Events { items, position }))
    };
    match is_asked {
        true => api.look(asked, Scope::Read, work).await,
        false => api.look_again(asked, Scope::Read, work).await,
    }
}

/// The same as a stream of server-sent events, each with its place as `id`: it goes on behind `Last-Event-ID`, or `after`.
#[utoipa::path(get, path = "/api/v1/events/stream", tag = "events", operation_id = "event_stream",
    params(("after" = Option<i64>, Query, description = "The place of the last event that is known")),
    responses((status = 200, description = "Events named `happened`", content_type = "text/event-stream", body = String),
        (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn stream(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    let seen = asked.headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let after = place(&api, &asked, seen.or(asked.query("after")))?;
    let hearing = api.feed.listen();
    let (who, last) = api
        .look(&asked, Scope::Read, async move |aid: &aid::Aid<'_>, caller: &aid::programs::Caller, _: &Api| {
            Ok((caller.member, aid::last_event(aid).await?))
        })
        .await?;
    let Some(place) = api.feed.enter(who) else {
        return Err(Problem::too_often(&api, &lang_of(&api, &asked.headers), ROUND.as_secs()));
    };
    let watching = Watching { api, asked, hearing, who, after: after.unwrap_or(last), begun: false, _place: place };
    let events = stream::unfold(watching, |mut watching| async move {
        let said = watching.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(said)), watching))
    });
    let mut response = Body::from_stream(events).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // What stands in front of us passes each event on at once.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

/// A program that listens.
struct Watching {
    api: Arc<Api>,
    asked: Asked,
    hearing: Hearing,
    who: MemberId,
    after: i64,
    begun: bool,
    _place: Place,
}

impl Watching {
    /// What is said next; none: the token counts no more, or it is over.
    async fn next(&mut self) -> Option<String> {
        if std::mem::replace(&mut self.begun, true) {
            let waits = tokio::time::timeout(ALIVE, self.hearing.concerns(self.who));
            let _ = self.api.stop.run_until_cancelled(waits).await?;
        }
        let found = match next(&self.api, &self.asked, self.after, false).await {
            Ok((_, found)) => found,
            Err(problem) if problem.status < 500 => return None,
            Err(_) => return Some(":\n\n".to_owned()),
        };
        // Where more has happened than is told at once, the rest follows without waiting.
        self.begun = found.items.len() < usize::try_from(MOST).unwrap_or(usize::MAX);
        self.after = found.position;
        let said = found.items.iter().map(|event| {
            let data = serde_json::to_string(event).unwrap_or_default();
            format!("id: {}\nevent: happened\ndata: {data}\n\n", event.position)
        });
        let said: String = said.collect();
        // So it is noticed when nobody is there.
        Some(if said.is_empty() { ":\n\n".to_owned() } else { said })
    }
}
