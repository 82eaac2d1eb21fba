//! A part of a long list, in which one may be what the database refuses: the others don't wait for it.

use futures::future::BoxFuture;
use sea_orm::TransactionTrait;

use super::Work;
use exodus_engine::conversation::{Fault, caught};

/// What was left out, and why.
pub type LeftOut<'a, T> = Vec<(&'a T, Fault)>;

/// Does something to all of these at once. Where that breaks, it is done to each half by itself, and so on, until what
/// breaks stands alone: that is undone and left out.
///
/// # Errors
/// The database is away, or others were faster; or it breaks for each of several, so that it is not about one of them.
/// Then nothing is done.
pub async fn each<'a, T>(
    aid: &Work<'_>,
    all: &'a [T],
    work: impl for<'w> Fn(&'w Work<'w>, &'w [T]) -> BoxFuture<'w, Result<(), Fault>>,
) -> Result<LeftOut<'a, T>, Fault> {
    let mut left_out = Vec::new();
    let mut parts = vec![all];
    while let Some(part) = parts.pop() {
        match (part, done_or_undone(aid, part, &work).await?) {
            (_, Ok(())) => {}
            ([one], Err(fault)) => left_out.push((one, fault)),
            (several, Err(_)) => {
                let (first, second) = several.split_at(several.len() / 2);
                parts.extend([second, first]);
            }
        }
    }
    match left_out.len() {
        several @ 2.. if several == all.len() => Err(left_out.swap_remove(0).1),
        _ => Ok(left_out),
    }
}

/// The same, where the operator is told what the calendar leaves out.
///
/// # Errors
/// As [`each`].
pub async fn each_or_told<'a, T>(
    aid: &Work<'_>,
    all: &'a [T],
    name: impl Fn(&T) -> String,
    work: impl for<'w> Fn(&'w Work<'w>, &'w [T]) -> BoxFuture<'w, Result<(), Fault>>,
) -> Result<(), Fault> {
    tell(&each(aid, all, work).await?, name);
    Ok(())
}

/// Tells the operator what the calendar leaves out.
pub fn tell<T>(left_out: &LeftOut<'_, T>, name: impl Fn(&T) -> String) {
    for (one, fault) in left_out {
        tracing::error!(what = name(one), %fault, "the calendar leaves out what can't be done, and does the rest");
    }
}

/// Inside: what broke, and was undone.
async fn done_or_undone<T>(
    aid: &Work<'_>,
    part: &[T],
    work: &impl for<'w> Fn(&'w Work<'w>, &'w [T]) -> BoxFuture<'w, Result<(), Fault>>,
) -> Result<Result<(), Fault>, Fault> {
    if part.is_empty() {
        return Ok(Ok(()));
    }
    let savepoint = aid.tx.begin().await?;
    let done = caught(async {
        let at_work = aid.part(&savepoint);
        work(&at_work, part).await?;
        at_work.end().await
    });
    match done.await {
        Ok(()) => {
            savepoint.commit().await?;
            Ok(Ok(()))
        }
        // The whole transaction is rolled back.
        Err(fault @ (Fault::Away(_) | Fault::Raced)) => Err(fault),
        Err(fault) => {
            savepoint.rollback().await?;
            Ok(Err(fault))
        }
    }
}
