//! An offer as each of the three sees it.

use super::super::{Aid, Refused, namesakes};
use crate::domain::chain::Stage;
use crate::domain::{Called, Chain, ChainId, Commitment, CommitmentId, MemberId, Refusal, State};
use crate::store;
use sea_orm::DbErr;

/// An offer, and what its three are called by whoever sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainSeen {
    pub chain: Chain,
    pub supporter: Called,
    pub middle: Called,
    pub receiver: Called,
    /// Their own records of it, as far as something of them is left to see: what was promised, or what has come of it.
    pub records: Vec<CommitmentId>,
}

/// An offer, for one who knows of it; for anybody else there is none.
pub async fn seen(aid: &Aid<'_>, who: MemberId, id: ChainId) -> Result<ChainSeen, Refused> {
    let chain = store::chain::find(aid.tx, id).await?.filter(|chain| chain.known_to().any(|one| one == who));
    let chain = chain.ok_or(Refusal::Unknown)?;
    let mut seen = named(aid, who, vec![chain]).await?;
    Ok(seen.pop().ok_or(Refusal::Unknown)?)
}

/// The offers about this promise of theirs that they know of: those that are open, and those that were done.
pub async fn of_commitment(aid: &Aid<'_>, who: MemberId, one: &Commitment) -> Result<Vec<ChainSeen>, DbErr> {
    // Nothing of the kind happens to what was not promised yet.
    if one.role_of(who).is_none() || one.state == State::Intention {
        return Ok(Vec::new());
    }
    let mut chains = store::chain::of_commitment(aid.tx, one.id).await?;
    chains.retain(|chain| chain.known_to().any(|member| member == who));
    named(aid, who, chains).await
}

/// Whether this member is asked by it now.
pub async fn is_waited_for(aid: &Aid<'_>, who: MemberId, id: ChainId) -> Result<bool, DbErr> {
    let chain = store::chain::find(aid.tx, id).await?;
    Ok(chain.is_some_and(|chain| chain.waits_for() == Some(who) && aid.now < chain.ends_at))
}

async fn named(aid: &Aid<'_>, who: MemberId, chains: Vec<Chain>) -> Result<Vec<ChainSeen>, DbErr> {
    if chains.is_empty() {
        return Ok(Vec::new());
    }
    let members = chains.iter().flat_map(|chain| [chain.supporter, chain.middle, chain.receiver]);
    let called = namesakes::called(aid, who, members).await?;
    let name = |id: MemberId| called.get(&id).cloned().unwrap_or_else(Called::former);
    let seen = |chain: Chain| ChainSeen {
        supporter: name(chain.supporter),
        middle: name(chain.middle),
        receiver: name(chain.receiver),
        records: records(&chain, who),
        chain,
    };
    Ok(chains.into_iter().map(seen).collect())
}

/// The records of it that this member is a side of.
fn records(chain: &Chain, who: MemberId) -> Vec<CommitmentId> {
    match (chain.stage, chain.done) {
        (Stage::Done, Some([passed, taken, owed])) => {
            let is_middle = who == chain.middle;
            if is_middle { vec![passed, taken] } else { vec![owed] }
        }
        _ if who == chain.middle => vec![chain.first, chain.second],
        _ if who == chain.supporter => vec![chain.first],
        _ => vec![chain.second],
    }
}
