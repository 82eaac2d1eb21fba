//! Coming in and going out. A link from a chat leads to a page with a button, and counts when that is pressed: what looks
//! through links before people do uses nothing up.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::USER_AGENT;
use axum::response::Response;
use futures::FutureExt;
use maud::html;

use super::cookies::Cookie;
use super::forms::{Form, drawn, token_of};
use super::html::{Frame, chats, document, languages};
use super::limits::Who;
use super::routes::is_word;
use super::signed::Found;
use super::{Reception, answers, browser_names, tongues};
use crate::conversation::SignedIn;
use crate::msg;

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
    let title = desk.words(&lang, &msg!("web-enter-title"));
    let frame = Frame { lang: &lang, title: &title, state: None };
    let page = document(
        &frame,
        html! {
            (languages(&desk.around.locales, &lang))
            h1 { (title) }
            p { (desk.words(&lang, &msg!("web-enter-how"))) }
            form method="post" {
                input type="hidden" name="token" value=(token_of(&visit));
                div class="row" { button class="main" { (desk.words(&lang, &msg!("web-enter-do"))) } }
            }
            p class="quiet" { (desk.words(&lang, &msg!("web-enter-stays"))) }
        },
    );
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
    match (Form::read(headers, body).await, visit) {
        (Err(status), _) => return desk.no_form(status, &lang),
        (Ok(form), Some(visit)) if form.is_from(&visit, headers) => {}
        (Ok(_), Some(_)) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        (Ok(_), None) => return desk.wrong(StatusCode::FORBIDDEN, &lang, &msg!("web-wrong-cookies")),
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
            let answer = answers::with_cookie(answers::to("/"), Cookie::Session.kept(&secret, is_secure));
            answers::with_cookie(answer, Cookie::Visit.forgotten(is_secure))
        }
    }
}

/// They sign out in this browser.
pub(super) async fn leave(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let lang = tongues::of(&desk.around.locales, &parts.headers, parts.uri.query());
    let visitor = match desk.visitor(&parts.headers).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    let lang = visitor.browser.lang.clone();
    match Form::read(&parts.headers, body).await {
        Ok(form) if form.is_from(&visitor.secret, &parts.headers) => {}
        Ok(_) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        Err(status) => return desk.no_form(status, &lang),
    }
    match desk.around.memory.sign_out(&visitor.secret).await {
        Ok(()) => answers::with_cookie(answers::to("/"), Cookie::Session.forgotten(desk.is_secure())),
        Err(_) => desk.away(&lang),
    }
}

impl Reception {
    /// How to sign in, for whoever is not.
    pub(super) fn how_to_enter(&self, lang: &str) -> Response {
        let title = self.words(lang, &msg!("web-outside-title"));
        let frame = Frame { lang, title: &title, state: None };
        let page = document(
            &frame,
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
