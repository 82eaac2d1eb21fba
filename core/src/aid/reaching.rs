//! Whether an initiative has all the votes that it needs: looked at when somebody votes, and once more a minute later, so that
//! nobody is asked to promise because of a vote that was taken back at once.

use chrono::TimeDelta;

use super::calendar::{self, Job};
use super::{Aid, Refused};
use crate::domain::Collection;
use crate::domain::initiative;
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
