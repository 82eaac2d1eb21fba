//! What the caller asks for.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use super::asked::{Asked, lang_of};
use super::body::{self, id, unreadable};
use super::call::{Answer, Api};
use super::codes;
use super::models::Told;
use super::problem::Problem;
use crate::aid;
use crate::domain::{CollectionId, CollectionKind, Refusal};
use exodus_engine::msg;

/// A request for help.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// `monthly` or `emergency`.
    pub kind: String,
    /// A decimal number: every month, or in all.
    pub sum: String,
    /// For an emergency: in how many days it ends, 1 to 31.
    pub days: Option<u32>,
}

/// What is to be otherwise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The new sum.
    pub sum: Option<String>,
    /// For an emergency: in how many days it ends, counted from today.
    pub days: Option<u32>,
    /// Yes, also if the sum is ten times as much or a tenth, less than is promised, or ends the emergency.
    #[serde(default)]
    pub sure: bool,
}

/// Asks for help: every month, or in an emergency. The near circle is told.
#[utoipa::path(post, path = "/api/v1/me/collections", tag = "me", operation_id = "ask", request_body = Ask,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn ask(State(api): State<Arc<Api>>, asked: Asked, brought: Body) -> Answer {
    let (ask, text) = body::read::<Ask>(&api, &asked, brought).await?;
    let kind = CollectionKind::parse(&ask.kind).filter(|kind| kind.is_need());
    let kind = kind.ok_or_else(|| unreadable(&api, &asked, "kind"))?;
    let sum = body::sum(&api, &asked, &ask.sum)?;
    api.act(&asked, &text, async move |work, caller, _| {
        Ok(Told::of(aid::ask(work, caller.member, kind, sum, ask.days).await?.told))
    })
    .await
}

/// Changes the sum or the date of what I ask for. The circle is told.
#[utoipa::path(post, path = "/api/v1/me/collections/{id}", tag = "me", operation_id = "change_request", request_body = Change,
    params(("id" = i64, Path, description = "The number of the collection"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn change(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    let (change, text) = body::read::<Change>(&api, &asked, brought).await?;
    let sum = change.sum.as_deref().map(|sum| body::sum(&api, &asked, sum)).transpose()?;
    if sum.is_none() && change.days.is_none() {
        return Err(unreadable(&api, &asked, "sum, days"));
    }
    let answer = api
        .act(&asked, &text, async move |work, caller, _| {
            let me = caller.member;
            let collection = aid::my_collection(work, me, which).await?;
            let mut told = 0;
            if let Some(sum) = sum {
                if !change.sure && aid::doubt_about_target(work, &collection, sum).await?.0.is_some() {
                    // It is told by its own name below.
                    return Err(Refusal::OtherSum.into());
                }
                told += aid::change_sum(work, me, which, sum).await?.told;
            }
            if let Some(days) = change.days {
                told += aid::change_date(work, me, which, days).await?.told;
            }
            Ok(Told::of(told))
        })
        .await;
    match answer {
        Err(problem) if problem.code == "other_sum" => {
            let lang = lang_of(&api, &asked.headers);
            Err(Problem::new(&api, &lang, codes::NOT_SURE, &msg!("api-not-sure")))
        }
        answer => answer,
    }
}

/// Ends what I ask for: intentions are cancelled, promises and claims stand.
#[utoipa::path(delete, path = "/api/v1/me/collections/{id}", tag = "me", operation_id = "end_request",
    params(("id" = i64, Path, description = "The number of the collection"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn end(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    api.act(&asked, "", async move |work, caller, _| {
        // Initiatives are ended elsewhere.
        aid::my_collection(work, caller.member, which).await?;
        Ok(Told::of(aid::end(work, caller.member, which).await?.heard.told))
    })
    .await
}
