//! Passing on what one is promised to whom one has promised something oneself: where A owes B, and B owes C, A owes C instead. It
//! takes the consent of each of the three for this one case, and changes three records in one transaction.

mod answering;
mod ending;
mod offering;
mod seen;

pub use answering::{Answered, answer};
pub use ending::expire;
pub use offering::{Asked, Partner, asked, offer, partners};
pub use seen::{ChainSeen, is_waited_for, of_commitment, seen};

use super::{Aid, Refused, cards};
use crate::domain::{MemberId, Refusal};

/// Refuses what would have two members owe each other who may not see each other: nobody learns of anybody by it.
async fn see_each_other(aid: &Aid<'_>, one: MemberId, other: MemberId) -> Result<(), Refused> {
    if cards::may_see(aid, one, other).await? && cards::may_see(aid, other, one).await? {
        return Ok(());
    }
    Err(Refusal::NoChain.into())
}
