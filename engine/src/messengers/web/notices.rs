//! The page of what somebody was told and has not answered.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures::FutureExt;

use super::html::{self, Around, Frame, document};
use super::looking::state;
use super::routes::is_word;
use super::signed::Found;
use super::{Reception, answers, tongues};
use crate::msg;

pub(super) async fn notices(State(desk): State<Arc<Reception>>, Path(tab): Path<String>, request: Request) -> Response {
    let lang = tongues::of(&desk.around.locales, request.headers(), request.uri().query());
    let visitor = match desk.visitor(request.headers(), &lang).await {
        Found::Visitor(visitor) if is_word(&tab) => visitor,
        Found::Visitor(_) | Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    let lang = visitor.lang.clone();
    // Who is not known was told nothing.
    let Some(browser) = &visitor.browser else { return answers::to("/") };
    if !desk.counted.may_ask(&visitor.who) {
        return desk.too_often(&lang);
    }
    let address = visitor.address.clone();
    let told = desk.visit(move |visits| async move { visits.told(&address).await }.boxed()).await;
    let stands = desk.around.memory.state(browser, &tab).await.ok();
    let (Some(told), Some(stands)) = (told, stands) else { return desk.away(&lang) };
    if desk.around.memory.read(browser.id, desk.around.clock.now()).await.is_err() {
        return desk.away(&lang);
    }
    let title = desk.words(&lang, &msg!("web-notices-title"));
    let around = Around {
        locales: &desk.around.locales,
        lang: &lang,
        token: &visitor.token(),
        tab: &tab,
        is_known: true,
        unread: 0,
        typed: None,
    };
    let frame = Frame { lang: &lang, title: &title, state: Some(&state(&stands)), tab: &tab };
    answers::page(StatusCode::OK, document(&frame, html::notices(&around, &title, &told)))
}
