//! The page of an invite. Whether the word in its address is one is not even asked when somebody looks: the page says the same
//! for each, and leads on to the chats, where the word counts; or, by a button, to a conversation here, where it counts as well.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures::FutureExt;
use maud::html;

use super::acting::incoming;
use super::cookies::Cookie;
use super::forms::{Form, drawn, token_of};
use super::html::{Frame, document, invited, languages};
use super::limits::Who;
use super::routes::{is_word, of_tab};
use super::signed::{FIRST, Found, Visitor};
use super::{Reception, answers, tongues};
use crate::conversation::Heard;
use crate::msg;

pub(super) async fn landing(
    State(desk): State<Arc<Reception>>,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    if !desk.counted.may_ask(&Who::unknown(request.headers())) {
        return desk.too_often(&lang);
    }
    if !is_word(&token) {
        return desk.nothing(&lang);
    }
    let (title, about) = (msg!("web-invited-title"), msg!("about-bot-short"));
    let (title, about) = (desk.words(&lang, &title), desk.words(&lang, &about));
    let visit = Cookie::Visit.shown(request.headers(), desk.is_secure()).unwrap_or_else(drawn);
    let page = document(
        &Frame::still(&lang, &title),
        html! {
            (languages(&desk.around.locales, &lang))
            h1 { (title) }
            @if !about.trim().is_empty() { p { (about) } }
            p { (desk.words(&lang, &msg!("web-invited-how"))) }
            (invited(&desk.around.locales, &lang, &desk.around.ways_in.now(), &token))
            article {
                h2 { (desk.words(&lang, &msg!("web-invited-here"))) }
                p { (desk.words(&lang, &msg!("web-invited-here-means"))) }
                form method="post" {
                    input type="hidden" name="token" value=(token_of(&visit));
                    div class="row" { button class="main" { (desk.words(&lang, &msg!("web-invited-here-do"))) } }
                }
            }
        },
    );
    answers::with_cookie(answers::page(StatusCode::OK, page), Cookie::Visit.kept(&visit, desk.is_secure()))
}

/// The button on it is pressed: they send the word here, as others do in a chat.
pub(super) async fn come_in(
    State(desk): State<Arc<Reception>>,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let (headers, is_secure) = (&parts.headers, desk.is_secure());
    let lang = tongues::of(&desk.around.locales, headers, parts.uri.query());
    if !desk.counted.may_ask(&Who::unknown(headers)) {
        return desk.too_often(&lang);
    }
    if !is_word(&token) {
        return desk.nothing(&lang);
    }
    let visit = Cookie::Visit.shown(headers, is_secure);
    match (Form::read(headers, body).await, visit) {
        (Err(status), _) => return desk.no_form(status, &lang),
        (Ok(form), Some(visit)) if form.is_from(&visit, headers) => {}
        (Ok(_), Some(_)) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        (Ok(_), None) => return desk.wrong(StatusCode::FORBIDDEN, &lang, &msg!("web-wrong-cookies")),
    }
    let visitor = match desk.visitor(headers, &lang).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => Visitor::guest(format!("{}{}", drawn(), drawn()), &lang, headers),
        Found::Away => return desk.away(&lang),
    };
    let is_known = visitor.browser.is_some();
    let tab = if is_known { drawn() } else { FIRST.to_owned() };
    let incoming = incoming(&visitor, &tab, &drawn(), Heard::Text(format!("start {token}")));
    if desk.ask(move |inbox| inbox.receive(incoming).boxed()).await.is_none() {
        return desk.away(&lang);
    }
    let answer = answers::to(&of_tab(&tab));
    match is_known {
        true => answer,
        false => answers::with_cookie(answer, Cookie::Guest.kept(&visitor.secret, is_secure)),
    }
}
