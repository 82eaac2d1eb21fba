//! How much each member of a pool is asked for by each of its cases that run.

use std::collections::{BTreeMap, HashMap};

use sea_orm::DbErr;

use crate::aid::Aid;
use crate::domain::pool::{self, Part};
use crate::domain::{Answer, Case, CaseId, MemberId, Money, PoolId};
use crate::store::pool::{case, share};

/// One member's part in a case that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub member: MemberId,
    /// The most that it can become: when others leave, and when what older cases ask of them falls away. It is never more
    /// than what the case asks for.
    pub most: Money,
    /// How much it is now.
    pub share: Money,
    pub answer: Answer,
    /// How much they have been told last.
    pub told: Option<Money>,
    /// They have been told that they are asked for the last time.
    pub asked_again: bool,
}

impl Asked {
    /// Whether their answer is waited for. Who is asked for nothing has nothing to answer.
    pub fn is_waited_for(&self) -> bool {
        self.answer == Answer::None && self.share.is_positive()
    }

    /// Whether it can still become more.
    pub fn can_grow(&self) -> bool {
        self.most > self.share
    }
}

/// A case that runs, with all who take part in it, in the order of their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub case: Case,
    pub asked: Vec<Asked>,
}

impl Shared {
    /// How much it comes to: what it asks for, or the volume of the others where that is less by now.
    pub fn comes_to(&self) -> Money {
        self.asked.iter().map(|one| one.share).sum()
    }

    /// Whether nobody takes part who could be asked for anything, also where nothing else is asked of them.
    pub fn has_nobody(&self) -> bool {
        !self.asked.iter().any(|one| one.most.is_positive())
    }

    /// Whether all have answered whose answer is waited for.
    pub fn is_answered(&self) -> bool {
        !self.asked.iter().any(Asked::is_waited_for)
    }

    /// The part of this member.
    pub fn of(&self, member: MemberId) -> Option<&Asked> {
        self.asked.binary_search_by_key(&member, |one| one.member).ok().map(|at| &self.asked[at])
    }
}

/// The cases of a pool that run, the older first. What the older ones ask of somebody is taken off what the younger ones can,
/// so nobody is asked for more than their contribution by all of them together. Two queries, however many take part.
pub(super) async fn of_pool(aid: &Aid<'_>, pool: PoolId) -> Result<Vec<Shared>, DbErr> {
    Ok(of_pools(aid, &[pool]).await?.remove(&pool).unwrap_or_default())
}

/// The same of each of these pools in which a case runs. Two queries, however many they are.
pub(super) async fn of_pools(aid: &Aid<'_>, pools: &[PoolId]) -> Result<BTreeMap<PoolId, Vec<Shared>>, DbErr> {
    let running = case::running_in(aid.tx, pools).await?;
    let mut rows: HashMap<CaseId, Vec<share::Row>> = HashMap::new();
    for (case, row) in share::taking_part(aid.tx, running.iter().map(|case| case.id)).await? {
        rows.entry(case).or_default().push(row);
    }
    let mut of_pool: BTreeMap<PoolId, Vec<Case>> = BTreeMap::new();
    for case in running {
        of_pool.entry(case.pool).or_default().push(case);
    }
    Ok(of_pool.into_iter().map(|(pool, running)| (pool, share_out(running, &mut rows))).collect())
}

/// What the cases that run ask of each member together: it is taken off what another one can ask for.
pub(super) fn taken(shared: &[Shared]) -> HashMap<MemberId, Money> {
    let mut taken: HashMap<MemberId, Money> = HashMap::new();
    // What is an obligation already counts as given.
    let open = shared.iter().flat_map(|shared| &shared.asked).filter(|one| one.answer != Answer::Promised);
    for one in open {
        let before = taken.entry(one.member).or_default();
        *before = before.saturating_add(one.share);
    }
    taken
}

fn share_out(running: Vec<Case>, rows: &mut HashMap<CaseId, Vec<share::Row>>) -> Vec<Shared> {
    let mut all: Vec<Shared> = Vec::with_capacity(running.len());
    for case in running {
        let before = if all.is_empty() { HashMap::new() } else { taken(&all) };
        let rows = rows.remove(&case.id).unwrap_or_default();
        let part = |row: &share::Row| Part {
            member: row.member,
            most: row.most.saturating_sub(before.get(&row.member).copied().unwrap_or_default()),
        };
        let parts: Vec<Part> = rows.iter().map(part).collect();
        let sum = case.sum;
        let shares = pool::shares(sum, &parts);
        let asked = rows.iter().zip(shares).map(|(row, share)| Asked {
            member: row.member,
            most: row.most.min(sum),
            share,
            answer: row.answer,
            told: row.told,
            asked_again: row.asked_again,
        });
        all.push(Shared { case, asked: asked.collect() });
    }
    all
}
