//! Looking: what changes nothing, however often it is asked for.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use super::html::{self, Around, Frame, document};
use super::limits::Who;
use super::signed::{Found, Visitor};
use super::typed::question;
use super::{Reception, answers, tongues};
use crate::conversation::{File, Opened};
use crate::msg;
use crate::store::web::State as Stands;

/// The open page; to whoever is not signed in, how to.
pub(super) async fn open(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    let visitor = match desk.visitor(request.headers()).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody if !desk.counted.may_ask(&Who::unknown(request.headers())) => return desk.too_often(&lang),
        Found::Nobody => return desk.how_to_enter(&lang),
        Found::Away => return desk.away(&lang),
    };
    let opened = match desk.opened(&visitor).await {
        Ok(opened) => opened,
        Err(refused) => return *refused,
    };
    let Some(stands) = desk.stands(&visitor).await else { return desk.away(&opened.lang) };
    let typed = desk.typed.to(&visitor.browser.address, &question(&opened.page.text));
    let around = Around {
        locales: &desk.around.locales,
        lang: &opened.lang,
        token: &visitor.token(),
        unread: stands.unread,
        typed: typed.as_deref(),
    };
    let title = html::title(&opened.page.text);
    let frame = Frame { lang: &opened.lang, title: &title, state: Some(&state(&stands)) };
    answers::page(StatusCode::OK, document(&frame, html::open_page(&around, &opened)))
}

/// What they were told and have not answered.
pub(super) async fn notices(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    let visitor = match desk.visitor(request.headers()).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    let lang = visitor.browser.lang.clone();
    if !desk.counted.may_ask(&Who::Known(visitor.browser.address.clone())) {
        return desk.too_often(&lang);
    }
    let address = visitor.browser.address.clone();
    let told = desk.visit(move |visits| async move { visits.told(&address).await }.boxed()).await;
    let (Some(told), Some(stands)) = (told, desk.stands(&visitor).await) else { return desk.away(&lang) };
    if desk.around.memory.read(visitor.browser.id, desk.around.clock.now()).await.is_err() {
        return desk.away(&lang);
    }
    let title = desk.words(&lang, &msg!("web-notices-title"));
    let around = Around { locales: &desk.around.locales, lang: &lang, token: &visitor.token(), unread: 0, typed: None };
    let frame = Frame { lang: &lang, title: &title, state: Some(&state(&stands)) };
    answers::page(StatusCode::OK, document(&frame, html::notices(&around, &title, &told)))
}

/// The file that the open page brings.
pub(super) async fn file(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    let visitor = match desk.visitor(request.headers()).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    match desk.opened(&visitor).await {
        Ok(Opened { page, lang, .. }) => page.file.map_or_else(|| desk.nothing(&lang), |file| brought(*file)),
        Err(refused) => *refused,
    }
}

fn brought(file: File) -> Response {
    let is_plain = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let name: String = file.name.chars().filter(is_plain).collect();
    let mut response = file.bytes.into_response();
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
    /// The open page of this visitor.
    ///
    /// # Errors
    /// What is answered instead.
    async fn opened(&self, visitor: &Visitor) -> Result<Opened, Box<Response>> {
        let lang = &visitor.browser.lang;
        if !self.counted.may_ask(&Who::Known(visitor.browser.address.clone())) {
            return Err(Box::new(self.too_often(lang)));
        }
        let address = visitor.browser.address.clone();
        match self.visit(move |visits| async move { visits.open(&address).await }.boxed()).await {
            Some(Some(opened)) => Ok(opened),
            // The account has gone in this moment.
            Some(None) => Err(Box::new(answers::to("/"))),
            None => Err(Box::new(self.away(lang))),
        }
    }

    async fn stands(&self, visitor: &Visitor) -> Option<Stands> {
        self.around.memory.state(&visitor.browser).await.ok()
    }
}
