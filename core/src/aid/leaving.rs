//! Leaving the bot: what lives between the member and others ends, and all that was theirs alone is erased.

use sea_orm::DbErr;

use super::calendar::Job;
use super::{Aid, Refused, Work, endings, groups, guarantees, initiatives, pools};
use crate::domain::leaving::when_one_leaves;
use crate::domain::{Commitment, Ending, Event, MemberId, Money, Refusal, Role, State};
use crate::store;
use exodus_engine::conversation::forget_words;

/// What a member's leaving would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// How much of what they want to help others with would be cancelled, in how many commitments.
    pub to_others: (u64, Money),
    /// And of what others want to help them with.
    pub to_me: (u64, Money),
    /// How much of the latter has been done, as others say, and waits for their word.
    pub to_confirm: u64,
    /// How many collections of theirs would end.
    pub collections: usize,
    /// How many mutual guarantees would end.
    pub guarantees: u64,
    /// How many pools they would leave.
    pub pools: usize,
    /// How many initiatives of theirs would end.
    pub initiatives: usize,
}

/// What becomes of a member's affairs if they leave now. Nothing is changed.
pub async fn leaving(aid: &Aid<'_>, who: MemberId) -> Result<Leaving, DbErr> {
    let (states, tallies) = (unsettled(), store::commitment::tallies(aid.tx, who).await?);
    let of = |role| (tallies.count(role, &states), tallies.sum(role, &states));
    Ok(Leaving {
        to_others: of(Role::Supporter),
        to_me: of(Role::Receiver),
        to_confirm: tallies.count(Role::Receiver, &[State::Claimed, State::OverdueClaimed]),
        collections: store::collection::open_of(aid.tx, who).await?.len(),
        guarantees: store::guarantee::count_of(aid.tx, who).await?,
        pools: pools::pools_of(aid, who).await?.len(),
        initiatives: store::collection::open_initiatives_of(aid.tx, who).await?.len(),
    })
}

/// The member leaves: their collections end, what is not settled between them and others is cancelled and the others are told,
/// and all that is known of them is erased. What has come to rest stays in the archives of the others, without a name.
pub async fn leave(aid: &Work<'_>, who: MemberId) -> Result<(), Refused> {
    let name = store::member::find(aid.tx, who).await?.ok_or(Refusal::Unknown)?.name;
    // Each part is kept beside the stack, which is not made for all of them at once.
    // Pools come first, here and wherever one is taken.
    Box::pin(pools::leave_all(aid, who)).await?;
    for open in store::collection::open_of(aid.tx, who).await? {
        // Two at the most. Whoever declares help in the same moment comes before this, or finds it ended.
        let open = store::collection::find_locked(aid.tx, open.id).await?.ok_or(Refusal::Unknown)?;
        Box::pin(endings::close(aid, &open, Ending::Left)).await?;
    }
    store::member::lock(aid.tx, who).await?;
    // Whoever proposes one in the same moment does so before this, or is no member any more.
    let news = store::initiative::news_of(aid.tx, who).await?;
    let titles = Box::pin(initiatives::leave(aid, who)).await?;
    Box::pin(groups::let_groups_go(aid, who)).await?;
    let cancelled = Box::pin(cancel(aid, who)).await?;
    withdraw_news(aid, who, &cancelled, &news).await?;
    Box::pin(guarantees::end_guarantees_of(aid, who)).await?;
    let tokens = store::invite::erase_of(aid.tx, who).await?;
    store::program::end_all(aid.tx, who).await?;
    store::acquaintance::leave(aid.tx, who, aid.now).await?;
    store::schedule::cancel(aid.tx, &[Job::DailyMessage.name()], who.number(), aid.now).await?;
    store::member::erase(aid.tx, &[who], aid.now).await?;
    store::person::erase(aid.tx, &[who]).await?;
    let names: Vec<String> = std::iter::once(name).chain(titles).collect();
    forget_words(&aid.moment(), &names, &tokens).await?;
    Box::pin(groups::named_anew(aid, who)).await?;
    aid.happened(Event::Left { member: who });
    Ok(())
}

/// Cancels all that is not settled, from and to the member.
async fn cancel(aid: &Work<'_>, who: MemberId) -> Result<Vec<Commitment>, Refused> {
    let unsettled = store::commitment::of_both_sides_locked(aid.tx, who, &unsettled()).await?;
    store::commitment::settle(aid.tx, &unsettled, State::Cancelled, aid.now).await?;
    store::commitment::erase_notes(aid.tx, who).await?;
    for commitment in &unsettled {
        let by = if commitment.supporter == who { Role::Supporter } else { Role::Receiver };
        aid.happened(Event::CancelledByLeaving { help: commitment.help(), was: commitment.state, by });
    }
    Ok(unsettled)
}

/// What waits to be told of the member's own affairs is told nobody any more: it is news of somebody who is not there.
async fn withdraw_news(
    aid: &Work<'_>,
    who: MemberId,
    cancelled: &[Commitment],
    news: &[store::initiative::NewsRow],
) -> Result<(), DbErr> {
    let collections = store::collection::rows_of(aid.tx, who).await?;
    let of_collections = collections.iter().flat_map(|collection| {
        ["collection", "initiative-sum", "initiative-date"].map(|record| format!("{record}/{}", collection.id))
    });
    let of_news = news.iter().map(|news| format!("initiative-news/{}", news.id));
    let of_commitments = cancelled.iter().map(|commitment| format!("commitment/{}", commitment.id));
    let records: Vec<String> = of_collections.chain(of_commitments).chain(of_news).collect();
    store::outbox::withdraw(aid.tx, &records).await?;
    store::digest_item::forget(aid.tx, who, &records).await
}

/// The states that leaving changes.
fn unsettled() -> Vec<State> {
    State::ALL.into_iter().filter(|state| when_one_leaves(*state).is_some()).collect()
}
