//! Members whom the caller may see.

use std::sync::Arc;

use axum::extract::{Path, State};

use super::asked::Asked;
use super::body::{id, unreadable};
use super::call::{Answer, Api};
use super::models::{Card, Given, InCircle, InList, Member};
use super::paging::{Page, Part};
use super::problem::Problem;
use crate::aid;
use crate::domain::Relation;
use crate::store::network::Whom;

/// What parts of a network are called.
const PARTS: [(&str, Whom); 9] = [
    ("near", Whom::Near),
    ("network", Whom::Network),
    ("helps-me", Whom::Who(Relation::HelpsMe)),
    ("i-help", Whom::Who(Relation::IHelp)),
    ("helps-my-helpers", Whom::Who(Relation::HelpsMyHelpers)),
    ("helps-whom-i-help", Whom::Who(Relation::HelpsWhomIHelp)),
    ("my-helpers-help", Whom::Who(Relation::MyHelpersHelp)),
    ("whom-i-help-helps", Whom::Who(Relation::WhomIHelpHelps)),
    ("beyond", Whom::Beyond),
];

/// A member's card.
#[utoipa::path(get, path = "/api/v1/members/{id}", tag = "members", operation_id = "card",
    params(("id" = i64, Path, description = "The member's number")),
    responses((status = 200, body = Card), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn card(State(api): State<Arc<Api>>, Path(whose): Path<String>, asked: Asked) -> Answer {
    let whose = id(&api, &asked, &whose)?;
    api.read(&asked, async move |aid, caller, api| {
        Ok(Card::of(&aid::card(aid, caller.member, whose).await?, api.unit()))
    })
    .await
}

/// Those who help a member now, as the caller may see them.
#[utoipa::path(get, path = "/api/v1/members/{id}/circle", tag = "members", operation_id = "circle",
    params(("id" = i64, Path, description = "The member's number"), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<InCircle>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn circle(State(api): State<Arc<Api>>, Path(whose): Path<String>, asked: Asked) -> Answer {
    let (whose, part) = (id(&api, &asked, &whose)?, Part::of(&api, &asked)?);
    api.read(&asked, async move |aid, caller, api| {
        let helpers = aid::circle_of(aid, caller.member, whose, part.slice()).await?;
        let listed = helpers.map(|helpers| helpers.listed).unwrap_or_default();
        Ok(part.page(listed, |helper| InCircle {
            member: Member::of(helper.id, &helper.name),
            seen: helper.seen,
            gives: helper.gives.iter().map(|gives| Given::of(gives, api.unit())).collect(),
        }))
    })
    .await
}

/// Those whom a member helps, as far as the caller may see them.
#[utoipa::path(get, path = "/api/v1/members/{id}/helps", tag = "members", operation_id = "helps",
    params(("id" = i64, Path, description = "The member's number"), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<InList>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn helps(State(api): State<Arc<Api>>, Path(whose): Path<String>, asked: Asked) -> Answer {
    let (whose, part) = (id(&api, &asked, &whose)?, Part::of(&api, &asked)?);
    api.read(&asked, async move |aid, caller, api| {
        let people = aid::helped_by(aid, caller.member, whose, part.slice()).await?;
        Ok(part.page(people.listed, |person| InList::of(&person, api.unit())))
    })
    .await
}

/// Those around the caller, those in need first.
#[utoipa::path(get, path = "/api/v1/network", tag = "members", operation_id = "network",
    params(
        ("who" = Option<String>, Query, description = "`network` (the usual), `near`, `helps-me`, `i-help`, `helps-my-helpers`, \
            `helps-whom-i-help`, `my-helpers-help`, `whom-i-help-helps` or `beyond` (those in need only)"),
        ("in_need" = Option<bool>, Query, description = "Leave out all who ask for nothing"),
        ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<InList>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn network(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    let named = asked.query("who").unwrap_or("network");
    let whom = PARTS.into_iter().find(|(name, _)| *name == named).ok_or_else(|| unreadable(&api, &asked, "who"))?.1;
    // Of those who are further away only who is in need may be seen.
    let in_need = whom == Whom::Beyond || asked.query("in_need") == Some("true");
    let part = Part::of(&api, &asked)?;
    api.read(&asked, async move |aid, caller, api| {
        let people = aid::around(aid, caller.member, whom, in_need, part.slice()).await?;
        Ok(part.page(people.listed, |person| InList::of(&person, api.unit())))
    })
    .await
}
