//! When initiatives go on.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::DbErr;

use super::super::{Aid, Work};
use super::{Job, plan_about};
use crate::domain::calendar::initiative_reminder;
use crate::domain::initiative::promise_by;
use crate::domain::{Collection, CollectionId};
use crate::store;

/// What follows from an open initiative.
const OF_INITIATIVE: [Job; 4] =
    [Job::InitiativeReached, Job::InitiativeEnd, Job::InitiativeReminder, Job::InitiativePromises];

/// Notes how the open initiatives go on, as far as that is not noted, or the community has moved to another time zone since.
pub(super) async fn plan_all(aid: &Work<'_>, planned: &[store::schedule::Model]) -> Result<(), DbErr> {
    for initiative in store::collection::open_with_votes(aid.tx).await? {
        let about = initiative.id.number();
        let due =
            |job: Job| planned.iter().find(|row| row.name == job.name() && row.about == about).map(|row| row.due_at);
        match initiative.reached_at {
            None if due(Job::InitiativeEnd) != votes_end(aid, &initiative) => plan_initiative(aid, &initiative).await?,
            Some(at) if due(Job::InitiativePromises) != Some(promises_end(aid, at)) => {
                plan_promises(aid, initiative.id, at).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Notes when an initiative that collects votes ends, and forgets what was noted when its date was another.
pub(in crate::aid) async fn plan_initiative(aid: &Aid<'_>, initiative: &Collection) -> Result<(), DbErr> {
    store::schedule::cancel(aid.tx, &[Job::InitiativeEnd.name()], initiative.id.number(), aid.now).await?;
    let Some(ends_at) = votes_end(aid, initiative) else { return Ok(()) };
    plan_about(aid, Job::InitiativeEnd, initiative.id, ends_at).await
}

/// Notes what is to be done now that the voters of an initiative are asked to promise, which had all the votes that it needs at
/// this time. Says up to which day they can.
pub(in crate::aid) async fn plan_promises(
    aid: &Aid<'_>,
    id: CollectionId,
    reached_at: DateTime<Utc>,
) -> Result<NaiveDate, DbErr> {
    forget_initiative(aid, id).await?;
    let by = promise_by(reached_at, &aid.rules.zone);
    let reminder = initiative_reminder(by, &aid.rules.zone);
    if reminder > aid.now {
        plan_about(aid, Job::InitiativeReminder, id, reminder).await?;
    }
    plan_about(aid, Job::InitiativePromises, id, promises_end(aid, reached_at)).await?;
    Ok(by)
}

/// When the last day to vote is over.
fn votes_end(aid: &Aid<'_>, initiative: &Collection) -> Option<DateTime<Utc>> {
    Some(aid.rules.zone.begins(initiative.ends_on? + Days::new(1)))
}

/// When the last day to promise is over.
fn promises_end(aid: &Aid<'_>, reached_at: DateTime<Utc>) -> DateTime<Utc> {
    aid.rules.zone.begins(promise_by(reached_at, &aid.rules.zone) + Days::new(1))
}

/// Nothing more is to be done for this initiative.
pub(in crate::aid) async fn forget_initiative(aid: &Aid<'_>, id: CollectionId) -> Result<(), DbErr> {
    store::schedule::cancel(aid.tx, &OF_INITIATIVE.map(Job::name), id.number(), aid.now).await
}
