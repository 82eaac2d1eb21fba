//! What belongs to every use, whoever the caller is: a turn, a step of the calendar, another program.

use super::work::{By, Community, Work};
use super::{Refused, clearing, month};
use crate::domain::{MemberId, Refusal};
use exodus_engine::conversation::{Fault, Moment, Moments};

/// Runs a use case: closes what is over for whoever comes, does the work, writes the journal, and queues what others are
/// told. All of it is in the database when the caller commits the moment, or nothing. What a rule refuses is undone by
/// whoever opened the moment: the engine undoes the deed of a turn and the step of a calendar, [`alone`] its own.
///
/// # Errors
/// See [`Refused`]. Of what was refused nothing is to be kept.
pub async fn run<T>(
    at: Moment<'_>,
    community: Community<'_>,
    by: By,
    work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>,
) -> Result<T, Refused> {
    close_what_is_over(at, community, by).await?;
    run_on(at, community, by, work).await
}

/// The same for a caller who has closed what is over in this very moment, as a turn does when somebody arrives.
///
/// # Errors
/// As [`run`].
pub async fn run_on<T>(
    at: Moment<'_>,
    community: Community<'_>,
    by: By,
    work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>,
) -> Result<T, Refused> {
    let begun = Work::begin(at, community, by);
    // What a use case does, and telling of it, are kept beside the stack: both are long, and they are called from deep below.
    let done = Box::pin(work(&begun)).await?;
    Box::pin(begun.end()).await?;
    Ok(done)
}

/// Between a month's last midnight and the calendar's work nothing is done to what has ended, and nothing of it is shown. Nor is
/// anything between the decision on a clearing and the last of its lines.
///
/// # Errors
/// See [`Fault`].
pub async fn close_what_is_over(at: Moment<'_>, community: Community<'_>, by: By) -> Result<(), Fault> {
    let By::Member(member) = by else { return Ok(()) };
    // That is nobody's deed.
    let closing = Work::begin(at, community, By::Calendar);
    clearing::carry_out_for(&closing, member).await?;
    month::close_for(&closing, member).await?;
    closing.end().await
}

/// The same for another member whose records somebody changes together with their own: what is over for them is closed first.
///
/// # Errors
/// See [`Fault`].
pub(super) async fn catch_up(work: &Work<'_>, other: MemberId) -> Result<(), Fault> {
    let closing = work.as_nobody_s();
    clearing::carry_out_for(&closing, other).await?;
    month::close_for(&closing, other).await?;
    closing.end().await
}

/// The same for a caller who has no moment open: opens one, tries again what others were faster with, and commits.
///
/// # Errors
/// A rule says no, or a fault other than a race: then nothing was changed.
pub async fn alone<T>(
    moments: &Moments,
    community: Community<'_>,
    by: By,
    work: impl AsyncFn(&Work<'_>) -> Result<T, Refused>,
) -> Result<T, Refused> {
    let who = match by {
        By::Member(member) => Some(member),
        By::Newcomer | By::Calendar => None,
    };
    let played = moments
        .play(who, async |at: Moment<'_>| -> Result<Result<T, Refusal>, Fault> {
            match run(at, community, by, &work).await {
                Ok(done) => Ok(Ok(done)),
                Err(Refused::Rule(refusal)) => Ok(Err(refusal)),
                Err(Refused::Fault(fault)) => Err(fault),
            }
        })
        .await?;
    Ok(played?)
}
