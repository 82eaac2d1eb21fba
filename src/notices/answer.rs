//! The choices that answer a notice.

use crate::aid::{self, Aid, Refused};
use crate::domain::{About, Commitment, CommitmentId, DeedKind, MemberId, Refusal};
use exodus_engine::conversation::Kept;

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
    /// An intention on hold became an obligation of the emergency.
    Moved,
    /// An intention that had lapsed was declared again.
    Again,
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
pub async fn act(aid: &Aid<'_>, who: MemberId, notice: &Kept, deed: &str) -> Result<Done, Refused> {
    let Some(About::Commitment(commitment)) = about(notice, deed) else { return Err(Refusal::Unknown.into()) };
    if read_again(deed).is_some() {
        return Ok(Done { commitment: aid::again(aid, who, commitment).await?, did: Did::Again });
    }
    let kind = DeedKind::parse(deed);
    let (commitment, did) = match kind.and_then(|kind| Some((kind, kind.deed()?))) {
        Some((kind, deed)) => (aid::perform(aid, who, commitment, deed).await?, Did::Deed(kind)),
        None => (aid::move_to_emergency(aid, who, commitment).await?, Did::Moved),
    };
    Ok(Done { commitment, did })
}
