//! Initiatives (section 12 of docs/rules.md): common projects, for which members vote with intentions.
//!
//! An initiative is a collection, and a vote is an intention to it: it is declared, changed, withdrawn, promised, claimed and
//! confirmed like any help ([`declare`], [`perform`]). Here is what makes it an initiative: proposing it, what its initiator
//! changes and tells, and how it goes on by itself. Whoever acts on one takes its collection first, so that two who do so come
//! one after the other: one who votes, one who withdraws, and the step of the calendar that asks all voters to promise.
//!
//! [`declare`]: super::declare
//! [`perform`]: super::perform

mod changing;
mod ending;
mod group;
mod proposing;
mod seen;

pub use changing::{cancel, close, lower_sum, next_news, prolong, tell_voters};
pub use ending::{end_promises, end_votes, reach};
pub use group::{
    InitiativeBound, InitiativeGroups, bind_initiative, cards, initiative_groups, let_initiative_groups_go,
};
pub use proposing::{audience, count_audience, may_propose, propose};
pub use seen::{Initiative, count_open, count_over, open, over, seen, takes_vote};

pub(super) use ending::leave;

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::{Aid, Refused, heard};
use crate::domain::{Category, Collection, CollectionId, MemberId, Refusal, State};
use crate::store::{self, Slice};

/// An initiative, taken: whoever else acts on it comes after this.
async fn locked(aid: &Aid<'_>, id: CollectionId) -> Result<Collection, Refused> {
    let initiative = store::collection::find_locked(aid.tx, id).await?;
    Ok(initiative.filter(|one| one.kind.asks_for_votes()).ok_or(Refusal::Unknown)?)
}

/// The same, where it is this member's own.
async fn mine(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<Collection, Refused> {
    let initiative = locked(aid, id).await?;
    if initiative.owner == who { Ok(initiative) } else { Err(Refusal::Unknown.into()) }
}

/// What those have given to an initiative who say so, or of whom its initiator does.
pub const GIVEN: [State; 4] = [State::Claimed, State::OverdueClaimed, State::Fulfilled, State::FulfilledLate];

/// What those do who take part in an initiative: they vote for it, have promised something to it, or have given it.
const TAKING_PART: [State; 7] = [
    State::Intention,
    State::Obligation,
    State::Overdue,
    State::Claimed,
    State::OverdueClaimed,
    State::Fulfilled,
    State::FulfilledLate,
];

/// Those who vote for an initiative, have promised something to it, or have given it.
pub async fn voters(aid: &Aid<'_>, id: CollectionId) -> Result<BTreeSet<MemberId>, DbErr> {
    let listed = store::commitment::of_collection(aid.tx, id, &TAKING_PART, Slice::ALL).await?;
    Ok(listed.into_iter().map(|one| one.commitment.supporter).collect())
}

/// How many hear of it when an initiative is cancelled or closed: whose votes end by it, whose promises stand, and who has given
/// something already.
pub async fn count_told_of_end(aid: &Aid<'_>, initiative: &Collection) -> Result<usize, Refused> {
    heard::of_helpers(aid, initiative, &TAKING_PART, Category::OwnHelp).await
}

/// How many of its voters hear of what happens to it.
pub async fn count_voters_told(aid: &Aid<'_>, initiative: &Collection) -> Result<usize, Refused> {
    heard::of_helpers(aid, initiative, &TAKING_PART, Category::Supported).await
}
