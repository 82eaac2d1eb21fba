use super::super::{Refused, Work, heard};
use super::{mine_locked, steps};
use crate::aid::Aid;
use crate::domain::pool::MOST_POOLS;
use crate::domain::{Case, CaseEnding, Event, MemberId, Money, PoolId, PoolName, PoolRules, Refusal, Terms};
use crate::store;

/// Opens a pool, with whoever opens it as its first member.
pub async fn open_pool(
    aid: &Work<'_>,
    who: MemberId,
    words: (&PoolName, &PoolRules),
    terms: Terms,
    contribution: Money,
) -> Result<PoolId, Refused> {
    terms.check(contribution)?;
    has_room(aid, who).await?;
    let pool = store::pool::insert(aid.tx, who, words, terms, aid.now).await?;
    store::pool::member::insert(aid.tx, pool, who, contribution, aid.now).await?;
    aid.happened(Event::PoolOpened { pool, member: who });
    Ok(pool)
}

/// Refuses one who is in as many pools as one may be.
pub(super) async fn has_room(aid: &Aid<'_>, who: MemberId) -> Result<(), Refused> {
    // Two that are joined in the same moment are counted one after the other.
    store::member::lock(aid.tx, who).await?;
    let mine = store::pool::seen::of_member(aid.tx, who).await?.len();
    if u64::try_from(mine).is_ok_and(|mine| mine >= MOST_POOLS) { Err(Refusal::TooManyPools.into()) } else { Ok(()) }
}

/// Closes a pool: whoever has been in it longest can. What is discussed is over; what was promised stands. Says how many hear
/// of it.
pub async fn close_pool(aid: &Work<'_>, who: MemberId, id: PoolId) -> Result<usize, Refused> {
    mine_locked(aid, who, id).await?;
    if store::pool::member::longest(aid.tx, id).await? != Some(who) {
        return Err(Refusal::NotYours.into());
    }
    let told = count_to_hear_of_closing(aid, who, id).await?;
    let running = store::pool::case::running(aid.tx, id).await?.into_iter();
    let discussed: Vec<Case> = running.filter(|case| case.phase.is_open()).collect();
    steps::over(aid, &discussed, CaseEnding::Closed).await?;
    store::pool::close(aid.tx, &[id], false, aid.now).await?;
    aid.happened(Event::PoolClosed { pool: id, by: Some(who) });
    Ok(told)
}

/// How many others hear of it when this member closes a pool.
pub async fn count_to_hear_of_closing(aid: &Aid<'_>, who: MemberId, id: PoolId) -> Result<usize, Refused> {
    heard::of_closing(aid, who, id).await
}
