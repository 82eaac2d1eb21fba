//! What the members of a pool are told: what a case asks of them, what becomes of it, and of the pool.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use super::help::claim;
use super::{Fact, Facts, Kind, Told, facts};
use crate::aid::Aid;
use crate::aid::pools::{self, Asked, Changed, Untold};
use crate::domain::{About, Answer, Case, CaseEnding, CaseId, Category, Event, Help, MemberId, Money, Phase, PoolId};
use crate::store;
use crate::store::pool::{case, member, share};
use exodus_engine::conversation::{Choice, Nature, Route};
use exodus_engine::msg;

use Category::{HelpToMe, Network, OwnHelp};

/// The deed that takes one's share.
pub(super) const TAKE: &str = "take-share";

/// The fact by which help to a case says of which pool it is.
pub(super) const OF_POOL: &str = "of-pool";

pub(super) const KINDS: &[Kind] = &[
    Kind::asks("notice-case", OwnHelp).anew().on_case(answer),
    Kind::asks("notice-case-again", OwnHelp).on_case(answer),
    Kind::asks("notice-case-share", OwnHelp).on_case(answer),
    Kind::tells("notice-case-share-taken", OwnHelp).on_case(look_at),
    Kind::tells("notice-case-share-nothing", OwnHelp).on_case(look_at),
    Kind::tells("notice-case-spared", OwnHelp).on_case(look_at),
    Kind::tells("notice-case-less", HelpToMe).on_case(look_at),
    // The two that bind or end something without their doing can't be switched off either.
    Kind::asks("notice-case-promised", OwnHelp).with_payment().on_commitment(claim),
    Kind::tells("notice-case-settled", HelpToMe).on_case(look_at),
    Kind::tells("notice-case-nobody", HelpToMe).on_case(look_at),
    Kind::tells("notice-case-over", OwnHelp).on_case(look_at),
    Kind::asks("notice-pool-left", OwnHelp),
    Kind::tells("notice-pool-closed", OwnHelp),
    Kind::tells("notice-pool-joined", Network).on_pool(look_at_pool),
    Kind::tells("notice-pool-fewer", Network).on_pool(look_at_pool),
    Kind::tells("notice-pool-kept", OwnHelp).on_pool(look_at_pool),
    Kind::tells("notice-case-given-up", HelpToMe).on_case(look_at),
    Kind::tells("notice-pool-group", OwnHelp).on_pool(look_at_groups),
    Kind::tells("notice-pool-stranger", OwnHelp).on_pool(look_at_groups),
    Kind::tells("notice-pool-stranger-named", OwnHelp).on_pool(look_at_groups),
];

pub(super) async fn tell(aid: &Aid<'_>, event: &Event) -> Result<Vec<Told>, DbErr> {
    match *event {
        Event::SharesChanged { case, after, .. } => shares(aid, case, after).await,
        Event::ShareSpared { case, pool, owner, member } => Ok(vec![spared(case, pool, owner, member)]),
        Event::SharePromised { pool, help, told, .. } => Ok(vec![promised(pool, help, told)]),
        Event::CaseSettled { case, owner, sum, promised, supporters, .. } => {
            let facts = facts([("sum", sum.into()), ("gathered", promised.into()), ("count", supporters.into())]);
            let settled = Told { to: owner, kind: "notice-case-settled", facts, about: Some(About::Case(case)) };
            Ok(asked_for_nothing(aid, case).await?.into_iter().chain([settled]).collect())
        }
        Event::CaseOver { case, pool, owner, ending } => over(aid, case, pool, owner, ending).await,
        Event::PoolLeft { pool, member, silent: true, .. } => {
            Ok(vec![Told { to: member, kind: "notice-pool-left", facts: of_pool(pool), about: None }])
        }
        Event::PoolClosed { pool, by: Some(by) } => {
            let others = member::ids(aid.tx, pool).await?.into_iter().filter(|member| *member != by);
            let facts = of_pool(pool);
            Ok(others.map(|to| Told { to, kind: "notice-pool-closed", facts: facts.clone(), about: None }).collect())
        }
        Event::PoolJoined { pool, member, inviter } => {
            let mut facts = of_pool(pool);
            facts.insert("name".to_owned(), Fact::Member(member));
            Ok(vec![Told { to: inviter, kind: "notice-pool-joined", facts, about: Some(About::Pool(pool)) }])
        }
        Event::PoolGroupBound { pool, member } => Ok(vec![of_group(pool, member, None)]),
        Event::StrangerInPoolGroup { pool, keeper, who } => {
            let told = of_group(pool, keeper, Some(who));
            let (about, facts) =
                (About::Pool(pool).to_string(), serde_json::to_string(&told.facts).unwrap_or_default());
            // Whoever writes there again and again is told of once a day.
            let since = aid.now - TimeDelta::days(1);
            let is_known = store::outbox::told_the_same(aid.tx, keeper, &about, (told.kind, &facts), since).await?;
            Ok(if is_known { Vec::new() } else { vec![told] })
        }
        _ => Ok(Vec::new()),
    }
}

/// Whoever has bound a group to a pool reads who reads there; and of somebody (`stranger`) who is not in the pool.
fn of_group(pool: PoolId, keeper: MemberId, stranger: Option<Option<MemberId>>) -> Told {
    let mut facts = of_pool(pool);
    let kind = match stranger {
        None => "notice-pool-group",
        Some(None) => "notice-pool-stranger",
        Some(Some(who)) => {
            facts.insert("name".to_owned(), Fact::Member(who));
            "notice-pool-stranger-named"
        }
    };
    Told { to: keeper, kind, facts, about: Some(About::Pool(pool)) }
}

/// What is told of help, where it is to a case of this pool.
pub(super) fn of_case(mut told: Told, pool: Option<PoolId>) -> Told {
    told.facts.extend(pool.map(|pool| (OF_POOL.to_owned(), Fact::Pool(pool))));
    told
}

/// Whoever looks after a pool is told that others have left it, and that it is they who look after it from now on: once, however
/// many have left. Who has left is said to nobody: not all know each other there.
pub(super) async fn tell_keepers(aid: &Aid<'_>, events: &[Event]) -> Result<Vec<Told>, DbErr> {
    let mut left: BTreeMap<PoolId, (u32, bool)> = BTreeMap::new();
    for event in events {
        if let Event::PoolLeft { pool, kept, .. } = *event {
            let (count, was_kept) = left.entry(pool).or_default();
            (*count, *was_kept) = (*count + 1, *was_kept || kept);
        }
    }
    let keepers = member::keepers(aid.tx, left.keys().copied().collect()).await?;
    let told = keepers.into_iter().map(|(pool, keeper)| {
        let (count, is_new) = left.get(&pool).copied().unwrap_or_default();
        let mut facts = of_pool(pool);
        facts.insert("count".to_owned(), count.into());
        let kind = if is_new { "notice-pool-kept" } else { "notice-pool-fewer" };
        Told { to: keeper, kind, facts, about: Some(About::Pool(pool)) }
    });
    Ok(told.collect())
}

/// Whoever is restored reads which cases of theirs were over because they were suspended.
pub(super) async fn given_up(aid: &Aid<'_>, owner: MemberId, since: DateTime<Utc>) -> Result<Vec<Told>, DbErr> {
    let cases = case::given_up(aid.tx, owner, since).await?.into_iter();
    let told = cases.map(|case| {
        let about = Some(About::Case(case.id));
        Told { to: owner, kind: "notice-case-given-up", facts: of_pool(case.pool_id), about }
            .with("sum", Money::from_minor(case.sum))
    });
    Ok(told.collect())
}

fn of_pool(pool: PoolId) -> Facts {
    facts([("pool", Fact::Pool(pool))])
}

/// Whoever does not know their share is told, and known to be told; first of all its owner, where it comes to less.
async fn shares(aid: &Aid<'_>, id: CaseId, after: MemberId) -> Result<Vec<Told>, DbErr> {
    let Some(Changed { case, comes_to, untold }) = pools::untold(aid, id, after).await? else { return Ok(Vec::new()) };
    let told: Vec<share::Told> = untold.iter().map(Untold::told).collect();
    share::set_told(aid.tx, id, &told).await?;
    let until = Fact::At(case.until);
    let is_less = after == MemberId::BEFORE_ALL && case::tell_owner(aid.tx, id, comes_to).await?;
    let owner = is_less.then(|| less(&case, comes_to));
    Ok(owner.into_iter().chain(untold.iter().map(|one| share_of(&case, one, until))).collect())
}

/// The others can't be asked for all of it any more.
fn less(case: &Case, comes_to: Money) -> Told {
    let facts = facts([("pool", Fact::Pool(case.pool)), ("asks", case.sum.into()), ("sum", comes_to.into())]);
    Told { to: case.owner, kind: "notice-case-less", facts, about: Some(About::Case(case.id)) }
}

/// Whoever has an emergency reads that their answer is waited for no more.
fn spared(id: CaseId, pool: PoolId, owner: MemberId, who: MemberId) -> Told {
    let facts = facts([("name", Fact::Member(owner)), ("pool", Fact::Pool(pool))]);
    Told { to: who, kind: "notice-case-spared", facts, about: Some(About::Case(id)) }
}

fn share_of(case: &Case, untold: &Untold, until: Fact) -> Told {
    let Asked { member, most, share, answer, told, .. } = untold.asked;
    let waits = answer == Answer::None && share.is_positive();
    let kind = match told {
        _ if !share.is_positive() => "notice-case-share-nothing",
        _ if !waits => "notice-case-share-taken",
        _ if untold.again && case.phase == Phase::AskedAgain => "notice-case-again",
        None => "notice-case",
        Some(_) => "notice-case-share",
    };
    let facts = facts([
        ("name", Fact::Member(case.owner)),
        ("pool", Fact::Pool(case.pool)),
        ("words", Fact::Case(case.id)),
        ("asks", case.sum.into()),
        ("sum", share.into()),
        ("from", told.unwrap_or_default().into()),
        ("most", most.into()),
        ("grows", u32::from(untold.asked.can_grow()).into()),
        ("until", until),
    ]);
    Told { to: member, kind, facts, about: Some(About::Case(case.id)) }
}

/// Those who were asked for a share of a case that has settled, and have none of it by now.
async fn asked_for_nothing(aid: &Aid<'_>, id: CaseId) -> Result<Vec<Told>, DbErr> {
    let Some(row) = case::find(aid.tx, id).await? else { return Ok(Vec::new()) };
    let rows = share::taking_part(aid.tx, [id]).await?.into_iter().map(|(_, row)| row);
    let asked = rows.filter(|row| row.answer != Answer::Promised && row.told.is_some_and(|told| told.is_positive()));
    let told = |one: share::Row| {
        let facts = facts([
            ("name", Fact::Member(row.owner_id)),
            ("pool", Fact::Pool(row.pool_id)),
            ("from", one.told.unwrap_or_default().into()),
        ]);
        Told { to: one.member, kind: "notice-case-share-nothing", facts, about: Some(About::Case(id)) }
    };
    Ok(asked.map(told).collect())
}

/// It says what was read last, where the share has become more since.
fn promised(pool: PoolId, help: Help, told: Option<Money>) -> Told {
    let from = told.unwrap_or(help.sum);
    let facts = facts([
        ("name", Fact::Member(help.receiver)),
        ("pool", Fact::Pool(pool)),
        ("sum", help.sum.into()),
        ("from", from.into()),
        ("grown", u32::from(help.sum > from).into()),
    ]);
    let about = Some(About::Commitment(help.commitment));
    Told { to: help.supporter, kind: "notice-case-promised", facts, about }
}

/// Those who have been asked for something owe nothing; its owner hears it where it came of itself.
async fn over(
    aid: &Aid<'_>,
    id: CaseId,
    pool: PoolId,
    owner: MemberId,
    ending: CaseEnding,
) -> Result<Vec<Told>, DbErr> {
    let told = |to, kind| Told { to, kind, facts: of_pool(pool), about: Some(About::Case(id)) };
    match ending {
        // They hear that the pool is closed, and that what was discussed is over.
        CaseEnding::Closed => Ok(Vec::new()),
        CaseEnding::Nobody => Ok(vec![told(owner, "notice-case-nobody")]),
        CaseEnding::Withdrawn | CaseEnding::OwnerGone => {
            let asked = share::taking_part(aid.tx, [id]).await?.into_iter().map(|(_, row)| row);
            let asked = asked.filter(|row| row.told.is_some_and(|told| told.is_positive()) && row.member != owner);
            // Several may be discussed at once: whose it was, and which.
            let sum = case::find(aid.tx, id).await?.map(|row| Money::from_minor(row.sum)).unwrap_or_default();
            let over = |row: share::Row| {
                let mut over = told(row.member, "notice-case-over").with("sum", sum);
                over.facts.insert("name".to_owned(), Fact::Member(owner));
                over
            };
            Ok(asked.map(over).collect())
        }
    }
}

fn look(id: CaseId) -> Choice {
    Choice::go(msg!("notice-look"), Route::new("case").with(id))
}

fn look_at(id: CaseId) -> Vec<Vec<Choice>> {
    vec![vec![look(id)]]
}

fn look_at_pool(id: PoolId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("pool").with(id))]]
}

fn look_at_groups(id: PoolId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("pool-group").with(id))]]
}

/// The notice says what is asked, and that a promise comes of it: it is the question itself. Leaving is asked about.
fn answer(id: CaseId) -> Vec<Vec<Choice>> {
    let leave = Choice::go(msg!("case-leave"), Route::new("case").with(id).with("leave"));
    vec![vec![Choice::grave(msg!("case-take"), TAKE).of(Nature::Confirms)], vec![look(id), leave]]
}
