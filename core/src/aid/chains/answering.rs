//! Agreeing to an offer, or not; and what is done when all three have.

use super::super::{Refused, Work, deeds, month, unit};
use super::offering::lock_collections;
use super::see_each_other;
use crate::domain::chain::Stage;
use crate::domain::{Chain, ChainId, Commitment, CommitmentId, Deed, Event, MemberId, Money, Refusal, State};
use crate::store;

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub stage: Stage,
    /// What is owed instead, where it is done.
    pub owed: Option<CommitmentId>,
    /// Who is asked next, where somebody is.
    pub asks: Option<MemberId>,
}

/// One of the three says Yes or No to an offer. The last Yes does it.
///
/// # Errors
/// See [`Refused`]: the rules' own reasons; [`Refusal::NotPassedOn`] where something has changed, so that it can't be done now.
pub async fn answer(aid: &Work<'_>, who: MemberId, id: ChainId, agrees: bool) -> Result<Answered, Refused> {
    let chain = store::chain::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    chain.answered(who, agrees, aid.now)?;
    for other in [chain.supporter, chain.middle, chain.receiver].into_iter().filter(|other| *other != who) {
        unit::catch_up(aid, other).await?;
    }
    let (first, second) = (find(aid, chain.first).await?, find(aid, chain.second).await?);
    lock_collections(aid, [&first, &second]).await?;
    let chain = store::chain::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let stage = chain.answered(who, agrees, aid.now)?;
    if agrees {
        can_be_done(aid, &chain).await?;
    }
    let owed = match stage {
        Stage::Agreed => {
            store::chain::agree(aid.tx, id, aid.now).await?;
            aid.happened(Event::ChainAgreed { passing: chain.passing(), until: chain.ends_at });
            None
        }
        Stage::Done => Some(pass_on(aid, &chain).await?),
        how => {
            store::chain::end(aid.tx, [id], how, aid.now).await?;
            aid.happened(chain.over(how, Some(who)));
            None
        }
    };
    let asks = (stage == Stage::Agreed).then_some(chain.receiver);
    Ok(Answered { stage, owed, asks })
}

/// Refuses what was agreed to and is not so any more.
async fn can_be_done(aid: &Work<'_>, chain: &Chain) -> Result<(), Refused> {
    if !store::chain::still_stands(aid.tx, chain.id).await? {
        return Err(Refusal::NotPassedOn.into());
    }
    match see_each_other(aid, chain.supporter, chain.receiver).await {
        // They could when it was offered.
        Err(Refused::Rule(_)) => Err(Refusal::NotPassedOn.into()),
        seen => seen,
    }
}

/// What the supporter owes already to the collection to which this is owed from now on. An intention there makes way, since one of
/// the two can stand there: how much it was is the other thing that is told.
async fn owed_there(
    aid: &Work<'_>,
    second: &Commitment,
    supporter: MemberId,
) -> Result<(Option<Commitment>, Option<Money>), Refused> {
    let live = store::commitment::live_of(aid.tx, second.collection, supporter).await?;
    match live {
        Some(live) if live.state == State::Intention => {
            deeds::perform(aid, supporter, live.id, Deed::Withdraw).await?;
            Ok((None, Some(live.sum)))
        }
        live => Ok((live.filter(|live| live.state == State::Obligation), None)),
    }
}

/// Both promises shrink by the sum, and as much is owed instead, from this day on.
async fn pass_on(aid: &Work<'_>, chain: &Chain) -> Result<CommitmentId, Refused> {
    let (first, second) = (locked(aid, chain.first).await?, locked(aid, chain.second).await?);
    for one in [&first, &second] {
        month::is_closed_on(aid, one)?;
    }
    let (owed, made_way) = owed_there(aid, &second, chain.supporter).await?;
    let sum = chain.sum;
    let (passed, first_rest) = store::commitment::end_part(aid.tx, &first, sum, State::PassedOn, aid.now).await?;
    let (taken, second_rest) = store::commitment::end_part(aid.tx, &second, sum, State::TakenOver, aid.now).await?;
    let new = store::commitment::New {
        collection: second.collection,
        supporter: chain.supporter,
        receiver: chain.receiver,
        sum,
        state: State::Obligation,
        month: aid.month(),
    };
    let owed = store::commitment::owe_instead(aid.tx, owed.as_ref(), new, aid.now).await?;
    store::chain::done(aid.tx, chain.id, [passed.id, taken.id, owed.id], aid.now).await?;
    let id = chain.id;
    let rest = |rest: Option<Commitment>| rest.map(|rest| rest.help());
    aid.happened(Event::PassedOn { help: passed.help(), rest: rest(first_rest), chain: id });
    aid.happened(Event::TakenOver { help: taken.help(), rest: rest(second_rest), chain: id });
    aid.happened(Event::OwedInstead { help: owed.help(), more: sum, chain: id });
    aid.happened(Event::ChainDone { passing: chain.passing(), owed: owed.id, made_way });
    Ok(owed.id)
}

async fn find(aid: &Work<'_>, id: CommitmentId) -> Result<Commitment, Refused> {
    Ok(store::commitment::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?)
}

async fn locked(aid: &Work<'_>, id: CommitmentId) -> Result<Commitment, Refused> {
    Ok(store::commitment::find_locked(aid.tx, id).await?.ok_or(Refusal::Unknown)?)
}
