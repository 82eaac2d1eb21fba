use super::super::{Refused, Work, invites};
use super::{mine_locked, opening, shares, steps};
use crate::domain::{CaseEnding, Event, MemberId, Money, PoolId, Refusal};
use crate::store;
use crate::store::pool::{case, member, share};
use exodus_engine::conversation::Fault;

/// Joins a pool by an invite to it. What is discussed there already goes on without them.
pub async fn join(aid: &Work<'_>, who: MemberId, token: &str, contribution: Money) -> Result<PoolId, Refused> {
    let invitation = invites::hold_invitation(aid, Some(who), token).await?;
    let id = invitation.pool.ok_or(Refusal::Unknown)?;
    let pool = store::pool::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    if !pool.is_open() {
        return Err(Refusal::PoolClosed.into());
    }
    if member::find(aid.tx, id, who).await?.is_some() {
        return Err(Refusal::InPool.into());
    }
    pool.terms().check(contribution)?;
    opening::has_room(aid, who).await?;
    match member::insert(aid.tx, id, who, contribution, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    }
    aid.happened(Event::PoolJoined { pool: id, member: who, inviter: invitation.inviter.0 });
    Ok(id)
}

/// Gives more or less to a pool at the most: for cases that are opened from now on.
pub async fn change_contribution(aid: &Work<'_>, who: MemberId, id: PoolId, to: Money) -> Result<(), Refused> {
    let (pool, mine) = mine_locked(aid, who, id).await?;
    pool.terms().check(to)?;
    let from = Money::from_minor(mine.contribution);
    if from == to {
        return Err(Refusal::Unchanged.into());
    }
    member::set_contribution(aid.tx, id, who, to).await?;
    aid.happened(Event::ContributionChanged { pool: id, member: who, from, to });
    Ok(())
}

/// Leaves a pool: what others ask for there is shared out among the rest. What was promised stands. True: they were the last,
/// and it is closed.
pub async fn leave_pool(aid: &Work<'_>, who: MemberId, id: PoolId) -> Result<bool, Refused> {
    mine_locked(aid, who, id).await?;
    leave(aid, who, id, CaseEnding::Withdrawn).await
}

/// The pool is taken. True: they were the last, and it is closed.
async fn leave(aid: &Work<'_>, who: MemberId, id: PoolId, ending: CaseEnding) -> Result<bool, Refused> {
    member::remove(aid.tx, id, &[who]).await?;
    aid.happened(Event::PoolLeft { pool: id, member: who, silent: false });
    without(aid, who, id, ending).await?;
    let nobody_left = member::longest(aid.tx, id).await?.is_none();
    if nobody_left {
        store::pool::close(aid.tx, id, true, aid.now).await?;
        aid.happened(Event::PoolClosed { pool: id, by: None });
    }
    Ok(nobody_left)
}

/// What runs in a pool goes on without this member: what is asked of them is shared out among the others, and what they ask
/// for themselves is over.
async fn without(aid: &Work<'_>, who: MemberId, id: PoolId, ending: CaseEnding) -> Result<(), Refused> {
    for case in case::running(aid.tx, id).await?.iter().filter(|case| case.phase.is_open()) {
        // A few at the most.
        match case.owner == who {
            true => steps::over(aid, case, ending).await?,
            false => share::leave(aid.tx, case.id, &[who]).await?,
        }
    }
    steps::changed(aid, id, &shares::of_pool(aid, id).await?).await
}

/// A member leaves the community, and with it every pool: nothing is kept of what they had to do with them, but their number
/// where a case becomes obligations just now.
pub(in crate::aid) async fn leave_all(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    for mine in member::rows_of(aid.tx, who).await? {
        // A few at the most; in the order of their numbers, so that two who do so don't wait for each other.
        let pool = store::pool::find_locked(aid.tx, mine.pool_id).await?.ok_or(Refusal::Unknown)?;
        if pool.is_open() {
            leave(aid, who, pool.id, CaseEnding::OwnerGone).await?;
        } else {
            member::remove(aid.tx, pool.id, &[who]).await?;
        }
    }
    case::erase_words(aid.tx, who).await?;
    share::erase_of(aid.tx, who).await?;
    Ok(store::pool::invite::erase_of(aid.tx, who).await?)
}

/// A member is suspended: they stay in their pools, and what runs there goes on without them.
pub(in crate::aid) async fn step_aside(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    for mine in member::rows_of(aid.tx, who).await? {
        let pool = store::pool::find_locked(aid.tx, mine.pool_id).await?.ok_or(Refusal::Unknown)?;
        if pool.is_open() {
            without(aid, who, pool.id, CaseEnding::OwnerGone).await?;
        }
    }
    Ok(())
}
