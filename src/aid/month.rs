//! The month's close, applied to the records a part at a time: by the calendar, or by a turn that comes before it.

use sea_orm::DbErr;

use super::{Aid, journal};
use crate::domain::{self, Entry, Event, MemberId, Month};
use crate::store;
use crate::store::commitment::Pair;

/// How many commitments are closed in one transaction: so few that nobody who waits for it notices.
const AT_ONCE: u64 = 200;

/// Closes a month on the next commitments behind `after`, and says up to where it has come; `None` at the end.
///
/// Closing what is closed already changes nothing.
pub async fn close_next(aid: &Aid<'_>, ended: Month, after: Pair) -> Result<Option<Pair>, DbErr> {
    let entries = store::commitment::to_close(aid.tx, after, aid.at_once(AT_ONCE)).await?;
    let Some(last) = entries.last() else { return Ok(None) };
    let last = (last.commitment.collection, last.commitment.supporter);
    close(aid, ended, &entries).await?;
    Ok(Some(last))
}

/// Closes the months that have ended on all that a member is a side of, if the calendar has not come by yet: nobody can
/// promise what has lapsed, whoever is faster after midnight.
pub async fn close_for(aid: &Aid<'_>, member: MemberId) -> Result<(), DbErr> {
    // As many rounds as there are months to be closed: one, or what passed while nobody was at work.
    while store::commitment::is_behind(aid.tx, member, aid.month()).await? {
        let entries = store::commitment::to_close_of(aid.tx, member).await?;
        let oldest = entries.iter().map(|entry| entry.commitment.month).min();
        // The calendar may have come by since we looked: then what we waited for is closed, and its month is not over.
        let Some(oldest) = oldest.filter(|month| *month < aid.month()) else { break };
        close(aid, oldest, &entries).await?;
    }
    Ok(())
}

/// Closes a month on these, and writes the journal: it was nobody's deed.
async fn close(aid: &Aid<'_>, ended: Month, entries: &[Entry]) -> Result<(), DbErr> {
    let closed = domain::close(ended, entries);
    let carried = store::commitment::close(aid.tx, ended, entries, &closed, aid.now).await?;
    let carried = carried.iter().map(|intention| Event::CarriedOver { help: intention.help(), month: intention.month });
    let events: Vec<Event> = closed.changed.iter().map(|outcome| outcome.event).chain(carried).collect();
    journal::note(aid, None, &events).await
}
