//! Acting while a clearing is under way: it notices, or whoever acts does. The two have one row in common.

use super::Aid;
use crate::domain::MemberId;
use crate::store;
use exodus_engine::conversation::Fault;

/// Something was changed that a clearing may have read, by this member or by the calendar: asked at the end of a use case, when
/// all is written.
///
/// A clearing that only reads and computes is told, and begins anew. One that was decided in this moment, after the member's
/// own lines of earlier ones had been carried out, comes first: what was done is undone and played again on what it has left.
///
/// # Errors
/// [`Fault::Raced`], in the latter case.
pub async fn meet(aid: &Aid<'_>, by: Option<MemberId>) -> Result<(), Fault> {
    store::clearing::wait_at_gate(aid.tx).await?;
    // One that begins from now on waits at the gate until all of this is committed.
    if !store::clearing::is_under_way(aid.tx).await? {
        return Ok(());
    }
    store::clearing::disturb(aid.tx).await?;
    let Some(member) = by else { return Ok(()) };
    match store::clearing::decided(aid.tx).await? {
        Some(clearing) if store::set_off::is_any_to_do_of(aid.tx, clearing, member).await? => Err(Fault::Raced),
        _ => Ok(()),
    }
}
