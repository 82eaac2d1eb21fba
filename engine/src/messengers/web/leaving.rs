//! Going out. Whoever would have no way in any more is asked once more.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::cookies::Cookie;
use super::forms::Form;
use super::html::{Frame, document};
use super::signed::{Found, Visitor};
use super::{Reception, answers, tongues};
use crate::msg;

/// What a form carries when they were asked.
const SURE: &str = "sure";

/// They sign out in this browser.
pub(super) async fn leave(State(desk): State<Arc<Reception>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let lang = tongues::of(&desk.around.locales, &parts.headers, parts.uri.query());
    let visitor = match desk.visitor(&parts.headers, &lang).await {
        Found::Visitor(visitor) => visitor,
        Found::Nobody => return answers::to("/"),
        Found::Away => return desk.away(&lang),
    };
    let lang = visitor.lang.clone();
    let form = match Form::read(&parts.headers, body).await {
        Ok(form) if form.is_from(&visitor.secret, &parts.headers) => form,
        Ok(_) => return desk.no_form(StatusCode::FORBIDDEN, &lang),
        Err(status) => return desk.no_form(status, &lang),
    };
    let Some(browser) = &visitor.browser else {
        return answers::with_cookie(answers::to("/"), Cookie::Guest.forgotten(desk.is_secure()));
    };
    if form.field(SURE).is_none() {
        match desk.around.memory.is_last_way_in(browser).await {
            Ok(false) => {}
            Ok(true) => return desk.asks_whether_they_are_sure(&visitor),
            Err(_) => return desk.away(&lang),
        }
    }
    match desk.around.memory.sign_out(&visitor.secret).await {
        Ok(()) => answers::with_cookie(answers::to("/"), Cookie::Session.forgotten(desk.is_secure())),
        Err(_) => desk.away(&lang),
    }
}

impl Reception {
    fn asks_whether_they_are_sure(&self, visitor: &Visitor) -> Response {
        let lang = &visitor.lang;
        let title = self.words(lang, &msg!("web-last-title"));
        let page = document(
            &Frame::still(lang, &title),
            html! {
                h1 { (title) }
                p { (self.words(lang, &msg!("web-last-means"))) }
                p { a class="way" href="/" { (self.words(lang, &msg!("web-last-stay"))) } }
                form method="post" action="/out" {
                    input type="hidden" name="token" value=(visitor.token());
                    input type="hidden" name=(SURE) value="yes";
                    div class="row" { button class="grave" { (self.words(lang, &msg!("web-last-yes"))) } }
                }
            },
        );
        answers::page(StatusCode::OK, page)
    }
}
