//! How cases go on by themselves: who has to be told of their share, who is asked once more, who has left, and how shares
//! become obligations. Where many take part, a part of them at a time.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use super::super::calendar::Job;
use super::super::{Refused, Work};
use super::shares::{self, Asked, Shared};
use crate::aid::Aid;
use crate::domain::pool::ASKED_AGAIN_FOR;
use crate::domain::{Answer, Case, CaseEnding, CaseId, CollectionKind, Event, MemberId, Money, Phase, PoolId, State};
use crate::store;
use crate::store::pool::share::Away;
use crate::store::pool::{case, member, share};
use crate::store::schedule::New;

/// So many members are told, leave, or promise in one transaction. While it lasts the pool is locked, so that what a member
/// does in it waits for that long: less than a tenth of a second.
const AT_ONCE: usize = 125;

/// Where many take part, those whose share has changed are told so much later: others may leave meanwhile, and then they are
/// told once.
const GATHERED_FOR: TimeDelta = TimeDelta::minutes(10);

/// Whether so few take part in it that what concerns all of them is done at once.
fn is_small(shared: &Shared) -> bool {
    shared.asked.len() <= AT_ONCE
}

/// Notes when a case is to be looked at.
pub(super) async fn plan(aid: &Aid<'_>, case: CaseId, due_at: DateTime<Utc>) -> Result<(), DbErr> {
    plan_job(aid, Job::Case, case, due_at).await
}

async fn plan_job(aid: &Aid<'_>, job: Job, case: CaseId, due_at: DateTime<Utc>) -> Result<(), DbErr> {
    store::schedule::plan(aid.tx, [New { name: job.name(), about: case.number(), due_at }], aid.now).await
}

/// Those who do not know their share of a case are told: at once, where they are few.
pub(super) async fn tell(
    aid: &Work<'_>,
    (pool, case, taking_part): (PoolId, CaseId, usize),
    due_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    match taking_part <= AT_ONCE {
        true => aid.happened(Event::SharesChanged { case, pool, after: MemberId::BEFORE_ALL }),
        false => {
            // Whatever changes until they are told is told with it.
            let planned = store::schedule::planned(aid.tx, &[Job::CaseShares.name()]).await?;
            let is_planned = |row: &store::schedule::Model| row.about == case.number() && row.due_at <= due_at;
            if !planned.iter().any(is_planned) {
                plan_job(aid, Job::CaseShares, case, due_at).await?;
            }
        }
    }
    Ok(())
}

/// Shares of a pool's cases may have changed: whoever's have is told, and what can end now does.
pub(super) async fn changed(aid: &Work<'_>, pool: PoolId, running: &[Shared]) -> Result<(), Refused> {
    let mut nobody_left = false;
    for shared in running.iter().filter(|shared| shared.case.phase.is_open()) {
        // A few at the most.
        if shared.has_nobody() {
            nobody_left = true;
            over(aid, std::slice::from_ref(&shared.case), CaseEnding::Nobody).await?;
        } else {
            tell(aid, (pool, shared.case.id, shared.asked.len()), aid.now + GATHERED_FOR).await?;
        }
    }
    match nobody_left {
        true => settle_if_answered(aid, &shares::of_pool(aid, pool).await?).await?,
        false => settle_if_answered(aid, running).await?,
    };
    Ok(())
}

/// The oldest case of a pool settles as soon as all have answered: which one does. The others wait for it: what it asks for is
/// taken off what they can ask for.
pub(super) async fn settle_if_answered(aid: &Work<'_>, running: &[Shared]) -> Result<Option<CaseId>, Refused> {
    let Some(oldest) = running.first().filter(|oldest| oldest.case.phase.is_open() && oldest.is_answered()) else {
        return Ok(None);
    };
    settle(aid, running, oldest).await?;
    Ok(Some(oldest.case.id))
}

/// The shares of the oldest case of a pool become obligations: at once, where they are few.
async fn settle(aid: &Work<'_>, running: &[Shared], oldest: &Shared) -> Result<(), Refused> {
    let case = &oldest.case;
    if !oldest.comes_to().is_positive() {
        return over(aid, std::slice::from_ref(case), CaseEnding::Nobody).await;
    }
    let target = (CollectionKind::OF_A_POOL, oldest.comes_to());
    let collection = store::collection::insert_shared_out(aid.tx, case.owner, target, aid.now).await?;
    case::set_settling(aid.tx, case.id, collection).await?;
    match is_small(oldest) {
        true => {
            let oldest = Shared { case: Case { collection: Some(collection), ..case.clone() }, ..oldest.clone() };
            promise_next(aid, running, &oldest).await?;
            end_if_all_promised(aid, &shares::of_pool(aid, case.pool).await?).await
        }
        false => Ok(plan(aid, case.id, aid.now).await?),
    }
}

/// The shares of the next of those who have confirmed become obligations. False: there were none.
async fn promise_next(aid: &Work<'_>, running: &[Shared], shared: &Shared) -> Result<bool, Refused> {
    let case = &shared.case;
    let Some(collection) = case.collection else { return Ok(false) };
    let owed = shared.asked.iter().filter(|one| one.answer == Answer::Confirmed && one.share.is_positive());
    let owed: Vec<&Asked> = owed.take(AT_ONCE).collect();
    if owed.is_empty() {
        return Ok(false);
    }
    let new: Vec<store::commitment::New> = owed
        .iter()
        .map(|one| store::commitment::New {
            collection,
            supporter: one.member,
            receiver: case.owner,
            sum: one.share,
            state: State::Obligation,
            month: aid.month(),
        })
        .collect();
    let promised = store::commitment::insert_many(aid.tx, &new, aid.now).await?;
    let members: Vec<MemberId> = owed.iter().map(|one| one.member).collect();
    share::set_answer(aid.tx, case.id, &members, Answer::Promised).await?;
    let others: Vec<CaseId> = running.iter().map(|other| other.case.id).filter(|other| *other != case.id).collect();
    let sums: Vec<(MemberId, Money)> = owed.iter().map(|one| (one.member, one.share)).collect();
    share::take_off(aid.tx, &others, &sums).await?;
    for commitment in promised {
        let told = owed.iter().find(|one| one.member == commitment.supporter).and_then(|one| one.told);
        aid.happened(Event::SharePromised { case: case.id, pool: case.pool, help: commitment.help(), told });
    }
    Ok(true)
}

/// A case ends of which all shares are obligations, and the next one of its pool is looked at, which has waited for it.
async fn end_if_all_promised(aid: &Work<'_>, running: &[Shared]) -> Result<(), Refused> {
    let Some(shared) = running.first().filter(|shared| shared.case.phase == Phase::Settling) else { return Ok(()) };
    let case = &shared.case;
    case::end(aid.tx, &[case.id], None, aid.now).await?;
    store::schedule::cancel(aid.tx, &JOBS.map(Job::name), case.id.number(), aid.now).await?;
    let promised = shared.asked.iter().filter(|one| one.answer == Answer::Promised && one.share.is_positive());
    let promised: Vec<Money> = promised.map(|one| one.share).collect();
    aid.happened(Event::CaseSettled {
        case: case.id,
        pool: case.pool,
        owner: case.owner,
        sum: case.sum,
        supporters: u32::try_from(promised.len()).unwrap_or(u32::MAX),
        promised: promised.into_iter().sum(),
    });
    if let Some(next) = running.get(1) {
        plan(aid, next.case.id, aid.now).await?;
    }
    Ok(())
}

/// What is to be done about a case.
const JOBS: [Job; 2] = [Job::Case, Job::CaseShares];

/// Nothing comes of these cases that are discussed: those who were asked are told.
pub(super) async fn over(aid: &Work<'_>, these: &[Case], ending: CaseEnding) -> Result<(), Refused> {
    let ids: Vec<CaseId> = these.iter().map(|case| case.id).collect();
    case::end(aid.tx, &ids, Some(ending), aid.now).await?;
    let ids: Vec<i64> = ids.iter().map(|id| id.number()).collect();
    store::schedule::cancel_each(aid.tx, &JOBS.map(Job::name), &ids, aid.now).await?;
    for case in these {
        aid.happened(Event::CaseOver { case: case.id, pool: case.pool, owner: case.owner, ending });
    }
    Ok(())
}

/// Somebody who does not know what their share of a case is now, or that they are asked for the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untold {
    pub asked: Asked,
    /// They are asked for the last time, and are to be told so.
    pub again: bool,
}

impl Untold {
    fn of(phase: Phase, asked: &Asked) -> Option<Untold> {
        // Who is asked for something only now is asked for the first time.
        let was_asked = asked.told.is_some_and(|told| told.is_positive());
        let again = phase == Phase::AskedAgain && was_asked && asked.is_waited_for() && !asked.asked_again;
        let known = asked.told.unwrap_or_default() == asked.share;
        (again || !known).then_some(Untold { asked: *asked, again })
    }

    /// What they know when they have been told.
    pub fn told(&self) -> share::Told {
        let Asked { member, share, asked_again, .. } = self.asked;
        share::Told { member, share, asked_again: asked_again || self.again }
    }
}

/// A case that is discussed, as it is now, and the next of those who do not know their share of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub case: Case,
    /// What it can come to.
    pub comes_to: Money,
    pub untold: Vec<Untold>,
}

/// The next of those behind `after` who do not know their share of a case; `None`, where it is not discussed any more.
pub async fn untold(aid: &Aid<'_>, id: CaseId, after: MemberId) -> Result<Option<Changed>, DbErr> {
    let Some(row) = case::find(aid.tx, id).await? else { return Ok(None) };
    let running = shares::of_pool(aid, row.pool_id).await?;
    let shared = running.into_iter().find(|shared| shared.case.id == id && shared.case.phase.is_open());
    Ok(shared.map(|shared| {
        let behind = shared.asked.iter().filter(|one| one.member > after);
        let untold = behind.filter_map(|one| Untold::of(shared.case.phase, one)).take(AT_ONCE).collect();
        Changed { comes_to: shared.comes_to(), untold, case: shared.case }
    }))
}

/// Tells the next of them; `None` when there are no more.
///
/// # Errors
/// See [`Refused`].
pub async fn tell_next(aid: &Work<'_>, id: CaseId, after: MemberId) -> Result<Option<MemberId>, Refused> {
    let Some(Changed { case, untold, .. }) = untold(aid, id, after).await? else { return Ok(None) };
    aid.happened(Event::SharesChanged { case: id, pool: case.pool, after });
    Ok(untold.last().filter(|_| untold.len() == AT_ONCE).map(|last| last.asked.member))
}

/// A case goes on, because its time has come, or all have answered. True: it is to go on at once.
///
/// # Errors
/// See [`Refused`].
pub async fn go_on(aid: &Work<'_>, id: CaseId) -> Result<bool, Refused> {
    let Some(row) = case::find(aid.tx, id).await? else { return Ok(false) };
    let Some(pool) = store::pool::find_locked(aid.tx, row.pool_id).await? else { return Ok(false) };
    let running = shares::of_pool(aid, row.pool_id).await?;
    let Some(shared) = running.iter().find(|shared| shared.case.id == id) else { return Ok(false) };
    match shared.case.phase {
        Phase::Settled | Phase::Over => Ok(false),
        Phase::Discussed | Phase::AskedAgain | Phase::Leaving if !pool.is_open() => {
            over(aid, std::slice::from_ref(&shared.case), CaseEnding::Closed).await?;
            Ok(false)
        }
        Phase::Settling => {
            let more = promise_next(aid, &running, shared).await?;
            if !more {
                end_if_all_promised(aid, &running).await?;
            }
            Ok(more)
        }
        Phase::Leaving => {
            leave_next(aid, &running, shared).await?;
            Ok(true)
        }
        Phase::Discussed | Phase::AskedAgain => ask_again_or_end(aid, &running, shared).await,
    }
}

/// The time is over in which answers were waited for, or all have answered.
async fn ask_again_or_end(aid: &Work<'_>, running: &[Shared], shared: &Shared) -> Result<bool, Refused> {
    let case = &shared.case;
    if shared.has_nobody() {
        changed(aid, case.pool, running).await?;
        return Ok(false);
    }
    if shared.is_answered() {
        settle_if_answered(aid, running).await?;
        let is_oldest = running.first().is_some_and(|oldest| oldest.case.id == case.id);
        return Ok(is_oldest && !is_small(shared));
    }
    if aid.now < case.until {
        return Ok(false);
    }
    if shared.asked.iter().any(|one| one.is_waited_for() && one.asked_again) {
        case::set_phase(aid.tx, case.id, Phase::Leaving, case.until).await?;
        return Ok(true);
    }
    let until = aid.now + ASKED_AGAIN_FOR;
    case::set_phase(aid.tx, case.id, Phase::AskedAgain, until).await?;
    plan(aid, case.id, until).await?;
    tell(aid, (case.pool, case.id, shared.asked.len()), aid.now).await?;
    Ok(false)
}

/// The next of those leave the pool who were asked for the last time and have not answered. When all have, the others are
/// asked who have a share only now; or the case settles.
async fn leave_next(aid: &Work<'_>, running: &[Shared], shared: &Shared) -> Result<(), Refused> {
    let case = &shared.case;
    let silent = shared.asked.iter().filter(|one| one.answer == Answer::None && one.asked_again);
    let silent: Vec<MemberId> = silent.take(AT_ONCE).map(|one| one.member).collect();
    if silent.is_empty() {
        return Ok(case::set_phase(aid.tx, case.id, Phase::AskedAgain, aid.now).await?);
    }
    let keeper = member::longest(aid.tx, case.pool).await?;
    member::remove(aid.tx, case.pool, &silent).await?;
    let gone: HashSet<MemberId> = silent.iter().copied().collect();
    let all: Vec<CaseId> = running.iter().map(|other| other.case.id).collect();
    share::leave(aid.tx, &all, &silent, Away::Left(aid.now)).await?;
    let theirs = running.iter().map(|other| &other.case);
    let theirs = theirs.filter(|case| gone.contains(&case.owner) && case.phase.is_open());
    over(aid, &theirs.cloned().collect::<Vec<_>>(), CaseEnding::Withdrawn).await?;
    for member in silent {
        aid.happened(Event::PoolLeft { pool: case.pool, member, silent: true, kept: keeper == Some(member) });
    }
    changed(aid, case.pool, &shares::of_pool(aid, case.pool).await?).await
}
