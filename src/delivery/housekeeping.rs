use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use crate::conversation::Clock;
use crate::store;

/// How often it is looked for what is over.
const EVERY: Duration = Duration::from_secs(3600);

/// How long an update is remembered as seen. Messengers deliver again what was not taken for a day or two at most.
const SEEN: TimeDelta = TimeDelta::days(7);

/// Forgets, at start and then once an hour, updates that are too old to be delivered again. Ends with `stop`.
///
/// When the database does not answer, the next hour does it.
pub async fn housekeeping(db: &DatabaseConnection, clock: &dyn Clock, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match store::seen_update::forget_before(db, clock.now() - SEEN).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "old updates were forgotten"),
            Err(error) => tracing::warn!(%error, "old updates were not forgotten"),
        }
        let _ = tokio::time::timeout(EVERY, stop.cancelled()).await;
    }
}
