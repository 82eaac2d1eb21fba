//! The month's close, applied to the records a part at a time: by the calendar, or by a turn that comes before it.

use super::{Aid, Work, apart};
use crate::domain::{self, Commitment, Entry, Event, MemberId, Month};
use crate::store;
use crate::store::commitment::Pair;
use exodus_engine::conversation::Fault;

/// How many commitments are closed in one transaction: so few that nobody who waits for it notices.
const AT_ONCE: u64 = 200;

/// How far a month's close has come with one part.
pub struct Part {
    /// The last pair that was looked at.
    pub to: Pair,
    /// Whether the database refused the close of some pair: it stays as it is until one of its two says something, or the next
    /// month's close.
    pub left_out: bool,
}

/// Closes a month on the next commitments behind `after`; `None` at the end.
///
/// Closing what is closed already changes nothing.
pub async fn close_next(aid: &Work<'_>, ended: Month, after: Pair) -> Result<Option<Part>, Fault> {
    let entries = store::commitment::to_close(aid.tx, after, aid.at_once(AT_ONCE)).await?;
    let Some(last) = entries.last() else { return Ok(None) };
    let pairs = by_pair(&entries);
    let left_out = close(aid, ended, &pairs).await?;
    apart::tell(&left_out, |pair| format!("the end of month {} for commitment {}", ended.number(), ids(pair)));
    Ok(Some(Part { to: pair(last), left_out: !left_out.is_empty() }))
}

/// Closes the months that have ended on all that a member is a side of, if the calendar has not come by yet: nobody can
/// promise what has lapsed, whoever is faster after midnight.
pub async fn close_for(aid: &Work<'_>, member: MemberId) -> Result<(), Fault> {
    // As many rounds as there are months to be closed: one, or what passed while nobody was at work.
    while store::commitment::is_behind(aid.tx, member, aid.month()).await? {
        let entries = store::commitment::to_close_of(aid.tx, member).await?;
        let oldest = entries.iter().map(|entry| entry.commitment.month).min();
        // The calendar may have come by since we looked: then what we waited for is closed, and its month is not over.
        let Some(oldest) = oldest.filter(|month| *month < aid.month()) else { break };
        // What the database refuses keeps nobody from talking. The calendar tells the operator.
        match close(aid, oldest, &by_pair(&entries)).await {
            Ok(left_out) if left_out.is_empty() => {}
            Ok(_) | Err(Fault::Broken(_)) => break,
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Nobody acts on a month that has ended: what its close could not be done on waits until it can.
///
/// # Errors
/// The month of this commitment has ended and is not closed on it.
pub(super) fn is_closed_on(aid: &Aid<'_>, commitment: &Commitment) -> Result<(), Fault> {
    if commitment.state.is_live() && commitment.month < aid.month() {
        return Err(Fault::Broken(format!("the month of commitment {} could not be closed", commitment.id)));
    }
    Ok(())
}

/// Closes a month on these pairs but those that the database refuses.
async fn close<'a>(
    aid: &Work<'_>,
    ended: Month,
    pairs: &'a [&'a [Entry]],
) -> Result<apart::LeftOut<'a, &'a [Entry]>, Fault> {
    apart::each(aid, pairs, |aid, pairs| Box::pin(close_all(aid, ended, pairs.concat()))).await
}

/// Closes a month on these.
async fn close_all(aid: &Work<'_>, ended: Month, entries: Vec<Entry>) -> Result<(), Fault> {
    let closed = domain::close(ended, &entries);
    let carried = store::commitment::close(aid.tx, ended, &entries, &closed, aid.now).await?;
    let carried = carried.iter().map(|intention| Event::CarriedOver { help: intention.help(), month: intention.month });
    closed.changed.iter().map(|outcome| outcome.event).chain(carried).for_each(|event| aid.happened(event));
    Ok(())
}

fn pair(entry: &Entry) -> Pair {
    (entry.commitment.collection, entry.commitment.supporter)
}

fn by_pair(entries: &[Entry]) -> Vec<&[Entry]> {
    entries.chunk_by(|one, next| pair(one) == pair(next)).collect()
}

fn ids(entries: &[Entry]) -> String {
    entries.iter().map(|entry| entry.commitment.id.to_string()).collect::<Vec<_>>().join(", ")
}
