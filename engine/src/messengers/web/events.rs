//! A stream of events for each open page: how things stand, whenever that has changed. A page that gets none is complete all
//! the same.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::stream;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::Reception;
use super::looking::state;
use super::signed::{Found, Visitor};

/// So often it is looked without being told: another process may have done something.
const EVERY: Duration = Duration::from_secs(10);

/// So many streams there are at once, and so many of one person.
const MOST: usize = 200;
const MOST_OF_ONE: usize = 5;

/// How many streams there are, by whose they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Streams(Arc<Mutex<HashMap<String, usize>>>);

/// One of them, until it is dropped.
struct Place {
    streams: Streams,
    whose: String,
}

impl Streams {
    fn enter(&self, whose: &str) -> Option<Place> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.values().sum::<usize>() >= MOST || all.get(whose).is_some_and(|theirs| *theirs >= MOST_OF_ONE) {
            return None;
        }
        *all.entry(whose.to_owned()).or_default() += 1;
        Some(Place { streams: self.clone(), whose: whose.to_owned() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(theirs) = all.get_mut(&self.whose) {
            *theirs -= 1;
        }
        all.retain(|_, theirs| *theirs > 0);
    }
}

pub(super) async fn stream(axum::extract::State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let visitor = match desk.visitor(request.headers()).await {
        Found::Visitor(visitor) => visitor,
        // A browser asks no more after this.
        Found::Nobody => return StatusCode::NO_CONTENT.into_response(),
        Found::Away => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    if !*desk.open.borrow() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(place) = desk.streams.enter(&visitor.browser.address) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let watching = Watching {
        changed: desk.changed.subscribe(),
        open: desk.open.subscribe(),
        desk,
        visitor,
        told: None,
        _place: place,
    };
    let events = stream::unfold(watching, |mut watching| async move {
        let event = watching.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(event)), watching))
    });
    let mut response = Body::from_stream(events).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // What stands in front of us passes each event on at once.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Somebody who is looking.
struct Watching {
    desk: Arc<Reception>,
    visitor: Visitor,
    changed: broadcast::Receiver<String>,
    open: watch::Receiver<bool>,
    /// What they were told last.
    told: Option<String>,
    _place: Place,
}

impl Watching {
    /// The next thing to be said; none: there is nobody to say it to any more.
    async fn next(&mut self) -> Option<String> {
        if self.told.is_some() && !self.wait().await {
            return None;
        }
        let memory = &self.desk.around.memory;
        match memory.known(&self.visitor.secret, self.desk.around.clock.now()).await {
            Ok(Some(browser)) => self.visitor.browser = browser,
            Ok(None) => return None,
            Err(_) => return Some(":\n\n".to_owned()),
        }
        let Ok(stands) = memory.state(&self.visitor.browser).await else { return Some(":\n\n".to_owned()) };
        let now = state(&stands);
        if self.told.as_ref() == Some(&now) {
            // So it is noticed when nobody is there.
            return Some(":\n\n".to_owned());
        }
        self.told = Some(now.clone());
        Some(format!("event: state\ndata: {now}\n\n"))
    }

    /// Waits until something may have changed. False: it is over.
    async fn wait(&mut self) -> bool {
        let Watching { changed, open, visitor, .. } = self;
        let mine = async {
            loop {
                match changed.recv().await {
                    Ok(address) if address != visitor.browser.address => {}
                    // Of what was missed, some may be theirs.
                    Ok(_) | Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            () = mine => true,
            () = tokio::time::sleep(EVERY) => true,
            _ = open.wait_for(|open| !open) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_all_the_streams() {
        let streams = Streams::default();
        let mine: Vec<_> = (0..MOST_OF_ONE).map(|_| streams.enter("me").unwrap()).collect();
        assert!(streams.enter("me").is_none());
        let others: Vec<_> = (0..MOST - MOST_OF_ONE).map(|n| streams.enter(&n.to_string()).unwrap()).collect();
        assert!(streams.enter("one more").is_none());
        drop(mine);
        assert!(streams.enter("one more").is_some());
        drop(others);
        assert!(streams.0.lock().unwrap().is_empty());
    }
}
