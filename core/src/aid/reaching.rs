//! Whether an initiative has all the votes that it needs: looked at when somebody votes, and once more a minute later, so that
//! nobody is asked to promise because of a vote that was taken back at once. And what it means for that when its initiator is
//! suspended, and comes back.

use chrono::TimeDelta;

use super::calendar::{self, Job};
use super::{Aid, Refused, Work};
use crate::domain::initiative::{self, Stage, stage, voted};
use crate::domain::{Collection, Event, MemberId};
use crate::store;

/// After so long it is looked at again.
const A_MOMENT: TimeDelta = TimeDelta::minutes(1);

/// Notes that it is to be looked at again, if a vote may have brought it all that it needs.
pub(super) async fn look(aid: &Aid<'_>, collection: &Collection) -> Result<(), Refused> {
    if collection.kind.asks_for_votes() && is_reached(aid, collection).await? {
        calendar::plan_about(aid, Job::InitiativeReached, collection.id, aid.now + A_MOMENT).await?;
    }
    Ok(())
}

/// Whether it has them now, and nobody was asked to promise yet.
pub(super) async fn is_reached(aid: &Aid<'_>, collection: &Collection) -> Result<bool, Refused> {
    let totals = store::commitment::totals(aid.tx, collection, aid.month()).await?;
    Ok(initiative::is_reached(collection, &totals))
}

/// It has them: its voters have the days to promise from now.
pub(super) async fn reached(aid: &Work<'_>, initiative: &Collection) -> Result<(), Refused> {
    store::collection::set_reached(aid.tx, initiative.id, aid.now).await?;
    let by = calendar::plan_promises(aid, initiative.id, aid.now).await?;
    let totals = store::commitment::totals(aid.tx, initiative, aid.month()).await?;
    aid.happened(Event::InitiativeReached {
        collection: initiative.id,
        owner: initiative.owner,
        target: initiative.target,
        voted: voted(&totals),
        by,
    });
    Ok(())
}

/// A member is suspended. To whoever has been asked to promise them something it is said that they can't meanwhile.
pub(super) async fn pause(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    for open in store::collection::open_initiatives_of(aid.tx, who).await? {
        if is_waited_for(aid, &open).await? {
            aid.happened(Event::InitiativePaused { collection: open.id, owner: who });
        }
    }
    Ok(())
}

/// A member takes part again, and their initiatives go on: one that has all its votes is looked at, and whoever was asked to
/// promise and could not is asked anew, with as many days as there were at first.
pub(super) async fn go_on(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    for open in store::collection::open_initiatives_of(aid.tx, who).await? {
        // A few at the most.
        let Some(open) = store::collection::find_locked(aid.tx, open.id).await? else { continue };
        if is_waited_for(aid, &open).await? {
            reached(aid, &open).await?;
        }
        look(aid, &open).await?;
    }
    Ok(())
}

/// Its voters have been asked to promise, have time for it still, and some of them have not.
async fn is_waited_for(aid: &Aid<'_>, initiative: &Collection) -> Result<bool, Refused> {
    match stage(initiative, &aid.rules.zone) {
        Stage::Promising(by) if aid.today() <= by => {
            let totals = store::commitment::totals(aid.tx, initiative, aid.month()).await?;
            Ok(totals.intentions.is_positive())
        }
        _ => Ok(false),
    }
}
