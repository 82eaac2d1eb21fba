//! Offers to pass something on that something else has overtaken: what they are about can't be done any more.

use super::Aid;
use crate::domain::chain::Stage;
use crate::domain::{CommitmentId, Event, MemberId};
use crate::store;
use sea_orm::DbErr;

/// What these events have made impossible ends, whoever has done it; those who know of it are told. Nothing is asked of the database
/// where nothing has changed that an offer goes by.
pub(super) async fn end_what_can_not_be(
    aid: &Aid<'_>,
    events: &[Event],
    by: Option<MemberId>,
) -> Result<Vec<Event>, DbErr> {
    let changed = || events.iter().filter(|event| event.changes_what_is_owed());
    let helps = changed().flat_map(|event| [event.help(), event.rest()]).flatten();
    let commitments: Vec<CommitmentId> = helps.map(|help| help.commitment).collect();
    let members: Vec<MemberId> = changed().filter_map(Event::changes_whom).collect();
    let impossible = store::chain::impossible(aid.tx, &commitments, &members).await?;
    if impossible.is_empty() {
        return Ok(Vec::new());
    }
    store::chain::end(aid.tx, impossible.iter().map(|chain| chain.id), Stage::Void, aid.now).await?;
    Ok(impossible.iter().map(|chain| chain.over(Stage::Void, by)).collect())
}
