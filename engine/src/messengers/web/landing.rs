//! The page of an invite. Whether the word in its address is one is not even asked here: the page says the same for each, and
//! leads on to the chats, where the word counts.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::html::{Frame, document, invited, languages};
use super::limits::Who;
use super::routes::is_word;
use super::{Reception, answers, tongues};
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
    let frame = Frame { lang: &lang, title: &title, state: None };
    let page = document(
        &frame,
        html! {
            (languages(&desk.around.locales, &lang))
            h1 { (title) }
            @if !about.trim().is_empty() { p { (about) } }
            p { (desk.words(&lang, &msg!("web-invited-how"))) }
            (invited(&desk.around.locales, &lang, &desk.around.ways_in.now(), &token))
        },
    );
    answers::page(StatusCode::OK, page)
}
