//! What mutual aid keeps and has no further use is thrown away, beside what the engine throws away by itself: what, and how
//! long it is kept, is a table in `docs/running.md`.

use chrono::TimeDelta;
use sea_orm::DbErr;

use super::Work;
use super::calendar::Job;
use super::notifications::plan_daily_messages;
use crate::domain::MemberId;
use crate::domain::program::REMEMBERED;
use crate::store;

/// How long it is remembered that a daily message was sent, of which there is one a day for each member who wants them.
const DAILY: TimeDelta = TimeDelta::days(7);

/// How long a member is kept who registered, was not seen again, and never did a thing that concerns anybody.
const NEVER_DID: TimeDelta = TimeDelta::days(180);

/// When a clearing that is not decided is given up: nobody computes for so long.
const NEVER_COUNTED: TimeDelta = TimeDelta::days(1);

/// How long it is remembered that an offer to pass something on came to nothing.
const CAME_TO_NOTHING: TimeDelta = TimeDelta::days(30);

/// How many rows of a table go in one transaction: so few that nobody who waits for it notices.
const AT_ONCE: u64 = 500;

/// Throws away some of what is over, where `progress` says how far the step before has come; `None` when all is done.
pub async fn next(aid: &Work<'_>, progress: &str) -> Result<Option<String>, DbErr> {
    let after = progress.strip_prefix("members ").and_then(|after| after.parse().ok());
    if after.is_none()
        && (daily_messages(aid).await? || clearings(aid).await? || chains(aid).await? || programs(aid).await?)
    {
        return Ok(Some(String::new()));
    }
    let looked_at =
        store::idle::forget(aid.tx, after.unwrap_or(MemberId::BEFORE_ALL), (aid.now - NEVER_DID, aid.now), AT_ONCE)
            .await?;
    Ok(looked_at.map(|last| format!("members {last}")))
}

/// True when there may be more.
async fn daily_messages(aid: &Work<'_>) -> Result<bool, DbErr> {
    let name = Job::DailyMessage.name();
    let gone = store::schedule::forget_named_before(aid.tx, name, aid.now - DAILY, AT_ONCE).await?;
    remember(aid).await?;
    Ok(gone == AT_ONCE)
}

/// Of clearings that never counted nothing is kept: something had changed before they were computed, or the process was killed.
/// True when there may be more.
async fn clearings(aid: &Work<'_>) -> Result<bool, DbErr> {
    let Some(clearing) = store::clearing::abandoned(aid.tx, aid.now - NEVER_COUNTED).await? else { return Ok(false) };
    if store::set_off::forget(aid.tx, clearing, AT_ONCE).await? == 0 {
        store::clearing::forget(aid.tx, clearing).await?;
    }
    Ok(true)
}

/// Of an offer to pass something on of which nothing came nothing has to be kept, but that it was made lately. True when there may be
/// more.
async fn chains(aid: &Work<'_>) -> Result<bool, DbErr> {
    Ok(store::chain::forget(aid.tx, aid.now - CAME_TO_NOTHING, AT_ONCE).await? == AT_ONCE)
}

/// Of programs that may do nothing any more nothing has to be kept, nor for long what was answered to the others. True when there
/// may be more.
async fn programs(aid: &Work<'_>) -> Result<bool, DbErr> {
    let replies = store::program_reply::forget_before(aid.tx, aid.now - REMEMBERED, AT_ONCE).await?;
    let programs = store::program::forget_before(aid.tx, aid.now, AT_ONCE).await?;
    Ok(replies == AT_ONCE || programs == AT_ONCE)
}

/// What waits for a daily message that nobody has planned is sent with the next one.
async fn remember(aid: &Work<'_>) -> Result<(), DbErr> {
    let name = Job::DailyMessage.name();
    let forgotten = store::digest_item::forgotten(aid.tx, name, AT_ONCE).await?;
    plan_daily_messages(aid, forgotten).await
}
