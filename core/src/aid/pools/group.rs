use std::collections::{BTreeSet, HashMap};

use sea_orm::DbErr;

use super::super::{Bound, Refused, Work, groups, namesakes};
use super::{mine_locked, shares};
use crate::aid::{Aid, Reading};
use crate::domain::{Answer, Called, Case, Event, GroupOf, MemberId, PoolId, Refusal};
use crate::store;
use crate::store::chat::Chat;
use crate::store::pool::seen::Volume;
use exodus_engine::conversation::Group;

/// What came of binding a group to a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolBound {
    Bound,
    /// They look after no pool, or not after the one that they named.
    NoneKept,
    /// They look after several, and have named none.
    Several,
    /// They have bound as many groups as a member can.
    TooMany,
}

/// Binds a group that is nobody's to a pool: whoever looks after it can. Without a number it is the only one that they look
/// after.
pub async fn bind_pool(
    aid: &Work<'_>,
    who: MemberId,
    named: Option<PoolId>,
    at: (&str, Group<'_>),
    lang: &str,
) -> Result<PoolBound, Refused> {
    let kept = store::pool::member::kept_by(aid.tx, who).await?;
    let pool = match (named, kept.as_slice()) {
        (Some(named), kept) if kept.contains(&named) => named,
        (None, [only]) => *only,
        (None, [_, _, ..]) => return Ok(PoolBound::Several),
        _ => return Ok(PoolBound::NoneKept),
    };
    mine_locked(aid, who, pool).await?;
    if groups::bind(aid, who, GroupOf::Pool(pool), at, lang).await? == Bound::TooMany {
        return Ok(PoolBound::TooMany);
    }
    aid.happened(Event::PoolGroupBound { pool, member: who });
    Ok(PoolBound::Bound)
}

/// The pool's groups, as whoever looks after it sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolGroups {
    pub pool: store::pool::Model,
    /// How many there are.
    pub count: usize,
    /// It is the only pool that they look after, so a group is bound to it without saying which.
    pub is_only: bool,
}

/// In how many groups the card of a pool is, for whoever looks after it.
pub async fn pool_groups(aid: &Aid<'_>, who: MemberId, id: PoolId) -> Result<PoolGroups, Refused> {
    let kept = store::pool::member::kept_by(aid.tx, who).await?;
    if !kept.contains(&id) {
        return Err(Refusal::Unknown.into());
    }
    let pool = store::pool::find_many(aid.tx, &[id]).await?.pop().ok_or(Refusal::Unknown)?;
    Ok(PoolGroups { pool, count: groups::count_of(aid, GroupOf::Pool(id)).await?, is_only: kept.len() == 1 })
}

/// The card of a pool is shown in no group any more. Whoever looks after it can say so. Says in how many it was.
pub async fn let_pool_groups_go(aid: &Work<'_>, who: MemberId, id: PoolId) -> Result<usize, Refused> {
    mine_locked(aid, who, id).await?;
    if store::pool::member::longest(aid.tx, id).await? != Some(who) {
        return Err(Refusal::NotYours.into());
    }
    groups::let_go_of(aid, GroupOf::Pool(id)).await
}

/// Somebody asks for something in the group of a pool. Whoever has bound it hears of it, if they are not in the pool: they
/// read there what is for its members.
pub async fn heard_in_pool_group(
    aid: &Work<'_>,
    who: Option<MemberId>,
    pool: PoolId,
    chat: &Chat,
) -> Result<(), Refused> {
    let is_in = match who {
        Some(who) => store::pool::member::find(aid.tx, pool, who).await?.is_some(),
        None => false,
    };
    if !is_in {
        aid.happened(Event::StrangerInPoolGroup { pool, keeper: chat.keeper, who });
    }
    Ok(())
}

/// A pool as it is shown in its group: what each of its members sees who takes no part in anything.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolCard {
    pub pool: store::pool::Model,
    pub volume: Volume,
    /// What is discussed, the older first.
    pub cases: Vec<PublicCase>,
}

/// A case as everybody in its pool sees it: not what each is asked for, nor who has answered what.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicCase {
    pub case: Case,
    /// What its owner is called.
    pub name: Called,
    /// How many are asked for anything, and how many of those take their share.
    pub asked: usize,
    pub confirmed: usize,
}

/// The cards of these pools. `read`: by whom each is kept, who knows all who are named there. A few queries, however many
/// they are.
pub async fn pool_cards(aid: &Aid<'_>, read: &[(MemberId, PoolId)]) -> Result<HashMap<PoolId, PoolCard>, DbErr> {
    let ids: BTreeSet<PoolId> = read.iter().map(|(_, pool)| *pool).collect();
    let ids: Vec<PoolId> = ids.into_iter().collect();
    let pools = store::pool::find_many(aid.tx, &ids).await?;
    let volumes = store::pool::seen::volumes(aid.tx, &ids).await?;
    let mut running = shares::of_pools(aid, &ids).await?;
    let owners = running.values().flatten().map(|shared| shared.case.owner);
    let names = store::member::names(aid.tx, owners.collect::<BTreeSet<_>>()).await?;
    let readings = read.iter().map(|(reader, pool)| {
        let owners = running.get(pool).into_iter().flatten().map(|shared| shared.case.owner);
        let named = owners.filter_map(|owner| Some((owner, names.get(&owner)?.clone()))).collect();
        Reading { reader: *reader, is_public: true, named }
    });
    let marks = namesakes::told_apart(aid, &readings.collect::<Vec<_>>()).await?;
    let keepers: HashMap<PoolId, MemberId> = read.iter().map(|(keeper, pool)| (*pool, *keeper)).collect();
    let case = |shared: shares::Shared| {
        let owner = shared.case.owner;
        let mut name = names.get(&owner).map_or_else(Called::former, |name| Called::from(name.clone()));
        name.mark(keepers.get(&shared.case.pool).and_then(|keeper| marks.get(&(*keeper, owner)).cloned()));
        let asked = shared.asked.iter().filter(|one| one.share.is_positive());
        PublicCase {
            name,
            asked: asked.clone().count(),
            confirmed: asked.filter(|one| one.answer != Answer::None).count(),
            case: shared.case,
        }
    };
    let card = |pool: store::pool::Model| {
        let cases = running.remove(&pool.id).unwrap_or_default().into_iter().map(case).collect();
        (pool.id, PoolCard { volume: volumes.get(&pool.id).copied().unwrap_or_default(), cases, pool })
    };
    Ok(pools.into_iter().map(card).collect())
}
