use chrono::{DateTime, TimeDelta, Utc};

use super::super::{Refused, Work, notifications};
use super::shares::{self, Asked, Shared};
use super::{mine_locked, steps};
use crate::aid::Aid;
use crate::domain::pool::check_case;
use crate::domain::{
    Answer, Case, CaseEnding, CaseId, CaseWords, Category, Event, MemberId, Money, Month, PoolId, Refusal,
};
use crate::store;
use crate::store::pool::{case, member, share};
use exodus_engine::conversation::Fault;

/// How much the other members of a pool can be asked for now: their contributions, less what they have given in this month,
/// and less what cases ask of them that are discussed.
pub async fn volume_for_case(aid: &Aid<'_>, who: MemberId, pool: PoolId) -> Result<Money, Refused> {
    member::find(aid.tx, pool, who).await?.ok_or(Refusal::Unknown)?;
    Ok(volume_of_others(aid, who, pool).await?.0)
}

/// The same; and how many those are.
async fn volume_of_others(aid: &Aid<'_>, who: MemberId, pool: PoolId) -> Result<(Money, usize), Refused> {
    let running = shares::of_pool(aid, pool).await?;
    if running.is_empty() {
        let (volume, others) = member::volume_of_others(aid.tx, pool, who, this_month(aid)).await?;
        return Ok((volume, usize::try_from(others).unwrap_or(usize::MAX)));
    }
    let (most, taken) = (member::most_of_others(aid.tx, pool, who, this_month(aid)).await?, shares::taken(&running));
    let left = |(member, most): &(MemberId, Money)| most.saturating_sub(taken.get(member).copied().unwrap_or_default());
    Ok((most.iter().map(left).sum(), most.len()))
}

/// This month, and since when cases may have ended of which something is of this month.
fn this_month(aid: &Aid<'_>) -> (Month, DateTime<Utc>) {
    (aid.month(), aid.month().previous().first_instant(&aid.rules.zone))
}

/// Opens a case: something has happened to a member that the rules of the pool cover. All others are asked for their share of
/// it who can be asked for anything now; who joins later has no part in it.
pub async fn open_case(
    aid: &Work<'_>,
    who: MemberId,
    id: PoolId,
    words: &CaseWords,
    sum: Money,
) -> Result<CaseId, Refused> {
    let (pool, _) = mine_locked(aid, who, id).await?;
    let running = case::running(aid.tx, id).await?;
    if running.iter().any(|case| case.owner == who) {
        return Err(Refusal::CaseOpen.into());
    }
    let (volume, others) = volume_of_others(aid, who, id).await?;
    check_case(sum, volume, running.len())?;
    let until = aid.now + TimeDelta::hours(pool.terms().hours.into());
    let case = match case::insert(aid.tx, (id, who), words, sum, until, aid.now).await {
        Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced.into()),
        inserted => inserted?,
    };
    share::insert_for(aid.tx, case, (id, who), this_month(aid)).await?;
    aid.happened(Event::CaseOpened { case, pool: id, owner: who, sum });
    steps::plan(aid, case, until).await?;
    steps::tell(aid, (id, case, others), aid.now).await?;
    Ok(case)
}

/// A case that this member may act on, taken with its pool; and all that runs there.
async fn taken(aid: &Aid<'_>, id: CaseId) -> Result<(Case, Vec<Shared>), Refused> {
    let pool = case::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?.pool_id;
    store::pool::find_locked(aid.tx, pool).await?.ok_or(Refusal::Unknown)?;
    let case = case::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?.domain()?;
    Ok((case, shares::of_pool(aid, pool).await?))
}

/// That a member takes their share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How much it is.
    pub share: Money,
    /// All have answered: the shares become obligations.
    pub settled: bool,
}

/// A member takes their share of a case, if it is not more than what they have read. It may still become more, if others
/// leave, up to what they can be asked for.
pub async fn confirm(aid: &Work<'_>, who: MemberId, id: CaseId, read: Money) -> Result<Taken, Refused> {
    let part = share::find(aid.tx, id, who).await?.ok_or(Refusal::Unknown)?;
    let (case, mut shared) = taken(aid, id).await?;
    case.check_open()?;
    let of_case = shared.iter_mut().find(|shared| shared.case.id == id).ok_or(Refusal::CaseOver)?;
    // They may have stepped aside meanwhile.
    let mine = of_case.asked.iter_mut().find(|one| one.member == part.member_id).ok_or(Refusal::NoPart)?;
    if !mine.is_waited_for() {
        return Err(Refusal::Unchanged.into());
    }
    if mine.share > read {
        return Err(Refusal::ShareGrew.into());
    }
    mine.answer = Answer::Confirmed;
    let share = mine.share;
    share::set_answer(aid.tx, id, &[who], Answer::Confirmed).await?;
    let (pool, owner) = (case.pool, case.owner);
    aid.happened(Event::ShareConfirmed { case: id, pool, owner, member: who, sum: share });
    let settled = steps::settle_if_answered(aid, &shared).await? == Some(id);
    Ok(Taken { share, settled })
}

/// The owner of a case asks for less. Says how many hear of another share by it.
pub async fn lower(aid: &Work<'_>, who: MemberId, id: CaseId, to: Money) -> Result<usize, Refused> {
    let case = mine(aid, who, id).await?;
    case.lower(who, to)?;
    case::set_sum(aid.tx, id, to).await?;
    aid.happened(Event::CaseLowered { case: id, pool: case.pool, owner: who, from: case.sum, to });
    let running = shares::of_pool(aid, case.pool).await?;
    let lowered = running.iter().filter(|shared| shared.case.id == id).flat_map(|shared| &shared.asked);
    let lowered = lowered.filter(|one| one.told.unwrap_or_default() != one.share);
    steps::changed(aid, case.pool, &running).await?;
    // If all have answered by that, the shares are promises now. Neither those nor a question can be switched off.
    let settles = !case::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?.domain()?.phase.is_open();
    let (surely, perhaps): (Vec<&Asked>, Vec<&Asked>) =
        lowered.partition(|one| one.is_waited_for() || (settles && one.share.is_positive()));
    let perhaps = notifications::count_told(aid, perhaps.into_iter().map(|one| one.member), Category::OwnHelp).await?;
    Ok(surely.len() + perhaps)
}

/// The owner of a case takes it back: nobody owes anything for it. Says how many hear of it.
pub async fn withdraw(aid: &Work<'_>, who: MemberId, id: CaseId) -> Result<usize, Refused> {
    let case = mine(aid, who, id).await?;
    case.check_owner(who)?;
    let asked = share::taking_part(aid.tx, [id]).await?.into_iter();
    let asked = asked.filter(|(_, row)| row.told.is_some_and(|told| told.is_positive())).map(|(_, row)| row.member);
    let told = notifications::count_told(aid, asked, Category::OwnHelp).await?;
    steps::over(aid, std::slice::from_ref(&case), CaseEnding::Withdrawn).await?;
    steps::changed(aid, case.pool, &shares::of_pool(aid, case.pool).await?).await?;
    Ok(told)
}

/// A case of this member's own, taken with its pool.
async fn mine(aid: &Aid<'_>, who: MemberId, id: CaseId) -> Result<Case, Refused> {
    let row = case::find(aid.tx, id).await?.filter(|case| case.owner_id == who).ok_or(Refusal::Unknown)?;
    store::pool::find_locked(aid.tx, row.pool_id).await?.ok_or(Refusal::Unknown)?;
    Ok(case::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?.domain()?)
}
