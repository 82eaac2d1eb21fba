//! Acting: what somebody presses or writes is a turn, after which they are led to the page that is open then.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures::FutureExt;
use maud::html;

use super::cookies::Cookie;
use super::forms::{Form, drawn};
use super::html::{self as pages, Frame, document};
use super::limits::Who;
use super::routes::{is_word, of_tab};
use super::signed::{Found, Visitor};
use super::typed::Place;
use super::{Reception, answers, browser_names, tongues};
use crate::conversation::{Heard, Incoming};
use crate::locale::Text;
use crate::msg;

/// The longest that a button carries, in bytes.
const LONGEST_PRESS: usize = 64;

/// So much of what was written is shown again where it was not taken, in UTF-16 units.
const LONGEST_SAID: usize = 4096;

/// Nothing on the wire counts, and nothing needs to: what is meant for another page than the open one says so itself.
const SEQ: i64 = 1;

/// For so long the last words to somebody who leaves are waited for.
const LAST_WORDS: Duration = Duration::from_secs(3);

pub(super) async fn act(State(desk): State<Arc<Reception>>, Path(tab): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let lang = tongues::of(&desk.around.locales, &parts.headers, parts.uri.query());
    if !is_word(&tab) {
        return desk.nothing(&lang);
    }
    let visitor = match desk.visitor(&parts.headers, &lang).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => return desk.signed_out_meanwhile((&parts, body), &lang, &tab).await,
        Found::Away => return desk.away(&lang),
    };
    let lang = visitor.lang.clone();
    if !desk.counted.may_ask(&visitor.who) {
        return desk.too_often(&lang);
    }
    let form = match Form::read(&parts.headers, body).await {
        Ok(form) if form.is_from(&visitor.secret, &parts.headers) => form,
        Ok(_) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        Err(status) => return desk.no_form(status, &lang),
    };
    let here = of_tab(&tab);
    let Some(heard) = heard(&form) else { return answers::to(&here) };
    let place = Place::new(&visitor.address, &tab);
    match (&heard, form.field("question")) {
        (Heard::Answer { text, .. }, Some(question)) => desk.typed.writes(place, question, text),
        _ => desk.typed.goes_on(&place),
    }
    let once = form.field("once").filter(|once| is_word(once)).map_or_else(drawn, str::to_owned);
    let incoming = incoming(&visitor, &tab, &once, heard);
    if desk.ask(move |inbox| inbox.receive(incoming).boxed()).await.is_none() {
        return desk.away(&lang);
    }
    match visitor.browser {
        Some(_) => desk.after(&visitor, &lang, &here).await,
        None => desk.after_beginning(&visitor, &parts.headers, &here).await,
    }
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

/// What comes from a tab of theirs. A form that is sent once more says the same, and is the same update.
pub(super) fn incoming(visitor: &Visitor, tab: &str, once: &str, heard: Heard) -> Incoming {
    let mut hasher = DefaultHasher::new();
    match &heard {
        Heard::Press(data) => data.hash(&mut hasher),
        Heard::Answer { page, text } => (page, text).hash(&mut hasher),
        Heard::Text(text) => text.hash(&mut hasher),
        _ => {}
    }
    let address = visitor.address.clone();
    Incoming {
        update: format!("{address} {once} {:x}", hasher.finish()),
        address,
        seq: SEQ,
        name: String::new(),
        lang: visitor.browser.is_none().then(|| visitor.lang.clone()),
        heard,
        reply_to: None,
        thread: None,
        album: None,
        tab: tab.to_owned(),
        early: false,
    }
}

impl Reception {
    /// The way to the page that is open now; for whoever is known no more, the last words.
    async fn after(&self, visitor: &Visitor, lang: &str, here: &str) -> Response {
        let now = self.around.clock.now();
        if !matches!(self.around.memory.known(&visitor.secret, now).await, Ok(None)) {
            return answers::to(here);
        }
        let forgotten = Cookie::Session.forgotten(self.is_secure());
        let said = async {
            loop {
                if let Some(said) = self.take_farewell(&visitor.address) {
                    break said;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let answer = match tokio::time::timeout(LAST_WORDS, said).await {
            Ok(said) => {
                let title = pages::title(&said);
                answers::page(StatusCode::OK, document(&Frame::still(lang, &title), pages::text(&said)))
            }
            Err(_) => answers::to("/"),
        };
        answers::with_cookie(answer, forgotten)
    }

    /// The same for whoever was not known: by what they did they may be, and are signed in then.
    pub(super) async fn after_beginning(&self, visitor: &Visitor, headers: &HeaderMap, here: &str) -> Response {
        let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let (address, called) = (visitor.address.clone(), browser_names::called(agent));
        let settled = self.visit(move |visits| async move { visits.settle(&address, &called).await }.boxed()).await;
        match settled {
            None => self.away(&visitor.lang),
            Some(None) => answers::to(here),
            Some(Some(secret)) => {
                let is_secure = self.is_secure();
                let answer = answers::with_cookie(answers::to(here), Cookie::Session.kept(&secret, is_secure));
                answers::with_cookie(answer, Cookie::Guest.forgotten(is_secure))
            }
        }
    }

    /// Something comes from a page of ours in a browser in which nobody is signed in any more. It is not done; what was
    /// written is shown again, and stands in its field when they have signed in.
    async fn signed_out_meanwhile(&self, (parts, body): (&Parts, Body), lang: &str, tab: &str) -> Response {
        if !self.counted.may_ask(&Who::unknown(&parts.headers)) {
            return self.too_often(lang);
        }
        let Some(secret) = Cookie::Session.shown(&parts.headers, self.is_secure()) else { return answers::to("/") };
        let form = match Form::read(&parts.headers, body).await {
            Ok(form) if form.is_from(&secret, &parts.headers) => form,
            _ => return answers::to("/"),
        };
        let Some(Heard::Answer { page, text }) = heard(&form) else { return answers::to("/") };
        // A page goes by whose it is, and a word of its own.
        if let (Some((address, _)), Some(question)) = (page.rsplit_once('-'), form.field("question")) {
            self.typed.loses(Place::new(address, tab), question, &text);
        }
        let mut said = Text::words(text.trim());
        said.truncate_utf16(LONGEST_SAID);
        let title = self.words(lang, &msg!("web-lost-title"));
        let page = document(
            &Frame::still(lang, &title),
            html! {
                h1 { (title) }
                p { (self.words(lang, &msg!("web-lost-said", said = said.plain()))) }
                p { (self.words(lang, &msg!("web-outside-how"))) }
                (pages::chats(&self.around.locales, lang, &self.around.ways_in.now()))
            },
        );
        answers::page(StatusCode::UNAUTHORIZED, page)
    }
}
