//! What a member has to do by which day: their calendar.

use chrono::NaiveDate;
use sea_orm::DbErr;

use super::{Aid, namesakes};
use crate::domain::{Called, CollectionId, CommitmentId, MemberId, Money, Note, State};
use crate::store::commitment::Listed;
use crate::store::{self, Slice};

/// So many promises are in a calendar at most: those that are due first.
const MOST: usize = 500;

/// One day of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// A promise is to be kept until then, or was.
    Promise { id: CommitmentId, sum: Money, name: Called, note: Option<Note>, overdue: bool },
    /// An emergency that the member helps with, or their own (no name), ends then.
    Emergency { id: CollectionId, name: Option<Called> },
}

/// What a member has promised, with the day until when, and the last days of the emergencies that they help with and of their
/// own. A few queries, however much it is.
pub async fn agenda(aid: &Aid<'_>, who: MemberId) -> Result<Vec<(NaiveDate, Due)>, DbErr> {
    let states = [State::Obligation, State::Overdue];
    let mut owed = store::commitment::by_supporter(aid.tx, who, &states, Slice::ALL).await?;
    namesakes::tell_apart(aid, who, owed.iter_mut().map(|one| (one.commitment.receiver, &mut one.name)).collect())
        .await?;
    let dates = store::collection::last_days(aid.tx, owed.iter().map(|one| one.commitment.collection)).await?;
    let mut all = Vec::new();
    for Listed { commitment, name, note, .. } in owed {
        let ends_on = dates.get(&commitment.collection).copied();
        let overdue = commitment.state.is_overdue();
        if let Some(day) = ends_on.filter(|_| !overdue) {
            all.push((day, Due::Emergency { id: commitment.collection, name: Some(name.clone()) }));
        }
        let day = ends_on.unwrap_or(commitment.month.last_day());
        all.push((day, Due::Promise { id: commitment.id, sum: commitment.sum, name, note, overdue }));
    }
    let own = store::collection::open_of(aid.tx, who).await?;
    all.extend(own.iter().filter_map(|own| Some((own.ends_on?, Due::Emergency { id: own.id, name: None }))));
    all.sort_by_key(|(day, _)| *day);
    all.dedup_by(|(_, one), (_, other)| one == other);
    all.truncate(MOST);
    Ok(all)
}
