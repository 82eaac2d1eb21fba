//! Answering a notice about an initiative.

use super::vote::vote_or_ask;
use super::words::initiative_at;
use crate::domain::{CollectionId, Money};
use crate::screens::world::Here;
use exodus_engine::conversation::{Answered, Fault, To};

/// Votes for the initiative that a notice proposes, with a sum that it offers.
///
/// # Errors
/// See [`Fault`].
pub async fn answer(cx: &Here<'_>, initiative: CollectionId, sum: Money) -> Result<Answered, Fault> {
    let step = vote_or_ask(cx, initiative, sum, To::Go(initiative_at(initiative))).await?;
    Ok(Answered { step, stays_open: false })
}
