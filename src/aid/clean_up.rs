//! What has no further use is thrown away: what, and how long it is kept, is a table in `docs/running.md`.

use chrono::TimeDelta;
use sea_orm::DbErr;

use super::Aid;
use super::calendar::Job;
use crate::domain::notification::next_daily_message;
use crate::store;

/// How long an update is remembered as seen: messengers deliver again what was not taken for a day or two at most.
const SEEN: TimeDelta = TimeDelta::days(7);

/// How long a notice that offers nothing is kept after it was sent, and one that was given up.
const TOLD: TimeDelta = TimeDelta::days(90);

/// How long a notice is kept whose choices may still be taken: longer than anything can stay open unnoticed.
const ASKED: TimeDelta = TimeDelta::days(400);

/// How long it is remembered what the calendar did, so that it is not done again when the clock is put back.
const DONE: TimeDelta = TimeDelta::days(400);

/// The same for daily messages, of which there is one a day for each member who wants them.
const DAILY: TimeDelta = TimeDelta::days(7);

/// How long it is remembered that a process was there.
const ENDED: TimeDelta = TimeDelta::days(1);

/// How long a chat is kept of somebody who looked in and never became a member.
const LOOKED_IN: TimeDelta = TimeDelta::days(30);

/// How long a member is kept who registered, was not seen again, and never did a thing that concerns anybody.
const NEVER_DID: TimeDelta = TimeDelta::days(180);

/// How many rows of a table go in one transaction: so few that nobody who waits for it notices.
const AT_ONCE: u64 = 500;

/// Throws away some of what is over, where `progress` says how far the step before has come; `None` when all is done.
pub async fn next(aid: &Aid<'_>, progress: &str) -> Result<Option<String>, DbErr> {
    let after = progress.strip_prefix("members ").and_then(|after| after.parse().ok());
    if after.is_none() && rows(aid).await? {
        return Ok(Some(String::new()));
    }
    let looked_at = store::idle::forget(aid.tx, after.unwrap_or(0), aid.now - NEVER_DID, AT_ONCE).await?;
    Ok(looked_at.map(|last| format!("members {last}")))
}

/// True when there may be more.
async fn rows(aid: &Aid<'_>) -> Result<bool, DbErr> {
    let (tx, now) = (aid.tx, aid.now);
    let gone = [
        store::seen_update::forget_before(tx, now - SEEN, AT_ONCE).await?,
        store::outbox::forget_told_before(tx, now - TOLD, AT_ONCE).await?,
        store::outbox::forget_given_up_before(tx, now - TOLD, AT_ONCE).await?,
        store::outbox::forget_asked_before(tx, now - ASKED, AT_ONCE).await?,
        store::schedule::forget_before(tx, now - DONE, AT_ONCE).await?,
        store::schedule::forget_named_before(tx, Job::DailyMessage.name(), now - DAILY, AT_ONCE).await?,
        store::session::forget_strangers_before(tx, now - LOOKED_IN, AT_ONCE).await?,
    ];
    store::lease::forget_before(tx, now - ENDED).await?;
    remember(aid).await?;
    Ok(gone.contains(&AT_ONCE))
}

/// What waits for a daily message that nobody has planned is sent with the next one.
async fn remember(aid: &Aid<'_>) -> Result<(), DbErr> {
    let name = Job::DailyMessage.name();
    let forgotten = store::digest_item::forgotten(aid.tx, name, AT_ONCE).await?;
    let due_at = next_daily_message(aid.now, &aid.rules.zone);
    let messages = forgotten.into_iter().map(|about| store::schedule::New { name, about, due_at });
    store::schedule::plan(aid.tx, messages, aid.now).await
}
