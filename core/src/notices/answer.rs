//! The choices that answer a notice.

use super::chains::{AGREE, DECLINE};
use super::collections::MOVE;
use super::pools::TAKE;
use super::proposed::{PROPOSED, vote_of};
use super::{Fact, Facts, Names, page};
use crate::aid::{self, Aid, Refused, Work};
use crate::domain::{About, Commitment, CommitmentId, DeedKind, MemberId, Money, Refusal};
use exodus_engine::conversation::{Choice, Fault, Kept};

/// What was done in answer to a notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub commitment: Commitment,
    pub did: Did,
}

/// What can be done on a commitment: the deeds of its two sides, and what makes another one of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    Deed(DeedKind),
    /// A part was claimed, and so much is left.
    Part(Money),
    /// By this deed a claim is one again with the obligation that it was a part of.
    Whole(DeedKind),
    /// An intention on hold became an obligation of the emergency.
    Moved,
    /// An intention that had lapsed was declared again.
    Again,
    /// The other side is asked to write.
    AskedToWrite,
}

/// The deed that declares an intention again; its number follows, because a digest offers several.
const AGAIN: &str = "again/";

/// The name of the deed that declares this intention again.
pub(super) fn again(commitment: CommitmentId) -> String {
    format!("{AGAIN}{commitment}")
}

fn read_again(deed: &str) -> Option<CommitmentId> {
    deed.strip_prefix(AGAIN)?.parse().ok()
}

/// What this deed of a notice acts on, or else what the notice leads to.
pub fn about(notice: &Kept, deed: &str) -> Option<About> {
    read_again(deed).map(About::Commitment).or_else(|| notice.about.as_deref()?.parse().ok())
}

/// Does a deed that the notice offers. What declares an intention again works once as well, because there is one then.
///
/// # Errors
/// See [`Refused`].
pub async fn act(aid: &Work<'_>, who: MemberId, notice: &Kept, deed: &str) -> Result<Done, Refused> {
    let Some(About::Commitment(commitment)) = about(notice, deed) else { return Err(Refusal::Unknown.into()) };
    if read_again(deed).is_some() {
        return Ok(Done { commitment: aid::again(aid, who, commitment).await?, did: Did::Again });
    }
    let kind = DeedKind::parse(deed);
    let (commitment, did) = match kind.and_then(|kind| Some((kind, kind.deed()?))) {
        Some((kind, deed)) => {
            if kind == DeedKind::Promise {
                aid::is_promised_as_asked(aid, who, commitment, sum(notice, "sum")).await?;
            }
            (aid::perform(aid, who, commitment, deed).await?, Did::Deed(kind))
        }
        None => {
            aid::is_moved_as_asked(aid, who, commitment, sum(notice, "intention")).await?;
            (aid::move_to_emergency(aid, who, commitment).await?, Did::Moved)
        }
    };
    Ok(Done { commitment, did })
}

/// Whether this deed of a notice promises an intention for the emergency that puts it on hold.
pub fn moves(deed: &str) -> bool {
    deed == MOVE
}

/// The share that a notice asks for, where this deed of it takes it.
pub fn share_read(notice: &Kept, deed: &str) -> Option<Money> {
    (deed == TAKE).then(|| sum(notice, "sum"))
}

/// Whether this deed of a notice agrees to what it asks, where it is the answer to an offer to pass something on.
pub fn agrees(deed: &str) -> Option<bool> {
    [(AGREE, true), (DECLINE, false)].into_iter().find(|(name, _)| *name == deed).map(|(_, agrees)| agrees)
}

/// A sum that a notice speaks of.
fn sum(notice: &Kept, name: &str) -> Money {
    let facts: Facts = serde_json::from_str(&notice.facts).unwrap_or_default();
    match facts.get(name) {
        Some(Fact::Sum(minor)) => Money::from_minor(*minor),
        _ => Money::default(),
    }
}

/// Whether a notice may have offered this deed when it was sent: with which sums one can vote follows what is still lacking. Who
/// votes with more than that by now is asked.
pub fn has_offered(notice: &Kept, deed: &str) -> bool {
    notice.kind == PROPOSED && vote_of(deed).is_some()
}

/// Whether nothing that a notice offers to do can be done any more, however that came.
///
/// # Errors
/// The database does not answer.
pub async fn is_over(aid: &Aid<'_>, who: MemberId, notice: &Kept) -> Result<bool, Fault> {
    if let Some(About::Case(id)) = about(notice, "") {
        let asks = super::category(&notice.kind).is_some_and(|(_, asks)| asks);
        return Ok(asks && !aid::pools::is_waited_for(aid, who, id).await?);
    }
    if let Some(About::Chain(id)) = about(notice, "") {
        let asks = super::category(&notice.kind).is_some_and(|(_, asks)| asks);
        return Ok(asks && !aid::chains::is_waited_for(aid, who, id).await?);
    }
    if let Some(About::Collection(id)) = about(notice, "") {
        return Ok(notice.kind == PROPOSED && !aid::initiatives::takes_vote(aid, who, id).await?);
    }
    let Some(About::Commitment(id)) = about(notice, "") else { return Ok(false) };
    // What it offers is the same, whoever it names.
    let page = page(&notice.kind, &notice.facts, Some(About::Commitment(id)), &Names::default()).unwrap_or_default();
    let deeds: Vec<Option<DeedKind>> = page.rows.iter().flatten().filter_map(deed_of).collect();
    if deeds.is_empty() {
        return Ok(false);
    }
    let helping = match aid::helping(aid, who, id).await {
        Ok(helping) => helping,
        Err(Refused::Rule(_)) => return Ok(true),
        Err(Refused::Fault(fault)) => return Err(fault),
    };
    if deeds.iter().flatten().any(|deed| helping.available.contains(deed)) {
        return Ok(false);
    }
    let moves = deeds.contains(&None) && aid::missing_to_move(aid, who, id).await?.is_some();
    Ok(!moves)
}

/// What a choice does or asks about: one of the deeds, or none of them, which is the promise for an emergency.
pub(super) fn deed_of(choice: &Choice) -> Option<Option<DeedKind>> {
    match choice {
        Choice::Do { name, .. } if name == MOVE => Some(None),
        Choice::Do { name, .. } => DeedKind::parse(name).map(Some),
        Choice::Go { to, .. } => to.arg(1).and_then(DeedKind::parse).map(Some),
        _ => None,
    }
}
