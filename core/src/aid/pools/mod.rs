//! Pools (section 13 of docs/rules.md): who is in them, and the cases that are shared out among their members.
//!
//! Whatever changes a pool, who is in it, or one of its cases takes the pool first, so that two who do so come one after the
//! other. How much each member is asked for follows from all who take part together (`shares`), whenever it is asked for; so
//! what one of them does is one row, however many they are. What many have to be told of, and what becomes of many, is done
//! in steps of the calendar (`steps`), unless they are few.

mod cases;
mod group;
mod inviting;
mod membership;
mod opening;
mod seen;
mod shares;
mod steps;

pub use cases::{Taken, confirm, lower, open_case, volume_for_case, withdraw};
pub use group::{
    PoolBound, PoolCard, PoolGroups, PublicCase, bind_pool, heard_in_pool_group, let_pool_groups_go, pool_cards,
    pool_groups,
};
pub use inviting::{Invited, invite_to_pool, invited, pool_invite};
pub use membership::{change_contribution, join, leave_pool};
pub use opening::{close_pool, count_to_hear_of_closing, open_pool};
pub use seen::{
    CaseLine, CaseSeen, PoolSeen, case_of, case_seen, ended_cases, is_waited_for, pool_members, pool_seen, pools_of,
    waiting,
};
pub use shares::{Asked, Shared};
pub use steps::{Changed, Untold, go_on, tell_next, untold};

pub(super) use membership::{leave_all, sit_out, step_aside};

use super::{Aid, Refused};
use crate::domain::{MemberId, PoolId, Refusal};
use crate::store;

/// An open pool that this member is in, taken; and how much they would give.
async fn mine_locked(
    aid: &Aid<'_>,
    who: MemberId,
    id: PoolId,
) -> Result<(store::pool::Model, store::pool::member::Model), Refused> {
    let pool = store::pool::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let mine = store::pool::member::find(aid.tx, id, who).await?.ok_or(Refusal::Unknown)?;
    if pool.is_open() { Ok((pool, mine)) } else { Err(Refusal::PoolClosed.into()) }
}
