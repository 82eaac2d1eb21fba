//! Answering a notice about a case.

use super::case::take_share;
use super::words::case_at;
use crate::domain::CaseId;
use crate::notices;
use crate::screens::world::Here;
use exodus_engine::conversation::{Answered, Fault, Kept, To};

/// Takes one's share of the case that a notice asks for.
///
/// # Errors
/// See [`Fault`].
pub async fn answer(cx: &Here<'_>, notice: &Kept, deed: &str, case: CaseId) -> Result<Answered, Fault> {
    let read = notices::share_read(notice, deed).ok_or(Fault::Lost)?;
    let step = take_share(cx, case, read, To::Go(case_at(case))).await?;
    Ok(Answered { step, stays_open: false })
}
