use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::super::{Admin, Aid, Refused, Work, calendar, reaching};
use super::{count_told_of_end, count_voters_told, ending, locked, mine};
use crate::domain::{CollectionId, Ending, Event, MemberId, Money, Reason, Refusal, collection, initiative};
use crate::store;

/// Lowers the sum of a member's own initiative; by that it may have all the votes that it needs. Says how many voters hear of
/// it.
pub async fn lower_sum(aid: &Work<'_>, who: MemberId, id: CollectionId, target: Money) -> Result<usize, Refused> {
    let update = initiative::lower(&mine(aid, who, id).await?, who, target)?;
    store::collection::set_target(aid.tx, id, target).await?;
    aid.happened(update.event);
    reaching::look(aid, &update.collection).await?;
    count_voters_told(aid, &update.collection).await
}

/// Moves the date of a member's own initiative, once. Says how many voters hear of it.
pub async fn prolong(aid: &Work<'_>, who: MemberId, id: CollectionId, days: u32) -> Result<usize, Refused> {
    let initiative = mine(aid, who, id).await?;
    let row = store::initiative::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let update = initiative::prolong(&initiative, row.prolonged, who, aid.today(), days)?;
    if let Some(ends_on) = update.collection.ends_on {
        store::collection::set_date(aid.tx, id, ends_on).await?;
        store::initiative::set_prolonged(aid.tx, id).await?;
        calendar::plan_initiative(aid, &update.collection).await?;
    }
    aid.happened(update.event);
    count_voters_told(aid, &initiative).await
}

/// Tells the voters of a member's own initiative something, once in 24 hours. Says how many hear of it.
pub async fn tell_voters(
    aid: &Work<'_>,
    who: MemberId,
    id: CollectionId,
    words: &initiative::Words,
) -> Result<usize, Refused> {
    let initiative = mine(aid, who, id).await?;
    collection::check_owner(&initiative, who)?;
    let last = store::initiative::last_news(aid.tx, id).await?.map(|news| news.created_at);
    crate::domain::once_in_a_day(last, aid.now)?;
    let news = store::initiative::add_news(aid.tx, id, words.as_str(), aid.now).await?;
    aid.happened(Event::InitiativeNews { collection: id, owner: initiative.owner, news });
    count_voters_told(aid, &initiative).await
}

/// When the voters of an initiative can be told something again; none: now.
pub async fn next_news(aid: &Aid<'_>, id: CollectionId) -> Result<Option<DateTime<Utc>>, DbErr> {
    let last = store::initiative::last_news(aid.tx, id).await?.map(|news| news.created_at);
    Ok(match crate::domain::once_in_a_day(last, aid.now) {
        Err(Refusal::TooSoon { again_at }) => Some(again_at),
        _ => None,
    })
}

/// Cancels a member's own initiative: intentions end, what was promised stands. Says how many voters hear of it.
pub async fn cancel(aid: &Work<'_>, who: MemberId, id: CollectionId) -> Result<usize, Refused> {
    let initiative = mine(aid, who, id).await?;
    collection::check_owner(&initiative, who)?;
    let told = count_told_of_end(aid, &initiative).await?;
    ending::close(aid, &initiative, Ending::Ended).await?;
    Ok(told)
}

/// An administrator closes an initiative that breaks the community's rules. Says how many voters hear of it.
pub async fn close(aid: &Work<'_>, _: &Admin, id: CollectionId, why: &Reason) -> Result<usize, Refused> {
    let initiative = locked(aid, id).await?;
    let told = count_told_of_end(aid, &initiative).await?;
    store::initiative::set_closed_why(aid.tx, id, why.as_str()).await?;
    ending::close(aid, &initiative, Ending::Closed).await?;
    Ok(told)
}
