//! Invites that the caller has made.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::body::{self, id, unreadable};
use super::call::{Answer, Api};
use super::models::{Invite, member};
use super::paging::Page;
use super::problem::Problem;
use crate::aid;
use crate::domain::invite::{DAYS, Term};
use crate::domain::{InviteId, Refusal};

/// An invite to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Make {
    /// To whose card it leads: mine, if nothing is said, or that of somebody in need.
    pub member: Option<i64>,
    /// It ends when one has come by it.
    #[serde(default)]
    pub for_one: bool,
    /// It ends after so many days: 1, 7 or 30.
    pub days: Option<u32>,
}

impl Api {
    /// The links that carry an invite's word, or lead to where it is sent.
    fn links(&self, token: &str) -> Vec<String> {
        self.settings.ways_in.now().iter().filter_map(|way| way.link(token).0).collect()
    }
}

/// The invites that I have made and that stand, the newest first.
#[utoipa::path(get, path = "/api/v1/invites", tag = "invites", operation_id = "invites", responses(
    (status = 200, body = Page<Invite>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    api.read(&asked, async move |aid, caller, api| {
        let made = aid::invites_made(aid, caller.member).await?;
        let items = made.iter().map(|one| Invite::of(one, api.links(&one.token))).collect();
        Ok(Page { items, next: None })
    })
    .await
}

/// Makes an invite to my card, or to that of somebody in need, who is told; without an end, the one that there is.
#[utoipa::path(post, path = "/api/v1/invites", tag = "invites", operation_id = "invite", request_body = Make,
    params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Invite), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn make(State(api): State<Arc<Api>>, asked: Asked, brought: Body) -> Answer {
    let (make, text) = body::read::<Make>(&api, &asked, brought).await?;
    if make.days.is_some_and(|days| !DAYS.contains(&days) || make.for_one) {
        return Err(unreadable(&api, &asked, "days"));
    }
    api.act(&asked, &text, async move |work, caller, api| {
        let (me, to) = (caller.member, make.member.map_or(caller.member, member));
        let id = match (make.for_one, make.days) {
            (true, _) => aid::invite_for(work, me, to, Term::ForOne).await?,
            (false, Some(days)) => {
                let term = Term::days(work.today(), days, &work.rules.zone).ok_or(Refusal::Days)?;
                aid::invite_for(work, me, to, term).await?
            }
            (false, None) => aid::invite(work, me, to).await?,
        };
        let made = aid::invite_of(work, me, id).await?;
        Ok(Invite::of(&made, api.links(&made.token)))
    })
    .await
}

/// Revokes an invite that I have made, or that leads to my card.
#[utoipa::path(delete, path = "/api/v1/invites/{id}", tag = "invites", operation_id = "revoke",
    params(("id" = i64, Path, description = "Its number"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Invite), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn revoke(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which: InviteId = id(&api, &asked, &which)?;
    api.act(&asked, "", async move |work, caller, _| {
        Ok(Invite::of(&aid::revoke(work, caller.member, which).await?, Vec::new()))
    })
    .await
}
