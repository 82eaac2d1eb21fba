//! Looking: what changes nothing, however often it is asked for.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use super::forms::drawn;
use super::html::{self, Around, Frame, document};
use super::limits::Who;
use super::routes::{is_word, of_tab};
use super::signed::{FIRST, Found, Visitor};
use super::typed::{Place, question};
use super::{Reception, answers, tongues};
use crate::conversation::{File, Opened, Rendered};
use crate::store::web::State as Stands;

/// Where somebody begins who has no tab open: in a new one. To whoever is not signed in, how to.
pub(super) async fn begin(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    match desk.visitor(request.headers(), &lang).await {
        Found::Visitor(visitor) if visitor.browser.is_some() => match desk.counted.may_ask(&visitor.who) {
            true => answers::to(&of_tab(&drawn())),
            false => desk.too_often(&visitor.lang),
        },
        // Whoever has begun to come in goes on where they are; who has not said a word has nowhere to go on.
        Found::Visitor(_) if request.uri().query().is_none() => desk.shown(request.headers(), &lang, FIRST).await,
        Found::Visitor(_) | Found::Nobody => desk.outside(request.headers(), &lang),
        Found::Away => desk.away(&lang),
    }
}

/// The open page of a tab.
pub(super) async fn open(State(desk): State<Arc<Reception>>, Path(tab): Path<String>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    if !is_word(&tab) {
        return desk.nothing(&lang);
    }
    desk.shown(request.headers(), &lang, &tab).await
}

/// The file that the open page brings.
pub(super) async fn file(State(desk): State<Arc<Reception>>, Path(tab): Path<String>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    let visitor = match desk.visitor(request.headers(), &lang).await {
        Found::Visitor(visitor) if is_word(&tab) => visitor,
        Found::Visitor(_) | Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    match desk.opened(&visitor, &tab).await {
        Ok(Opened { page: Rendered { file: Some(file), .. }, lang, .. }) => match file.bytes().await {
            Ok(bytes) => brought(&file, bytes),
            Err(why) => {
                tracing::warn!(%why, "a file could not be made");
                desk.away(&lang)
            }
        },
        Ok(Opened { lang, .. }) => desk.nothing(&lang),
        Err(refused) => *refused,
    }
}

fn brought(file: &File, bytes: Vec<u8>) -> Response {
    let is_plain = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let name: String = file.name.chars().filter(is_plain).collect();
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&file.media_type) {
        headers.insert(CONTENT_TYPE, kind);
    }
    // It is kept as a file, and never shown as a page of ours.
    if let Ok(kept) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, kept);
    }
    response
}

/// By what a page that is shown is told from one that has changed.
pub(super) fn state(stands: &Stands) -> String {
    format!("{}.{}", stands.word.as_deref().unwrap_or_default(), stands.newest.unwrap_or_default())
}

impl Reception {
    /// The open page of this tab of whoever asks.
    async fn shown(&self, headers: &HeaderMap, lang: &str, tab: &str) -> Response {
        let visitor = match self.visitor(headers, lang).await {
            Found::Visitor(visitor) => visitor,
            Found::Nobody => return self.outside(headers, lang),
            Found::Away => return self.away(lang),
        };
        let opened = match self.opened(&visitor, tab).await {
            Ok(opened) => opened,
            Err(refused) => return *refused,
        };
        let stands = match &visitor.browser {
            Some(browser) => match self.around.memory.state(browser, tab).await {
                Ok(stands) => Some(stands),
                Err(_) => return self.away(&opened.lang),
            },
            None => None,
        };
        let typed = self.typed.to(&Place::new(&visitor.address, tab), &question(&opened.page.text));
        let around = Around {
            locales: &self.around.locales,
            lang: &opened.lang,
            token: &visitor.token(),
            tab,
            is_known: visitor.browser.is_some(),
            unread: stands.as_ref().map_or(0, |stands| stands.unread),
            typed: typed.as_deref(),
        };
        let (title, state) = (html::title(&opened.page.text), stands.as_ref().map(state));
        let frame = Frame { lang: &opened.lang, title: &title, state: state.as_deref(), tab };
        let picture = match opened.page.file.as_ref().and_then(|file| file.picture()) {
            Some(picture) => Some(picture.svg().await),
            None => None,
        };
        answers::page(StatusCode::OK, document(&frame, html::open_page(&around, &opened, picture)))
    }

    /// To whoever is not signed in, how to.
    fn outside(&self, headers: &HeaderMap, lang: &str) -> Response {
        match self.counted.may_ask(&Who::unknown(headers)) {
            true => self.how_to_enter(lang),
            false => self.too_often(lang),
        }
    }

    /// The open page of this tab of a visitor.
    ///
    /// # Errors
    /// What is answered instead.
    pub(super) async fn opened(&self, visitor: &Visitor, tab: &str) -> Result<Opened, Box<Response>> {
        if !self.counted.may_ask(&visitor.who) {
            return Err(Box::new(self.too_often(&visitor.lang)));
        }
        let (address, tab) = (visitor.address.clone(), tab.to_owned());
        match self.visit(move |visits| async move { visits.open(&address, &tab).await }.boxed()).await {
            Some(Some(opened)) => Ok(opened),
            // The account has gone in this moment.
            Some(None) if visitor.browser.is_some() => Err(Box::new(answers::to("/"))),
            Some(None) => Err(Box::new(self.how_to_enter(&visitor.lang))),
            None => Err(Box::new(self.away(&visitor.lang))),
        }
    }
}
