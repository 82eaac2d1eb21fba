//! Initiatives that the caller may see, and their own.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Asked;
use super::body::{self, id, unreadable};
use super::call::{Answer, Api};
use super::commitments::Offer;
use super::models::{Help, Made, Member, Told};
use super::paging::{Page, Part};
use super::problem::Problem;
use crate::aid;
use crate::aid::initiatives::{self, Initiative as Seen};
use crate::domain::initiative::{Stage, Title, Words};
use crate::domain::{CollectionId, Refusal, Unit};
use crate::store::initiative::Line;

/// An initiative in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InitiativeLine {
    pub id: i64,
    pub title: String,
    pub target: String,
    /// What was voted for it, or came of that.
    pub voted: String,
}

/// An initiative.
#[derive(Debug, Serialize, ToSchema)]
pub struct Initiative {
    pub id: i64,
    pub title: String,
    pub text: String,
    pub initiator: Member,
    /// `voting`, `promising` or `over`.
    pub stage: String,
    pub target: String,
    pub voted: String,
    pub voters: u64,
    pub promised: String,
    pub confirmed: String,
    /// The last day to vote.
    pub ends_on: Option<NaiveDate>,
    /// The last day to promise.
    pub promise_by: Option<NaiveDate>,
    pub prolonged: bool,
    pub reached_at: Option<DateTime<Utc>>,
    /// The last that its initiator has told its voters.
    pub news: Option<String>,
    /// The number of my own vote.
    pub mine: Option<i64>,
}

impl Initiative {
    fn of(seen: &Seen, unit: &Unit) -> Initiative {
        let Seen { collection, totals, .. } = seen;
        let (stage, promise_by) = match seen.stage {
            Stage::Voting => ("voting", None),
            Stage::Promising(by) => ("promising", Some(by)),
            Stage::Over => ("over", None),
        };
        Initiative {
            id: collection.id.number(),
            title: seen.title.clone(),
            text: seen.words.clone(),
            initiator: Member::of(collection.owner, &seen.initiator),
            stage: stage.to_owned(),
            target: unit.plain(collection.target),
            voted: unit.plain(seen.voted),
            voters: seen.voters,
            promised: unit.plain(totals.obligations.saturating_add(totals.claims)),
            confirmed: unit.plain(totals.fulfilled),
            ends_on: collection.ends_on,
            promise_by,
            prolonged: seen.prolonged,
            reached_at: collection.reached_at,
            news: seen.news.clone(),
            mine: seen.mine.as_ref().map(|mine| mine.id.number()),
        }
    }
}

/// An initiative to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// At most 100 characters.
    pub title: String,
    /// At most 1,000 characters.
    pub text: String,
    pub sum: String,
    /// In how many days the voting ends, at most 180.
    pub days: u32,
}

/// What is to be otherwise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InitiativeChange {
    /// A lower sum.
    pub sum: Option<String>,
    /// A later day, once: in how many days from today.
    pub days: Option<u32>,
}

/// What the voters are told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct News {
    pub text: String,
}

/// The open initiatives that I may see; `over`: those that are over, of which I was a part.
#[utoipa::path(get, path = "/api/v1/initiatives", tag = "initiatives", operation_id = "initiatives",
    params(("over" = Option<bool>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<InitiativeLine>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    let (is_over, part) = (asked.query("over") == Some("true"), Part::of(&api, &asked)?);
    api.read(&asked, async move |aid, caller, api| {
        let found = match is_over {
            true => initiatives::over(aid, caller.member, part.slice()).await?,
            false => initiatives::open(aid, caller.member, None, part.slice()).await?,
        };
        Ok(part.page(found, |line: Line| InitiativeLine {
            id: line.id.number(),
            title: line.title,
            target: api.unit().plain(line.target),
            voted: api.unit().plain(line.voted),
        }))
    })
    .await
}

/// One initiative.
#[utoipa::path(get, path = "/api/v1/initiatives/{id}", tag = "initiatives", operation_id = "initiative",
    params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, body = Initiative), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn one(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    api.read(&asked, async move |aid, caller, api| {
        Ok(Initiative::of(&initiatives::seen(aid, caller.member, None, which).await?, api.unit()))
    })
    .await
}

/// Proposes an initiative. The network and the trust list are told.
#[utoipa::path(post, path = "/api/v1/initiatives", tag = "initiatives", operation_id = "propose", request_body = Proposal,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Made), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn propose(State(api): State<Arc<Api>>, asked: Asked, brought: Body) -> Answer {
    let (proposal, text) = body::read::<Proposal>(&api, &asked, brought).await?;
    let title = body::text(&api, &asked, Title::read(&proposal.title))?;
    let words = body::text(&api, &asked, Words::read(&proposal.text))?;
    let sum = body::sum(&api, &asked, &proposal.sum)?;
    api.act(&asked, &text, async move |work, caller, _| {
        let (id, _) = initiatives::propose(work, caller.member, (&title, &words), sum, proposal.days).await?;
        Ok(Made { id: id.number() })
    })
    .await
}

/// Votes for an initiative: an intention, which binds nobody until all votes are there and it is promised.
#[utoipa::path(post, path = "/api/v1/initiatives/{id}/vote", tag = "initiatives", operation_id = "vote", request_body = Offer,
    params(("id" = i64, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Help), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn vote(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    let (offer, text) = body::read::<Offer>(&api, &asked, brought).await?;
    let sum = body::sum(&api, &asked, &offer.sum)?;
    api.act(&asked, &text, async move |work, caller, api| {
        let seen = initiatives::seen(work, caller.member, None, which).await?;
        if !offer.sure && sum > seen.collection.target.saturating_sub(seen.voted) {
            return Err(Refusal::MoreThanMissing.into());
        }
        let made = aid::declare(work, caller.member, which, sum).await?;
        Ok(Help::seen(&aid::helping(work, caller.member, made.id).await?, caller.member, api.unit()))
    })
    .await
}

/// Lowers the sum of my initiative, or moves its day, once.
#[utoipa::path(post, path = "/api/v1/initiatives/{id}", tag = "initiatives", operation_id = "change_initiative",
    request_body = InitiativeChange,
    params(("id" = i64, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn change(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    let (change, text) = body::read::<InitiativeChange>(&api, &asked, brought).await?;
    let sum = change.sum.as_deref().map(|sum| body::sum(&api, &asked, sum)).transpose()?;
    if sum.is_none() && change.days.is_none() {
        return Err(unreadable(&api, &asked, "sum, days"));
    }
    api.act(&asked, &text, async move |work, caller, _| {
        let mut told = 0;
        if let Some(sum) = sum {
            told += initiatives::lower_sum(work, caller.member, which, sum).await?;
        }
        if let Some(days) = change.days {
            told += initiatives::prolong(work, caller.member, which, days).await?;
        }
        Ok(Told::of(told))
    })
    .await
}

/// Tells the voters of my initiative something, once a day.
#[utoipa::path(post, path = "/api/v1/initiatives/{id}/news", tag = "initiatives", operation_id = "news", request_body = News,
    params(("id" = i64, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn tell(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    let (news, text) = body::read::<News>(&api, &asked, brought).await?;
    let words = body::text(&api, &asked, Words::read(&news.text))?;
    api.act(&asked, &text, async move |work, caller, _| {
        Ok(Told::of(initiatives::tell_voters(work, caller.member, which, &words).await?))
    })
    .await
}

/// Cancels my initiative, and all that was not promised with it.
#[utoipa::path(delete, path = "/api/v1/initiatives/{id}", tag = "initiatives", operation_id = "cancel",
    params(("id" = i64, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn cancel(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: CollectionId = id(&api, &asked, &which)?;
    api.act(&asked, "", async move |work, caller, _| {
        Ok(Told::of(initiatives::cancel(work, caller.member, which).await?))
    })
    .await
}
