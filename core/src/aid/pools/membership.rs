use super::super::{Refused, Work, invites};
use super::{mine_locked, opening, shares, steps};
use crate::domain::{Case, CaseEnding, CaseId, Event, MemberId, Money, PoolId, Refusal};
use crate::store;
use crate::store::pool::share::Away;
use crate::store::pool::{case, member, share};
use exodus_engine::conversation::Fault;

/// Joins a pool by an invite to it. What is discussed there already goes on without them. Whoever has left it while a share
/// was asked of them needs an invite that was made after that.
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
    if share::left_at(aid.tx, id, who).await?.is_some_and(|left| invitation.made_at <= left) {
        return Err(Refusal::LeftWithAShare.into());
    }
    pool.terms().check(contribution)?;
    opening::has_room(aid, who).await?;
    invites::join_by(aid, who, token).await?;
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
    Ok(!leave(aid, who, &[id], CaseEnding::Withdrawn).await?.is_empty())
}

/// Leaves these open pools, which are taken. Those are closed by it in which nobody is left.
async fn leave(aid: &Work<'_>, who: MemberId, pools: &[PoolId], ending: CaseEnding) -> Result<Vec<PoolId>, Refused> {
    let kept = member::kept_by(aid.tx, who).await?;
    member::remove_from(aid.tx, pools, who).await?;
    for pool in pools {
        aid.happened(Event::PoolLeft { pool: *pool, member: who, silent: false, kept: kept.contains(pool) });
    }
    without(aid, who, pools, (ending, Away::Left(aid.now))).await?;
    let peopled = member::peopled(aid.tx, pools).await?;
    let deserted: Vec<PoolId> = pools.iter().copied().filter(|pool| !peopled.contains(pool)).collect();
    store::pool::close(aid.tx, &deserted, true, aid.now).await?;
    for pool in &deserted {
        aid.happened(Event::PoolClosed { pool: *pool, by: None });
    }
    Ok(deserted)
}

/// What runs in these pools goes on without this member: what is asked of them is shared out among the others, and what they
/// ask for themselves is over. A few queries, however many pools they are; more only for what ends by it.
async fn without(
    aid: &Work<'_>,
    who: MemberId,
    pools: &[PoolId],
    (ending, why): (CaseEnding, Away),
) -> Result<(), Refused> {
    let running = case::running_in(aid.tx, pools).await?.into_iter().filter(|case| case.phase.is_open());
    let (own, others): (Vec<_>, Vec<_>) = running.partition(|case| case.owner == who);
    let others: Vec<CaseId> = others.iter().map(|case| case.id).collect();
    share::leave(aid.tx, &others, &[who], why).await?;
    steps::over(aid, &own, ending).await?;
    changed(aid, pools).await
}

/// Shares of the cases of these pools may have changed.
async fn changed(aid: &Work<'_>, pools: &[PoolId]) -> Result<(), Refused> {
    for (pool, running) in shares::of_pools(aid, pools).await? {
        steps::changed(aid, pool, &running).await?;
    }
    Ok(())
}

/// A member leaves the community, and with it every pool: nothing is kept of what they had to do with them, but their number
/// where a case becomes obligations just now.
pub(in crate::aid) async fn leave_all(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    let (open, closed) = mine(aid, who).await?;
    leave(aid, who, &open, CaseEnding::OwnerGone).await?;
    member::remove_from(aid.tx, &closed, who).await?;
    case::erase_words(aid.tx, who).await?;
    share::erase_of(aid.tx, who).await?;
    Ok(store::pool::invite::erase_of(aid.tx, who).await?)
}

/// A member is suspended: they stay in their pools, and what runs there goes on without them.
pub(in crate::aid) async fn step_aside(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    let (open, _) = mine(aid, who).await?;
    without(aid, who, &open, (CaseEnding::OwnerGone, Away::Unable)).await
}

/// A member has an emergency of their own: they stay in their pools, and nothing more is asked of them there. What they have
/// taken already they keep, and what they ask for themselves goes on.
pub(in crate::aid) async fn sit_out(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    let (open, _) = mine(aid, who).await?;
    let running = case::running_in(aid.tx, &open).await?.into_iter();
    let others = running.filter(|case| case.phase.is_open() && case.owner != who);
    let others: Vec<Case> = others.collect();
    let ids: Vec<CaseId> = others.iter().map(|case| case.id).collect();
    let asked = share::leave_unanswered(aid.tx, &ids, who).await?;
    for case in others.into_iter().filter(|case| asked.contains(&case.id)) {
        aid.happened(Event::ShareSpared { case: case.id, pool: case.pool, owner: case.owner, member: who });
    }
    changed(aid, &open).await
}

/// The pools that a member is in, taken: the open ones, and the closed ones.
async fn mine(aid: &Work<'_>, who: MemberId) -> Result<(Vec<PoolId>, Vec<PoolId>), Refused> {
    let pools = store::pool::of_member_locked(aid.tx, who).await?;
    let (open, closed): (Vec<_>, Vec<_>) = pools.into_iter().partition(store::pool::Model::is_open);
    let ids = |pools: Vec<store::pool::Model>| pools.into_iter().map(|pool| pool.id).collect();
    Ok((ids(open), ids(closed)))
}
