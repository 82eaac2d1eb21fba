use std::collections::{BTreeSet, HashMap};

use sea_orm::DbErr;

use super::super::{Aid, Bound, Reading, Refused, Work, groups, invites, namesakes};
use super::seen::Initiative;
use super::{locked, mine};
use crate::domain::{Called, CollectionId, GroupOf, MemberId, Refusal};
use crate::store;
use exodus_engine::conversation::Group;

/// What came of binding a group to an initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitiativeBound {
    Bound,
    /// They have proposed none that is open, or not the one that they named.
    NoneOpen,
    /// Several of theirs are open, and they have named none.
    Several,
    /// They have bound as many groups as a member can.
    TooMany,
}

/// Binds a group that is nobody's to an open initiative of the member who asks for it. Without a number it is the only one. An
/// invite to their card, which leads from there to them, is made if they have none; it is theirs to revoke.
pub async fn bind_initiative(
    aid: &Work<'_>,
    who: MemberId,
    named: Option<CollectionId>,
    at: (&str, Group<'_>),
    lang: &str,
) -> Result<InitiativeBound, Refused> {
    if store::member::is_suspended(aid.tx, who).await? {
        return Err(Refusal::Suspended.into());
    }
    let open: Vec<CollectionId> =
        store::collection::open_initiatives_of(aid.tx, who).await?.into_iter().map(|one| one.id).collect();
    let id = match (named, open.as_slice()) {
        (Some(named), open) if open.contains(&named) => named,
        (None, [only]) => *only,
        (None, [_, _, ..]) => return Ok(InitiativeBound::Several),
        _ => return Ok(InitiativeBound::NoneOpen),
    };
    if !locked(aid, id).await?.is_open() {
        return Ok(InitiativeBound::NoneOpen);
    }
    if groups::bind(aid, who, GroupOf::Initiative(id), at, lang).await? == Bound::TooMany {
        return Ok(InitiativeBound::TooMany);
    }
    invites::invite(aid, who, who).await?;
    Ok(InitiativeBound::Bound)
}

/// The groups of an initiative, as its initiator sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitiativeGroups {
    pub id: CollectionId,
    pub title: String,
    /// It takes votes or promises; what is over is bound to no group any more, but stays in those that it has.
    pub is_open: bool,
    /// How many there are.
    pub count: usize,
    /// No other one of theirs is open, so a group is bound to it without saying which.
    pub is_only: bool,
}

/// In how many groups the card of an initiative is, for its initiator.
pub async fn initiative_groups(aid: &Aid<'_>, who: MemberId, id: CollectionId) -> Result<InitiativeGroups, Refused> {
    let initiative = store::collection::find(aid.tx, id).await?.filter(|one| one.kind.asks_for_votes());
    let initiative = initiative.filter(|one| one.owner == who).ok_or(Refusal::Unknown)?;
    let title = store::initiative::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?.title;
    let open = store::collection::open_initiatives_of(aid.tx, who).await?;
    Ok(InitiativeGroups {
        id,
        title,
        is_open: initiative.is_open(),
        count: groups::count_of(aid, GroupOf::Initiative(id)).await?,
        is_only: open.len() == 1,
    })
}

/// The card of an initiative is shown in no group any more, as its initiator says. Says in how many it was.
pub async fn let_initiative_groups_go(aid: &Work<'_>, who: MemberId, id: CollectionId) -> Result<usize, Refused> {
    mine(aid, who, id).await?;
    groups::let_go_of(aid, GroupOf::Initiative(id)).await
}

/// These initiatives as they are shown in their groups: as everybody sees them who may, without a vote of anybody's, and without
/// the news, which were told there. `read`: by whom each group is kept. A few queries, however many they are.
pub async fn cards(
    aid: &Aid<'_>,
    read: &[(MemberId, CollectionId)],
) -> Result<HashMap<CollectionId, Initiative>, DbErr> {
    let ids: BTreeSet<CollectionId> = read.iter().map(|(_, id)| *id).collect();
    let ids: Vec<CollectionId> = ids.into_iter().collect();
    let collections = store::collection::find_many(aid.tx, &ids).await?;
    let mut rows: HashMap<CollectionId, store::initiative::Model> =
        store::initiative::find_many(aid.tx, &ids).await?.into_iter().map(|row| (row.collection_id, row)).collect();
    let mut totals = store::commitment::totals_of(aid.tx, ids.iter().copied(), aid.month()).await?;
    let mut figures = store::initiative::figures_of(aid.tx, &ids).await?;
    let owners: BTreeSet<MemberId> = collections.iter().map(|one| one.owner).collect();
    let paused = store::member::suspended_among(aid.tx, owners.iter().copied()).await?;
    let names = store::member::names(aid.tx, owners).await?;
    let owner_of: HashMap<CollectionId, MemberId> = collections.iter().map(|one| (one.id, one.owner)).collect();
    let readings = read.iter().map(|(reader, id)| {
        let named = owner_of.get(id).and_then(|owner| Some((*owner, names.get(owner)?.clone())));
        Reading { reader: *reader, is_public: true, named: named.into_iter().collect() }
    });
    let marks = namesakes::told_apart(aid, &readings.collect::<Vec<_>>()).await?;
    let keepers: HashMap<CollectionId, MemberId> = read.iter().map(|(keeper, id)| (*id, *keeper)).collect();
    let card = |collection: crate::domain::Collection| {
        let (id, owner) = (collection.id, collection.owner);
        let mut initiator = names.get(&owner).map_or_else(Called::former, |name| Called::from(name.clone()));
        initiator.mark(keepers.get(&id).and_then(|keeper| marks.get(&(*keeper, owner)).cloned()));
        let figures = figures.remove(&id).unwrap_or_default();
        let totals = totals.remove(&id).unwrap_or_default();
        let held = paused.contains(&owner);
        Some((id, Initiative::of(aid, (collection, rows.remove(&id)?), (initiator, held), totals, figures)))
    };
    Ok(collections.into_iter().filter_map(card).collect())
}
