//! Pools that the caller is in, and their cases.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Asked;
use super::body::{self, id, unreadable};
use super::call::{Answer, Api};
use super::models::{Done, Invite, Made, Member, Told, minor};
use super::paging::Page;
use super::problem::Problem;
use crate::aid::pools::{self, CaseSeen, PoolSeen};
use crate::domain::invite::{DAYS, Term};
use crate::domain::{CaseId, CaseWords, PoolId, PoolName, PoolRules, Refusal, Terms, Unit};

/// A pool in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PoolLine {
    pub id: i64,
    pub name: String,
    /// How many of its cases wait for my answer.
    pub waiting: i64,
}

/// A pool that I am in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pool {
    pub id: i64,
    pub name: String,
    pub rules: String,
    pub open: bool,
    /// The least and the most that a member says they would give in a month.
    pub smallest: String,
    pub largest: String,
    /// For how many hours a case is discussed.
    pub hours: i32,
    pub members: u64,
    /// The sum of all contributions.
    pub volume: String,
    /// The most that I would give in a month, and how much of it I have promised in this one.
    pub contribution: String,
    pub given: String,
    /// I have been in it longest, and look after it.
    pub looks_after: bool,
    /// What is discussed.
    pub cases: Vec<CaseInPool>,
}

/// A case in its pool.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseInPool {
    pub id: i64,
    pub owner: Member,
    pub sum: String,
    pub until: DateTime<Utc>,
    /// How much I am asked for.
    pub share: Option<String>,
}

/// A case of a pool.
#[derive(Debug, Serialize, ToSchema)]
pub struct Case {
    pub id: i64,
    pub pool: i64,
    pub owner: Member,
    pub text: String,
    pub sum: String,
    /// `discussed`, `asked_again`, `leaving`, `settled` or `over`.
    pub phase: String,
    pub until: DateTime<Utc>,
    /// How many are asked, and how many of those take their share.
    pub asked: u64,
    pub confirmed: u64,
    /// What I am asked for, and the most that it can still become.
    pub share: Option<String>,
    pub most: Option<String>,
    /// The number of my own obligation, when it has settled.
    pub owed: Option<i64>,
}

impl Pool {
    fn of(seen: &PoolSeen, unit: &Unit) -> Pool {
        let pool = &seen.pool;
        let case = |line: &pools::CaseLine| CaseInPool {
            id: line.case.id.number(),
            owner: Member::of(line.case.owner, &line.name),
            sum: unit.plain(line.case.sum),
            until: line.case.until,
            share: line.mine.map(|mine| unit.plain(mine.share)),
        };
        Pool {
            id: pool.id.number(),
            name: pool.name.clone(),
            rules: pool.rules.clone(),
            open: pool.is_open(),
            smallest: minor(unit, pool.smallest),
            largest: minor(unit, pool.largest),
            hours: pool.hours,
            members: seen.volume.members,
            volume: unit.plain(seen.volume.sum),
            contribution: unit.plain(seen.contribution),
            given: unit.plain(seen.given),
            looks_after: seen.looks_after,
            cases: seen.cases.iter().map(case).collect(),
        }
    }
}

impl Case {
    fn of(seen: &CaseSeen, unit: &Unit) -> Case {
        let case = &seen.case;
        Case {
            id: case.id.number(),
            pool: case.pool.number(),
            owner: Member::of(case.owner, &seen.name),
            text: seen.words.clone(),
            sum: unit.plain(case.sum),
            phase: case.phase.as_str().to_owned(),
            until: case.until,
            asked: seen.asked as u64,
            confirmed: seen.confirmed as u64,
            share: seen.mine.map(|mine| unit.plain(mine.share)),
            most: seen.mine.map(|mine| unit.plain(mine.most)),
            owed: seen.owed.map(|owed| owed.number()),
        }
    }
}

/// A pool to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPool {
    pub name: String,
    /// At most 2,000 characters.
    pub rules: String,
    pub smallest: String,
    pub largest: String,
    /// For how many hours a case is discussed; 24, if nothing is said.
    pub hours: Option<u32>,
    /// The most that I would give in a month.
    pub contribution: String,
}

/// A contribution, and where to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinPool {
    /// The word of the invite.
    pub token: String,
    pub contribution: String,
}

/// The most that I would give in a month.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    pub contribution: String,
}

/// For how long an invite stands; for one person, if nothing is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PoolInvite {
    pub days: Option<u32>,
}

/// A case to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    pub text: String,
    pub sum: String,
}

/// A sum.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    pub sum: String,
}

/// The pools that I am in.
#[utoipa::path(get, path = "/api/v1/pools", tag = "pools", operation_id = "pools", responses(
    (status = 200, body = Page<PoolLine>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    api.read(&asked, async move |aid, caller, _| {
        let mine = pools::pools_of(aid, caller.member).await?.into_iter();
        let items =
            mine.map(|pool| PoolLine { id: pool.id.number(), name: pool.name, waiting: pool.waiting }).collect();
        Ok(Page { items, next: None })
    })
    .await
}

/// A pool that I am in.
#[utoipa::path(get, path = "/api/v1/pools/{id}", tag = "pools", operation_id = "pool",
    params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, body = Pool), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn one(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: PoolId = id(&api, &asked, &which)?;
    api.read(&asked, async move |aid, caller, api| {
        Ok(Pool::of(&pools::pool_seen(aid, caller.member, which).await?, api.unit()))
    })
    .await
}

/// Opens a pool. Nothing is paid in, and nobody holds anything.
#[utoipa::path(post, path = "/api/v1/pools", tag = "pools", operation_id = "open_pool", request_body = OpenPool,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Made), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn open(State(api): State<Arc<Api>>, asked: Asked, brought: Body) -> Answer {
    let (open, text) = body::read::<OpenPool>(&api, &asked, brought).await?;
    let name = body::text(&api, &asked, PoolName::read(&open.name))?;
    let rules = body::text(&api, &asked, PoolRules::read(&open.rules))?;
    let (smallest, largest) = (body::sum(&api, &asked, &open.smallest)?, body::sum(&api, &asked, &open.largest)?);
    let contribution = body::sum(&api, &asked, &open.contribution)?;
    api.act(&asked, &text, async move |work, caller, _| {
        let terms = Terms::new(smallest, largest, open.hours.unwrap_or(24))?;
        let id = pools::open_pool(work, caller.member, (&name, &rules), terms, contribution).await?;
        Ok(Made { id: id.number() })
    })
    .await
}

/// Joins the pool to which an invite leads.
#[utoipa::path(post, path = "/api/v1/pools/join", tag = "pools", operation_id = "join_pool", request_body = JoinPool,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Made), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn join(State(api): State<Arc<Api>>, asked: Asked, brought: Body) -> Answer {
    let (join, text) = body::read::<JoinPool>(&api, &asked, brought).await?;
    let contribution = body::sum(&api, &asked, &join.contribution)?;
    api.act(&asked, &text, async move |work, caller, _| {
        Ok(Made { id: pools::join(work, caller.member, &join.token, contribution).await?.number() })
    })
    .await
}

/// Gives more or less to a pool from now on, at the most.
#[utoipa::path(post, path = "/api/v1/pools/{id}/membership", tag = "pools", operation_id = "change_contribution",
    request_body = Contribution,
    params(("id" = i64, Path, description = "The pool's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Done), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn contribution(
    State(api): State<Arc<Api>>,
    Path(which): Path<String>,
    asked: Asked,
    brought: Body,
) -> Answer {
    let which: PoolId = id(&api, &asked, &which)?;
    let (to, text) = body::read::<Contribution>(&api, &asked, brought).await?;
    let to = body::sum(&api, &asked, &to.contribution)?;
    api.act(&asked, &text, async move |work, caller, _| {
        pools::change_contribution(work, caller.member, which, to).await?;
        Ok(Done {})
    })
    .await
}

/// Leaves a pool.
#[utoipa::path(delete, path = "/api/v1/pools/{id}/membership", tag = "pools", operation_id = "leave_pool",
    params(("id" = i64, Path, description = "The pool's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Done), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn leave(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: PoolId = id(&api, &asked, &which)?;
    api.act(&asked, "", async move |work, caller, _| {
        pools::leave_pool(work, caller.member, which).await?;
        Ok(Done {})
    })
    .await
}

/// Makes an invite to a pool that I am in.
#[utoipa::path(post, path = "/api/v1/pools/{id}/invites", tag = "pools", operation_id = "invite_to_pool", request_body = PoolInvite,
    params(("id" = i64, Path, description = "The pool's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Invite), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn invite(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: PoolId = id(&api, &asked, &which)?;
    let (make, text) = body::read::<PoolInvite>(&api, &asked, brought).await?;
    if make.days.is_some_and(|days| !DAYS.contains(&days)) {
        return Err(unreadable(&api, &asked, "days"));
    }
    api.act(&asked, &text, async move |work, caller, api| {
        let term = match make.days {
            Some(days) => Term::days(work.today(), days, &work.rules.zone).ok_or(Refusal::Days)?,
            None => Term::ForOne,
        };
        pools::invite_to_pool(work, caller.member, which, term).await?;
        let made = pools::pool_invite(work, caller.member, which).await?.ok_or(Refusal::Unknown)?;
        let links = api.settings.ways_in.now().iter().filter_map(|way| way.link(&made.token).0).collect();
        Ok(Invite::of(&made, links))
    })
    .await
}

/// A case that I have something to do with.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "pools", operation_id = "case",
    params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, body = Case), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn case(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: CaseId = id(&api, &asked, &which)?;
    api.read(&asked, async move |aid, caller, api| {
        Ok(Case::of(&pools::case_seen(aid, caller.member, which).await?, api.unit()))
    })
    .await
}

/// Opens a case: something has happened to me that the rules cover.
#[utoipa::path(post, path = "/api/v1/pools/{id}/cases", tag = "pools", operation_id = "open_case", request_body = OpenCase,
    params(("id" = i64, Path, description = "The pool's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Made), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn open_case(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: PoolId = id(&api, &asked, &which)?;
    let (open, text) = body::read::<OpenCase>(&api, &asked, brought).await?;
    let words = body::text(&api, &asked, CaseWords::read(&open.text))?;
    let sum = body::sum(&api, &asked, &open.sum)?;
    api.act(&asked, &text, async move |work, caller, _| {
        Ok(Made { id: pools::open_case(work, caller.member, which, &words, sum).await?.number() })
    })
    .await
}

/// Takes my share of a case, if it is not more than this sum, which was read.
#[utoipa::path(post, path = "/api/v1/cases/{id}/share", tag = "pools", operation_id = "take_share", request_body = Sum,
    params(("id" = i64, Path, description = "The case's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Case), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn take_share(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: CaseId = id(&api, &asked, &which)?;
    let (read, text) = body::read::<Sum>(&api, &asked, brought).await?;
    let read = body::sum(&api, &asked, &read.sum)?;
    api.act(&asked, &text, async move |work, caller, api| {
        pools::confirm(work, caller.member, which, read).await?;
        Ok(Case::of(&pools::case_seen(work, caller.member, which).await?, api.unit()))
    })
    .await
}

/// Asks for less in my case.
#[utoipa::path(post, path = "/api/v1/cases/{id}", tag = "pools", operation_id = "lower_case", request_body = Sum,
    params(("id" = i64, Path, description = "The case's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn lower_case(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which: CaseId = id(&api, &asked, &which)?;
    let (to, text) = body::read::<Sum>(&api, &asked, brought).await?;
    let to = body::sum(&api, &asked, &to.sum)?;
    api.act(&asked, &text, async move |work, caller, _| {
        Ok(Told::of(pools::lower(work, caller.member, which, to).await?))
    })
    .await
}

/// Withdraws my case.
#[utoipa::path(delete, path = "/api/v1/cases/{id}", tag = "pools", operation_id = "withdraw_case",
    params(("id" = i64, Path, description = "The case's number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Told), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw_case(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: CaseId = id(&api, &asked, &which)?;
    api.act(&asked, "", async move |work, caller, _| Ok(Told::of(pools::withdraw(work, caller.member, which).await?)))
        .await
}
