//! Coming in. A link from a chat leads to a page with a button, and counts when that is pressed: what looks
//! through links before people do uses nothing up.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures::FutureExt;
use maud::{Markup, html};

use super::cookies::Cookie;
use super::forms::{Form, drawn, token_of};
use super::html::{Frame, chats, document, languages};
use super::limits::Who;
use super::routes::{is_word, of_tab};
use super::signed::Found;
use super::{Reception, answers, browser_names, tongues};
use crate::conversation::SignedIn;
use crate::msg;

/// What a form carries where it says that somebody else is signed in here.
const INSTEAD: &str = "instead";

/// The page to which a link leads: the same for every link.
pub(super) async fn door(State(desk): State<Arc<Reception>>, Path(word): Path<String>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    if !desk.counted.may_ask(&Who::unknown(request.headers())) {
        return desk.too_often(&lang);
    }
    if !is_word(&word) {
        return desk.nothing(&lang);
    }
    let shown = Cookie::Visit.shown(request.headers(), desk.is_secure());
    let visit = shown.unwrap_or_else(drawn);
    let page = match desk.is_somebody_here(request.headers(), &lang).await {
        Some(true) => desk.asks_to_take_the_place(&lang, &visit),
        Some(false) => desk.asks_to_come_in(&lang, &visit),
        None => return desk.away(&lang),
    };
    answers::with_cookie(answers::page(StatusCode::OK, page), Cookie::Visit.kept(&visit, desk.is_secure()))
}

/// The button on it is pressed.
pub(super) async fn enter(State(desk): State<Arc<Reception>>, Path(word): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let (headers, is_secure) = (&parts.headers, desk.is_secure());
    let lang = tongues::of(&desk.around.locales, headers, parts.uri.query());
    if !desk.counted.may_ask(&Who::unknown(headers)) {
        return desk.too_often(&lang);
    }
    if !is_word(&word) {
        return desk.nothing(&lang);
    }
    let visit = Cookie::Visit.shown(headers, is_secure);
    let is_asked = match (Form::read(headers, body).await, &visit) {
        (Err(status), _) => return desk.no_form(status, &lang),
        (Ok(form), Some(visit)) if form.is_from(visit, headers) => form.field(INSTEAD).is_some(),
        (Ok(_), Some(_)) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        (Ok(_), None) => return desk.wrong(StatusCode::FORBIDDEN, &lang, &msg!("web-wrong-cookies")),
    };
    if !is_asked && desk.is_somebody_here(headers, &lang).await != Some(false) {
        // Somebody has signed in here since the page was shown.
        let page = desk.asks_to_take_the_place(&lang, &visit.unwrap_or_default());
        return answers::page(StatusCode::CONFLICT, page);
    }
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let called = browser_names::called(agent);
    let signed_in = desk.visit(move |visits| async move { visits.sign_in(&word, &called).await }.boxed()).await;
    match signed_in {
        None => desk.away(&lang),
        Some(SignedIn::NoLink) => desk.wrong(StatusCode::GONE, &lang, &msg!("web-wrong-link")),
        Some(SignedIn::Full) => desk.wrong(StatusCode::CONFLICT, &lang, &msg!("link-full")),
        Some(SignedIn::Here(secret)) => {
            // Whoever was signed in here before is not any more.
            if let Some(before) = Cookie::Session.shown(headers, is_secure)
                && let Err(error) = desk.around.memory.sign_out(&before).await
            {
                tracing::debug!(%error, "a browser stays known that has got another name");
            }
            let answer = answers::to(&desk.where_they_were(&secret).await);
            let answer = answers::with_cookie(answer, Cookie::Session.kept(&secret, is_secure));
            let answer = answers::with_cookie(answer, Cookie::Guest.forgotten(is_secure));
            answers::with_cookie(answer, Cookie::Visit.forgotten(is_secure))
        }
    }
}

impl Reception {
    /// Whether somebody is signed in in the browser that asks; none: the database does not say it.
    async fn is_somebody_here(&self, headers: &HeaderMap, lang: &str) -> Option<bool> {
        match self.visitor(headers, lang).await {
            Found::Visitor(visitor) => Some(visitor.browser.is_some()),
            Found::Nobody => Some(false),
            Found::Away => None,
        }
    }

    fn asks_to_come_in(&self, lang: &str, visit: &str) -> Markup {
        let title = self.words(lang, &msg!("web-enter-title"));
        document(
            &Frame::still(lang, &title),
            html! {
                (languages(&self.around.locales, lang))
                h1 { (title) }
                p { (self.words(lang, &msg!("web-enter-how"))) }
                form method="post" {
                    input type="hidden" name="token" value=(token_of(visit));
                    div class="row" { button class="main" { (self.words(lang, &msg!("web-enter-do"))) } }
                }
                p class="quiet" { (self.words(lang, &msg!("web-enter-stays"))) }
            },
        )
    }

    /// The same where somebody is signed in. Who it is, the page does not say: whoever opens the link may be somebody else.
    fn asks_to_take_the_place(&self, lang: &str, visit: &str) -> Markup {
        let title = self.words(lang, &msg!("web-enter-instead-title"));
        document(
            &Frame::still(lang, &title),
            html! {
                (languages(&self.around.locales, lang))
                h1 { (title) }
                p { (self.words(lang, &msg!("web-enter-instead"))) }
                p { a class="way" href="/" { (self.words(lang, &msg!("web-enter-stay"))) } }
                form method="post" {
                    input type="hidden" name="token" value=(token_of(visit));
                    input type="hidden" name=(INSTEAD) value="yes";
                    div class="row" { button class="grave" { (self.words(lang, &msg!("web-enter-instead-do"))) } }
                }
            },
        )
    }

    /// Where whoever has signed in goes on: where they wrote what was not taken, or from the beginning.
    async fn where_they_were(&self, secret: &str) -> String {
        let known = self.around.memory.known(secret, self.around.clock.now()).await;
        let tab = known.ok().flatten().and_then(|browser| self.typed.last_tab(&browser.address));
        tab.map_or_else(|| "/".to_owned(), |tab| of_tab(&tab))
    }

    /// How to sign in, for whoever is not.
    pub(super) fn how_to_enter(&self, lang: &str) -> Response {
        let title = self.words(lang, &msg!("web-outside-title"));
        let page = document(
            &Frame::still(lang, &title),
            html! {
                (languages(&self.around.locales, lang))
                h1 { (title) }
                p { (self.words(lang, &msg!("web-outside-how"))) }
                (chats(&self.around.locales, lang, &self.around.ways_in.now()))
            },
        );
        answers::page(StatusCode::OK, page)
    }
}
