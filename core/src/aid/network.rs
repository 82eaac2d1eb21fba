use std::collections::HashSet;

use sea_orm::DbErr;

use super::{Aid, Refused, cards, collections, namesakes};
use crate::domain::{Called, CollectionKind, MemberId, Month, Refusal, Relation};
use crate::store::commitment::Gives;
use crate::store::network::{Count, Now, People, Whom};
use crate::store::{self, Slice};

/// A page of those around this member: those in need first, by how much they lack.
pub async fn around(
    aid: &Aid<'_>,
    me: MemberId,
    whom: Whom,
    only_in_need: bool,
    slice: Slice,
) -> Result<People, DbErr> {
    named(aid, me, store::network::list(aid.tx, me, whom, only_in_need, now(aid), slice).await?).await
}

/// How many those around this member are, of each kind that is asked for.
pub async fn count_around<const N: usize>(aid: &Aid<'_>, me: MemberId, whom: [Whom; N]) -> Result<[Count; N], DbErr> {
    store::network::counts(aid.tx, me, whom, aid.lately()).await
}

/// How many a member helps, whose card the viewer may see.
pub async fn count_helped(aid: &Aid<'_>, viewer: MemberId, whose: MemberId) -> Result<u64, Refused> {
    cards::hold_seen(aid, viewer, whose).await?;
    let [helped] = count_around(aid, whose, [Whom::Who(Relation::IHelp)]).await?;
    Ok(helped.found)
}

/// A page of those whom a member helps, as far as the viewer may see them.
pub async fn helped_by(aid: &Aid<'_>, viewer: MemberId, whose: MemberId, slice: Slice) -> Result<People, Refused> {
    cards::hold_seen(aid, viewer, whose).await?;
    Ok(named(aid, viewer, store::network::helped_by(aid.tx, whose, viewer, now(aid), slice).await?).await?)
}

/// A page of those who help a member now.
#[derive(Clone, Debug, PartialEq)]
pub struct Helpers {
    /// Whom they help, and in what.
    pub name: Called,
    pub kind: CollectionKind,
    /// The newest first.
    pub listed: Vec<Helper>,
    /// How many there are in all.
    pub count: u64,
    /// The month whose help counts for it now; none, where every month's does.
    pub counts: Option<Month>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Helper {
    pub id: MemberId,
    pub name: Called,
    /// In which states, how much, and what they say about it: for the collection's owner and its circle only.
    pub gives: Vec<Gives>,
    /// Whether the viewer may see their card.
    pub seen: bool,
}

/// A page of the circle of what a member asks for now, as the viewer may see it; nothing when they ask for nothing.
pub async fn circle_of(
    aid: &Aid<'_>,
    viewer: MemberId,
    whose: MemberId,
    slice: Slice,
) -> Result<Option<Helpers>, Refused> {
    cards::hold_seen(aid, viewer, whose).await?;
    let (status, open) = collections::standing_of(aid, whose).await?;
    let Some(collection) = open.into_iter().find(|collection| !collection.is_paused(status)) else { return Ok(None) };
    let (count, is_member) = store::commitment::circle_size(aid.tx, &collection, aid.month_began(), viewer).await?;
    let page = store::commitment::circle_page(aid.tx, &collection, aid.month_began(), slice).await?;
    let ids: Vec<MemberId> = page.iter().map(|(id, _)| *id).collect();
    let mut names = namesakes::called(aid, viewer, ids.iter().copied().chain([whose])).await?;
    let name = names.get(&whose).cloned().ok_or(Refusal::Unknown)?;
    let seen: HashSet<MemberId> = store::sight::seen_among(aid.tx, viewer, &ids, aid.lately()).await?;
    let sees_sums = is_member || viewer == whose;
    let listed = page.into_iter().map(|(id, gives)| {
        let gives = if sees_sums { gives } else { Vec::new() };
        let name = names.remove(&id).unwrap_or_else(Called::former);
        Helper { id, name, gives, seen: seen.contains(&id) }
    });
    let counts = collection.kind.is_of_a_month().then(|| aid.month());
    Ok(Some(Helpers { listed: listed.collect(), name, kind: collection.kind, count: u64::from(count), counts }))
}

/// A page of people, told apart for whoever reads it.
async fn named(aid: &Aid<'_>, reader: MemberId, mut people: People) -> Result<People, DbErr> {
    let listed = people.listed.iter_mut().map(|one| (one.id, &mut one.name)).collect();
    namesakes::tell_apart(aid, reader, listed).await?;
    Ok(people)
}

fn now(aid: &Aid<'_>) -> Now {
    Now { lately: aid.lately(), month: aid.month(), month_began: aid.month_began() }
}
