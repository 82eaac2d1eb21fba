//! All of one database into another, as a command.

use anyhow::Context;
use tokio_util::sync::CancellationToken;

use super::{Database, SystemClock, database};
use crate::conversation::Clock;
use crate::store::copying::{self, Copied, Stage};
use crate::store::schema::Steps;

/// Copies all that a bot with these tables has in `from` to `to`, which is empty or not even made yet, and compares it row
/// by row. `tell` hears how far it is.
///
/// # Errors
/// One of them can't be opened, or is in use, or `to` is not empty, or something came in between: with what to do. Nothing
/// of what was copied is kept then.
pub async fn copy(
    from: &Database,
    to: &Database,
    tables: Steps,
    tell: &mut (dyn FnMut(Stage<'_>) + Send),
) -> anyhow::Result<Copied> {
    anyhow::ensure!(from.url != to.url, "both are the same database: {}", from.url);
    let source = database::open_as_it_is(from, tables).await?;
    let target = database::open_for_a_start(to, tables, &CancellationToken::new()).await?;
    let target = target.context("there is no database to copy to")?;
    let copied = copying::copy(&source.db, &target.db, tables, SystemClock.now(), tell).await;
    let closed = (source.close().await, target.close().await);
    let copied = copied.with_context(|| format!("nothing was copied from {} to {}", from.url, to.url))?;
    closed.0.and(closed.1)?;
    Ok(copied)
}
