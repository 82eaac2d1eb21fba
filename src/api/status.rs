//! The status page, for whoever administers the community: how the program stands, in figures, and nothing of anybody's words.
//! They come by a link from the chat, which counts once, when its button is pressed.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::asked::{Asked, lang_of};
use super::call::{Answer, Api};
use super::codes;
use super::limits::{ROUND, Who};
use super::problem::Problem;
use crate::aid::programs::{self, Caller};
use crate::aid::{self, Aid, Condition};
use crate::domain::{Refusal, Scope, Status};
use crate::screens::{state_name, status_name};
use exodus_engine::conversation::Moment;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// For so long the browser keeps what it shows: see [`programs::begin_status`].
const KEPT: u32 = 12 * 60 * 60;

/// The page to which the link leads: the same for every link.
pub async fn door(State(api): State<Arc<Api>>, Path(_): Path<String>, asked: Asked) -> Answer {
    let lang = lang_of(&api, &asked.headers);
    api.admit_stranger(&asked)?;
    let title = api.words(&lang, &msg!("status-door"));
    let page = html! {
        h1 { (title) }
        form method="post" { button { (api.words(&lang, &msg!("status-enter"))) } }
    };
    Ok(shown(&lang, &title, page))
}

/// The button on it is pressed.
pub async fn enter(State(api): State<Arc<Api>>, Path(word): Path<String>, asked: Asked) -> Answer {
    let lang = lang_of(&api, &asked.headers);
    api.admit_stranger(&asked)?;
    // Whoever is there by somebody else's page would look at what that one may see, and not know it.
    if asked.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site") {
        return Err(Problem::nothing(&api, &lang));
    }
    let shared = api.clone();
    let begun = api
        .moments
        .look(word.clone(), async move |at: Moment<'_>| {
            match programs::begin_status(&Aid::at(at, &shared.settings.rules), &word).await {
                Ok(Some(shown)) => Ok(Ok(shown)),
                Ok(None) => Ok(Err(Refusal::Unknown)),
                Err(aid::Refused::Rule(refusal)) => Ok(Err(refusal)),
                Err(aid::Refused::Fault(fault)) => Err(fault),
            }
        })
        .await;
    let secret = match begun {
        Ok(Ok(secret)) => secret,
        Ok(Err(_)) => {
            return Err(Problem::new(&api, &lang, codes::USED, &msg!("status-used")));
        }
        Err(fault) => return Err(Problem::broken(&api, &lang, &fault)),
    };
    let secure = if api.is_secure { "; Secure" } else { "" };
    let cookie = format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={KEPT}{secure}", name(api.is_secure));
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, "/admin")]).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// How the program stands.
pub async fn status(State(api): State<Arc<Api>>, asked: Asked, _: Request) -> Answer {
    let lang = lang_of(&api, &asked.headers);
    let Some(token) = kept(&asked.headers, api.is_secure) else {
        return Err(Problem::new(&api, &lang, codes::NO_TOKEN, &msg!("status-how")));
    };
    let asked = Asked { token: Some(token), ..asked };
    let found = api.look(&asked, Scope::Status, async move |aid: &Aid<'_>, caller: &Caller, api: &Api| {
        // Who administers it no more has no status page any more.
        let admin = api.administrators.admit_member(aid, caller.member).await?.ok_or(Refusal::Unknown)?;
        Ok((aid::condition(aid, &admin).await?, caller.lang.clone()))
    });
    let (condition, lang) = found.await?;
    let title = api.words(&lang, &msg!("status-title"));
    let page = html! { h1 { (title) } (view(&api, &lang, &condition)) };
    Ok(shown(&lang, &title, page))
}

/// Under which name the browser keeps it: by its prefix from this very host alone, encrypted, and for all its pages.
fn name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-status" } else { "status" }
}

fn kept(headers: &HeaderMap, is_secure: bool) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find(|(known, _)| *known == name(is_secure))?.1;
    (value.len() <= 128).then(|| value.to_owned())
}

fn view(api: &Api, lang: &str, condition: &Condition) -> Markup {
    let Condition { figures, waiting, failures, steps, late, processes } = condition;
    let words = |msg: Msg| api.words(lang, &msg);
    let needs = |status: Status| figures.members.in_need.get(&status).copied().unwrap_or(0);
    let (orange, red) = (needs(Status::Orange), needs(Status::Red));
    let green = figures.members.all.saturating_sub(figures.members.suspended + orange + red);
    let line = |what: String, count: String| html! { tr { th scope="row" { (what) } td { (count) } } };
    html! {
        h2 { (words(msg!("status-program"))) }
        table {
            (line(words(msg!("status-release")), env!("CARGO_PKG_VERSION").to_owned()))
            (line(words(msg!("status-steps")), steps.join(", ")))
            (line(words(msg!("status-processes")), processes.to_string()))
            (line(words(msg!("status-late")), late.to_string()))
        }
        h2 { (words(msg!("status-members"))) }
        table {
            @for (status, count) in [(Status::Green, green), (Status::Orange, orange), (Status::Red, red)] {
                (line(words(status_name(status)), count.to_string()))
            }
            (line(words(msg!("status-suspended")), figures.members.suspended.to_string()))
        }
        h2 { (words(msg!("status-help"))) }
        table {
            @for (state, count, sum) in &figures.commitments {
                (line(words(state_name(*state)), words(msg!("status-count-and-sum", count = *count, sum = *sum))))
            }
            (line(words(msg!("status-guarantees")), figures.guarantees.to_string()))
            (line(words(msg!("status-initiatives")), figures.initiatives.to_string()))
            (line(words(msg!("status-pools")), figures.pools.pools.to_string()))
        }
        h2 { (words(msg!("status-waiting"))) }
        table {
            @for one in waiting {
                (line(one.messenger.as_ref().map_or_else(
                    || words(msg!("status-unreachable")),
                    |name| words(msg!("messenger-name", messenger = Arg::Verbatim(name.clone()))),
                ), one.rows.to_string()))
            }
        }
        h2 { (words(msg!("status-failed"))) }
        table {
            @for one in failures { tr { th scope="row" { code { (one.kind) } " " (one.why) } td { (one.count) } } }
        }
    }
}

fn shown(lang: &str, title: &str, page: Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="/api/v1/try.css";
            }
            body { main { (page) } }
        }
    };
    Html(page.into_string()).into_response()
}

impl Api {
    /// Counts one more who shows no token.
    fn admit_stranger(&self, asked: &Asked) -> Result<(), Problem> {
        match self.limits.may_ask(Who::From(asked.from.clone())) {
            true => Ok(()),
            false => Err(Problem::too_often(self, &lang_of(self, &asked.headers), ROUND.as_secs())),
        }
    }
}
