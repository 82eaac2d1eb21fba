//! A stream of events for each open page: how things stand, whenever that has changed. A page that gets none is complete all
//! the same.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use futures::stream;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::Reception;
use super::looking::state;
use super::signed::{Found, Visitor};
use crate::store::web::Browser;

/// So often it is looked without being told: something may have been answered in a chat.
const EVERY: Duration = Duration::from_secs(10);

/// So often it is looked to whom something was sent, and for so long that is told: what is sent is noted a moment later.
pub(super) const OFTEN: Duration = Duration::from_millis(500);
const JUST_NOW: TimeDelta = TimeDelta::seconds(3);

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
    /// Whether anybody watches.
    pub fn are_open(&self) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

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

pub(super) async fn stream(State(desk): State<Arc<Reception>>, Path(tab): Path<String>, request: Request) -> Response {
    let (secret, browser) = match desk.visitor(request.headers(), "").await {
        Found::Visitor(Visitor { secret, browser: Some(browser), .. }) => (secret, browser),
        // A browser asks no more after this.
        Found::Visitor(_) | Found::Nobody => return StatusCode::NO_CONTENT.into_response(),
        Found::Away => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    if !*desk.open.borrow() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(place) = desk.streams.enter(&browser.address) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let watching = Watching {
        changed: desk.changed.subscribe(),
        open: desk.open.subscribe(),
        desk,
        secret,
        browser,
        tab,
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
    secret: String,
    browser: Browser,
    tab: String,
    changed: broadcast::Receiver<String>,
    open: watch::Receiver<bool>,
    /// What they were told last.
    told: Option<String>,
    _place: Place,
}

impl Reception {
    /// Passes on to whom something was sent just now, in whatever messenger and by whatever process.
    pub(super) async fn pass_on_what_was_sent(&self) {
        if !self.streams.are_open() {
            return;
        }
        let since = self.around.clock.now() - JUST_NOW;
        match self.around.memory.told_since(since).await {
            Ok(addresses) => addresses.into_iter().for_each(|address| drop(self.changed.send(address))),
            Err(error) => tracing::debug!(%error, "pages that are open learn later that something was sent"),
        }
    }
}

impl Watching {
    /// The next thing to be said; none: there is nobody to say it to any more.
    async fn next(&mut self) -> Option<String> {
        if self.told.is_some() && !self.wait().await {
            return None;
        }
        let memory = &self.desk.around.memory;
        match memory.known(&self.secret, self.desk.around.clock.now()).await {
            Ok(Some(browser)) => self.browser = browser,
            Ok(None) => return None,
            Err(_) => return Some(":\n\n".to_owned()),
        }
        let Ok(stands) = memory.state(&self.browser, &self.tab).await else { return Some(":\n\n".to_owned()) };
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
        let Watching { changed, open, browser, .. } = self;
        let mine = async {
            loop {
                match changed.recv().await {
                    Ok(address) if address != browser.address => {}
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
