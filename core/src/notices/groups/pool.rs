//! What is told in the group of a pool: that a case is opened and by whom, that a share is taken, but not by whom, what comes of
//! it, and that the pool is closed. What its owner has written about it is for the members alone.

use std::collections::HashMap;

use super::{Ends, Fact, Post, facts};
use crate::aid::Aid;
use crate::domain::{CaseId, Event, GroupOf, PoolId};
use crate::store::pool::share;
use exodus_engine::conversation::Fault;

pub(super) const POSTS: &[&str] = &[
    "group-pool-case",
    "group-pool-share",
    "group-pool-lowered",
    "group-pool-settled",
    "group-pool-over",
    "group-pool-closed",
];

/// Where more take part in a case, what the card counts is enough: a group is not told each of so many shares.
const MOST_TOLD: u64 = 50;

/// On which card it is to be seen.
pub(super) fn changes(event: &Event) -> Option<GroupOf> {
    event.pool().map(GroupOf::Pool)
}

/// A group is of a pool no more when the pool is closed, and when whoever has bound it has left the pool.
pub(super) fn ends(event: &Event) -> Option<Ends> {
    match *event {
        Event::PoolClosed { pool, .. } => {
            let last =
                Post { of: GroupOf::Pool(pool), kind: "group-pool-closed", facts: facts([("pool", Fact::Pool(pool))]) };
            Some(Ends { of: GroupOf::Pool(pool), bound_by: None, last: Some(last) })
        }
        Event::PoolLeft { pool, member, .. } => {
            Some(Ends { of: GroupOf::Pool(pool), bound_by: Some(member), last: None })
        }
        _ => None,
    }
}

/// What their groups read of it.
pub(super) async fn posts(aid: &Aid<'_>, events: &[Event]) -> Result<Vec<Post>, Fault> {
    let taken = events.iter().filter_map(|event| match event {
        Event::ShareConfirmed { case, .. } => Some(*case),
        _ => None,
    });
    let asked = share::counts(aid.tx, taken).await?;
    Ok(events.iter().filter_map(|event| post(event, &asked)).collect())
}

fn post(event: &Event, asked: &HashMap<CaseId, u64>) -> Option<Post> {
    let (pool, kind, facts): (PoolId, _, _) = match *event {
        Event::CaseOpened { pool, owner, sum, .. } => {
            (pool, "group-pool-case", facts([("name", Fact::Member(owner)), ("sum", sum.into())]))
        }
        Event::ShareConfirmed { case, pool, owner, .. } => {
            asked.get(&case).filter(|asked| **asked <= MOST_TOLD)?;
            (pool, "group-pool-share", facts([("name", Fact::Member(owner))]))
        }
        Event::CaseLowered { pool, owner, from, to, .. } => {
            let facts = facts([("name", Fact::Member(owner)), ("from", from.into()), ("sum", to.into())]);
            (pool, "group-pool-lowered", facts)
        }
        Event::CaseSettled { pool, owner, sum, promised, supporters, .. } => {
            let facts = facts([
                ("name", Fact::Member(owner)),
                ("sum", sum.into()),
                ("gathered", promised.into()),
                ("count", supporters.into()),
            ]);
            (pool, "group-pool-settled", facts)
        }
        Event::CaseOver { pool, owner, .. } => (pool, "group-pool-over", facts([("name", Fact::Member(owner))])),
        _ => return None,
    };
    Some(Post { of: GroupOf::Pool(pool), kind, facts })
}
