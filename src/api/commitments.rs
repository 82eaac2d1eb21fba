//! Help: the lists of the organizer with its archive, one commitment, and all deeds on it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use super::asked::{Asked, lang_of};
use super::body::{self, id, unreadable};
use super::call::{Answer, Api};
use super::models::Help;
use super::paging::{Page, Part};
use super::problem::Problem;
use crate::aid::{self, List};
use crate::domain::{CommitmentId, DeedKind, MemberId, Money, Note, State as CommitmentState};

/// What the lists are called.
const LISTS: [(&str, List); 8] = [
    ("mine", List::Mine),
    ("for-me", List::ForMe),
    ("claimed", List::Claimed),
    ("to-confirm", List::ToConfirm),
    ("overdue", List::Overdue),
    ("overdue-for-me", List::OverdueForMe),
    ("given", List::Given),
    ("received", List::Received),
];

/// How much, and whether that was thought about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// A decimal number: `120.50`.
    pub sum: String,
    /// Yes, also if that is more than is missing.
    #[serde(default)]
    pub sure: bool,
}

/// What a deed needs beside its name.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deed {
    /// `change`: the new sum. `claim_part`: how much of it was given. `promise`: the sum that was read, if it is to be checked.
    pub sum: Option<String>,
    /// `claim`, `claim_part`, `note`: what is said about it, at most 180 characters.
    pub note: Option<String>,
    /// `promise`, `change`: yes, also if that is more than is missing.
    #[serde(default)]
    pub sure: bool,
}

/// A list of help, with the archive.
#[utoipa::path(get, path = "/api/v1/commitments", tag = "help", operation_id = "commitments",
    params(
        ("list" = Option<String>, Query, description = "`mine` (the usual): my intentions and obligations; `for-me`: those in my \
            favour; `claimed`, `to-confirm`: what waits for confirmation; `overdue`, `overdue-for-me`; `given`, `received`: the archive"),
        ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<Help>), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn list(State(api): State<Arc<Api>>, asked: Asked) -> Answer {
    let named = asked.query("list").unwrap_or("mine");
    let list = LISTS.into_iter().find(|(name, _)| *name == named).ok_or_else(|| unreadable(&api, &asked, "list"))?.1;
    let part = Part::of(&api, &asked)?;
    api.read(&asked, async move |aid, caller, api| {
        let listed = aid::listed(aid, caller.member, list, part.slice()).await?;
        Ok(part.page(listed, |one| Help::listed(&one, caller.member, api.unit())))
    })
    .await
}

/// One commitment of which I am a side.
#[utoipa::path(get, path = "/api/v1/commitments/{id}", tag = "help", operation_id = "commitment",
    params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, body = Help), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn one(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked) -> Answer {
    let which = id(&api, &asked, &which)?;
    api.read(&asked, async move |aid, caller, api| {
        Ok(Help::seen(&aid::helping(aid, caller.member, which).await?, caller.member, api.unit()))
    })
    .await
}

/// Offers help to a collection: an intention to a monthly one, an obligation to an emergency.
#[utoipa::path(post, path = "/api/v1/collections/{id}/help", tag = "help", operation_id = "help", request_body = Offer,
    params(("id" = i64, Path, description = "The number of the collection"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Help), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn help(State(api): State<Arc<Api>>, Path(which): Path<String>, asked: Asked, brought: Body) -> Answer {
    let which = id(&api, &asked, &which)?;
    let (offer, text) = body::read::<Offer>(&api, &asked, brought).await?;
    let sum = body::sum(&api, &asked, &offer.sum)?;
    api.act(&asked, &text, async move |work, caller, api| {
        // Also where nobody may see it, nothing is said of what it lacks.
        aid::asked(work, caller.member, which).await?;
        if !offer.sure {
            aid::not_more_than_missing(work, which, sum).await?;
        }
        let made = aid::declare(work, caller.member, which, sum).await?;
        Ok(Help::seen(&aid::helping(work, caller.member, made.id).await?, caller.member, api.unit()))
    })
    .await
}

/// Does something to a commitment: `promise`, `fulfil_now`, `change`, `withdraw`, `claim`, `claim_part`, `remind`, `take_back`,
/// `note`; or, for whoever is helped, `confirm`, `not_received`, `take_confirmation_back`, `ask_to_promise`, `ask_to_fulfil`,
/// `forgive`. What it comes to is the commitment, or the part that was claimed.
#[utoipa::path(post, path = "/api/v1/commitments/{id}/{deed}", tag = "help", operation_id = "deed", request_body = Deed,
    params(("id" = i64, Path, description = "The number of the commitment"), ("deed" = String, Path),
        ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Help), (status = "default", body = Problem, content_type = "application/problem+json")))]
pub async fn deed(
    State(api): State<Arc<Api>>,
    Path((which, deed)): Path<(String, String)>,
    asked: Asked,
    brought: Body,
) -> Answer {
    let which: CommitmentId = id(&api, &asked, &which)?;
    let nothing = || Problem::nothing(&api, &lang_of(&api, &asked.headers));
    let kind = DeedKind::parse(&deed).ok_or_else(nothing)?;
    let (brings, text) = body::read::<Deed>(&api, &asked, brought).await?;
    let sum = brings.sum.as_deref().map(|sum| body::sum(&api, &asked, sum)).transpose()?;
    let note = brings.note.as_deref().map(|note| body::text(&api, &asked, Note::read(note))).transpose()?;
    if matches!(kind, DeedKind::Change | DeedKind::ClaimPart) && sum.is_none() {
        return Err(unreadable(&api, &asked, "sum"));
    }
    api.act(&asked, &text, async move |work, caller, api| {
        let (me, sure) = (caller.member, brings.sure);
        is_as_read(work, me, (which, kind), sum, sure).await?;
        let done = match (kind, sum) {
            (DeedKind::Note, _) => aid::note(work, me, which, note.as_ref()).await?,
            (DeedKind::ClaimPart, Some(sum)) => aid::claim(work, me, which, sum, note.as_ref()).await?,
            (DeedKind::Claim, _) if note.is_some() => {
                let owed = aid::helping(work, me, which).await?.commitment.sum;
                aid::claim(work, me, which, owed, note.as_ref()).await?
            }
            (kind, sum) => aid::perform(work, me, which, kind.of(sum.unwrap_or(Money::ZERO))).await?,
        };
        Ok(Help::seen(&aid::helping(work, me, done.id).await?, me, api.unit()))
    })
    .await
}

/// Refuses what has to be asked about first: more than is missing, or another sum than was read.
async fn is_as_read(
    work: &aid::Work<'_>,
    me: MemberId,
    (which, kind): (CommitmentId, DeedKind),
    sum: Option<Money>,
    sure: bool,
) -> Result<(), aid::Refused> {
    let helping = aid::helping(work, me, which).await?;
    let intends = helping.commitment.state == CommitmentState::Intention;
    match (kind, sum) {
        (DeedKind::Promise, Some(read)) if sure && intends && read != helping.commitment.sum => {
            Err(crate::domain::Refusal::OtherSum.into())
        }
        (DeedKind::Promise, read) if !sure => {
            aid::is_promised_as_asked(work, me, which, read.unwrap_or(helping.commitment.sum)).await
        }
        (DeedKind::Change, Some(to)) if !sure && intends => {
            aid::not_more_than_missing(work, helping.collection.id, to).await
        }
        _ => Ok(()),
    }
}
