//! Acting: what somebody presses or writes is a turn, after which they are led to the page that is open then.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures::FutureExt;

use super::cookies::Cookie;
use super::forms::{Form, drawn};
use super::html::{self, Frame, document};
use super::limits::Who;
use super::routes::is_word;
use super::signed::{Found, Visitor};
use super::{Reception, answers, tongues};
use crate::conversation::{Heard, Incoming};

/// The longest that a button carries, in bytes.
const LONGEST_PRESS: usize = 64;

/// Nothing on the wire counts, and nothing needs to: what is meant for another page than the open one says so itself.
const SEQ: i64 = 1;

/// For so long the last words to somebody who leaves are waited for.
const LAST_WORDS: Duration = Duration::from_secs(3);

pub(super) async fn act(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let lang = tongues::of(&desk.around.locales, &parts.headers, parts.uri.query());
    let visitor = match desk.visitor(&parts.headers).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    let lang = visitor.browser.lang.clone();
    if !desk.counted.may_ask(&Who::Known(visitor.browser.address.clone())) {
        return desk.too_often(&lang);
    }
    let form = match Form::read(&parts.headers, body).await {
        Ok(form) if form.is_from(&visitor.secret, &parts.headers) => form,
        Ok(_) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        Err(status) => return desk.no_form(status, &lang),
    };
    let Some(heard) = heard(&form) else { return answers::to("/") };
    match (&heard, form.field("question")) {
        (Heard::Answer { text, .. }, Some(question)) => desk.typed.writes(&visitor.browser.address, question, text),
        _ => desk.typed.goes_on(&visitor.browser.address),
    }
    let incoming = incoming(&visitor, &form, heard);
    if desk.ask(move |inbox| inbox.receive(incoming).boxed()).await.is_none() {
        return desk.away(&lang);
    }
    desk.after(&visitor, &lang).await
}

/// What they do; none: nothing.
fn heard(form: &Form) -> Option<Heard> {
    match (form.field("press"), form.field("answer"), form.field("page")) {
        (Some(press), _, _) => (press.len() <= LONGEST_PRESS).then(|| Heard::Press(press.to_owned())),
        (None, Some(answer), Some(page)) if !answer.trim().is_empty() => {
            Some(Heard::Answer { page: page.to_owned(), text: answer.to_owned() })
        }
        _ => None,
    }
}

fn incoming(visitor: &Visitor, form: &Form, heard: Heard) -> Incoming {
    let address = visitor.browser.address.clone();
    // A form that is sent once more says the same, and is the same update.
    let mut hasher = DefaultHasher::new();
    match &heard {
        Heard::Press(data) => data.hash(&mut hasher),
        Heard::Answer { page, text } => (page, text).hash(&mut hasher),
        _ => {}
    }
    let once = form.field("once").filter(|once| is_word(once)).map_or_else(drawn, str::to_owned);
    Incoming {
        update: format!("{address} {once} {:x}", hasher.finish()),
        address,
        seq: SEQ,
        name: String::new(),
        lang: None,
        heard,
        reply_to: None,
        thread: None,
        album: None,
        early: false,
    }
}

impl Reception {
    /// The way to the page that is open now; for whoever is known no more, the last words.
    async fn after(&self, visitor: &Visitor, lang: &str) -> Response {
        let now = self.around.clock.now();
        if !matches!(self.around.memory.known(&visitor.secret, now).await, Ok(None)) {
            return answers::to("/");
        }
        let forgotten = Cookie::Session.forgotten(self.is_secure());
        let address = &visitor.browser.address;
        let said = async {
            loop {
                if let Some(said) = self.take_farewell(address) {
                    break said;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let answer = match tokio::time::timeout(LAST_WORDS, said).await {
            Ok(said) => {
                let frame = Frame { lang, title: &html::title(&said), state: None };
                answers::page(StatusCode::OK, document(&frame, html::text(&said)))
            }
            Err(_) => answers::to("/"),
        };
        answers::with_cookie(answer, forgotten)
    }
}
