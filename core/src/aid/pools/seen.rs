use sea_orm::DbErr;

use super::super::{Refused, members, namesakes};
use super::shares::{self, Asked};
use crate::aid::Aid;
use crate::domain::{
    Answer, Called, Case, CaseId, CollectionId, CommitmentId, MemberId, Money, PoolId, Refusal, Totals,
};
use crate::store::pool::seen::{Known, Listed, Mine, Volume, Waiting};
use crate::store::pool::{case, member, share};
use crate::store::{self, Slice};

/// The open pools that a member is in.
pub async fn pools_of(aid: &Aid<'_>, who: MemberId) -> Result<Vec<Mine>, DbErr> {
    store::pool::seen::of_member(aid.tx, who).await
}

/// A pool as one of its members sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolSeen {
    pub pool: store::pool::Model,
    pub volume: Volume,
    /// The most that they would give in a month, and how much of it they have promised in this one.
    pub contribution: Money,
    pub given: Money,
    /// They have been in it longest, and can close it.
    pub looks_after: bool,
    /// Nobody else is in it: when they leave, it is closed.
    pub is_alone: bool,
    /// What is discussed, the older first.
    pub cases: Vec<CaseLine>,
    /// How many cases have come to their end.
    pub ended: u64,
}

/// A case that runs, as one of its pool sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseLine {
    pub case: Case,
    /// What its owner is called.
    pub name: Called,
    /// What this member is asked for, if they take part.
    pub mine: Option<Asked>,
}

/// A pool, for one of its members; for anybody else there is none.
pub async fn pool_seen(aid: &Aid<'_>, who: MemberId, id: PoolId) -> Result<PoolSeen, Refused> {
    let mine = member::find(aid.tx, id, who).await?.ok_or(Refusal::Unknown)?;
    let mut pool = store::pool::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    // As it is told from another one of that name.
    pool.name = store::pool::seen::names(aid.tx, [id]).await?.remove(&id).unwrap_or_default();
    let shared = if pool.is_open() { shares::of_pool(aid, id).await? } else { Vec::new() };
    let names = namesakes::called(aid, who, shared.iter().map(|shared| shared.case.owner)).await?;
    let line = |shared: shares::Shared| CaseLine {
        name: names.get(&shared.case.owner).cloned().unwrap_or_else(Called::former),
        mine: shared.of(who).copied(),
        case: shared.case,
    };
    Ok(PoolSeen {
        volume: store::pool::seen::volume(aid.tx, id).await?,
        contribution: Money::from_minor(mine.contribution),
        given: member::given(aid.tx, id, who, aid.month()).await?,
        looks_after: member::longest(aid.tx, id).await? == Some(who),
        is_alone: store::pool::seen::count(aid.tx, id).await? == 1,
        cases: shared.into_iter().map(line).collect(),
        ended: store::pool::seen::count_ended(aid.tx, id).await?,
        pool,
    })
}

/// The others in a pool who are in the near circle of one of its members, a part of them; how many those are, and how many all are.
pub async fn pool_members(
    aid: &Aid<'_>,
    who: MemberId,
    id: PoolId,
    slice: Slice,
) -> Result<(Vec<Known>, u64, u64), Refused> {
    member::find(aid.tx, id, who).await?.ok_or(Refusal::Unknown)?;
    let (mut known, count) = store::pool::seen::known(aid.tx, id, who, slice).await?;
    namesakes::tell_apart(aid, who, known.iter_mut().map(|one| (one.id, &mut one.name)).collect()).await?;
    Ok((known, count, store::pool::seen::count(aid.tx, id).await?))
}

/// A case as somebody sees it who takes part in it, whose it is, or who is in its pool.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseSeen {
    pub case: Case,
    /// What has happened, in its owner's words.
    pub words: String,
    /// What its pool is called; and they are in it now.
    pub pool_name: String,
    pub in_pool: bool,
    /// What its owner is called.
    pub name: Called,
    pub is_mine: bool,
    /// While it runs: how many are asked for anything, how many of those take their share, and what all shares come to.
    pub asked: usize,
    pub confirmed: usize,
    pub comes_to: Money,
    /// What this member is asked for.
    pub mine: Option<Asked>,
    /// When it has settled: how much was promised, what of it has come to pass or not; what has become of the obligations; and
    /// this member's own one.
    pub promised: Money,
    pub totals: Option<Totals>,
    pub owed: Option<CommitmentId>,
    /// Something of what was promised can still be released.
    pub is_owed: bool,
}

/// A case; for whoever has nothing to do with it there is none.
pub async fn case_seen(aid: &Aid<'_>, who: MemberId, id: CaseId) -> Result<CaseSeen, Refused> {
    let row = case::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let in_pool = member::find(aid.tx, row.pool_id, who).await?.is_some();
    let takes_part = share::find(aid.tx, id, who).await?.is_some();
    if !(in_pool || takes_part || row.owner_id == who) {
        return Err(Refusal::Unknown.into());
    }
    let case = row.domain()?;
    let shared = match case.phase.is_over() {
        true => None,
        false => shares::of_pool(aid, case.pool).await?.into_iter().find(|shared| shared.case.id == id),
    };
    let asked = || shared.iter().flat_map(|shared| &shared.asked).filter(|one| one.share.is_positive());
    let confirmed = asked().filter(|one| one.answer != Answer::None).count();
    let collection = match case.collection {
        Some(collection) => store::collection::find(aid.tx, collection).await?,
        None => None,
    };
    let is_owed = match &collection {
        Some(collection) => store::commitment::owed(aid.tx, collection.id).await?.0 > 0,
        None => false,
    };
    let (promised, totals, owed) = match &collection {
        Some(collection) => (
            store::commitment::promised(aid.tx, collection.id).await?,
            Some(store::commitment::totals(aid.tx, collection, aid.month()).await?),
            store::commitment::newest_of(aid.tx, collection.id, who).await?,
        ),
        None => (Money::ZERO, None, None),
    };
    let pool_name = store::pool::seen::names(aid.tx, [case.pool]).await?.remove(&case.pool).unwrap_or_default();
    Ok(CaseSeen {
        words: row.words,
        pool_name,
        in_pool,
        name: members::called(aid, who, case.owner).await?,
        is_mine: case.owner == who,
        asked: asked().count(),
        confirmed,
        comes_to: shared.as_ref().map(shares::Shared::comes_to).unwrap_or_default(),
        mine: shared.as_ref().and_then(|shared| shared.of(who)).copied(),
        promised,
        totals,
        owed: owed.map(|owed| owed.id),
        is_owed,
        case,
    })
}

/// The cases that wait for a member's answer, the most urgent first.
pub async fn waiting(aid: &Aid<'_>, who: MemberId) -> Result<Vec<Waiting>, DbErr> {
    store::pool::seen::waiting(aid.tx, who).await
}

/// Whether a member is asked for their share of a case, and has not answered.
pub async fn is_waited_for(aid: &Aid<'_>, who: MemberId, id: CaseId) -> Result<bool, DbErr> {
    share::is_waited_for(aid.tx, id, who).await
}

/// The case that a collection is of, if it is of one.
pub async fn case_of(aid: &Aid<'_>, id: CollectionId) -> Result<Option<CaseId>, DbErr> {
    Ok(case::of_collection(aid.tx, id).await?.map(|case| case.id))
}

/// The cases of a pool that have come to their end, the newest first: a part of them, and how many they are.
pub async fn ended_cases(
    aid: &Aid<'_>,
    who: MemberId,
    id: PoolId,
    slice: Slice,
) -> Result<(Vec<Listed>, u64), Refused> {
    member::find(aid.tx, id, who).await?.ok_or(Refusal::Unknown)?;
    let count = store::pool::seen::count_ended(aid.tx, id).await?;
    let mut cases = store::pool::seen::cases(aid.tx, id, true, slice).await?;
    let named = cases.iter_mut().filter_map(|one| Some((one.case.owner, one.name.as_mut()?)));
    namesakes::tell_apart(aid, who, named.collect()).await?;
    Ok((cases, count))
}
