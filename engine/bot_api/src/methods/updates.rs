//! `getUpdates`: long polling.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::params::Params;
use crate::refusal::Refused;
use crate::shared::Shared;

pub(crate) async fn get(shared: &Shared, params: &Params) -> Result<String, Refused> {
    let seconds = params.int("timeout").unwrap_or(0).clamp(0, 50);
    let patience = Duration::from_secs(seconds.unsigned_abs());
    let limit = match params.int("limit") {
        Some(limit @ 1..=100) => limit as usize,
        _ => 100,
    };
    let allowed: Option<Vec<String>> = params.json("allowed_updates")?;
    let (now, offset) = (Instant::now(), params.int("offset").unwrap_or(0));
    let (reader, patience, limit) = {
        let mut telegram = shared.telegram();
        if telegram.webhook.is_some() {
            return Err(webhook_active());
        }
        if let Some(allowed) = allowed {
            telegram.queue.allowed = allowed.into_iter().collect();
        }
        telegram.queue.confirm(offset);
        telegram.queue.reader += 1;
        let (patience, limit) = telegram.queue.ask(offset, patience, limit, now);
        (telegram.queue.reader, patience, limit)
    };
    let until = now + patience;
    shared.queue_changed.notify_waiters();
    loop {
        let mut changed = std::pin::pin!(shared.queue_changed.notified());
        changed.as_mut().enable();
        {
            let mut telegram = shared.telegram();
            if telegram.queue.reader != reader {
                return Err(Refused::conflict(
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                ));
            }
            if telegram.webhook.is_some() {
                return Err(Refused::conflict("Conflict: terminated by setWebhook request"));
            }
            if let Some(updates) = telegram.queue.take(limit) {
                telegram.last_activity = Instant::now();
                return Ok(updates);
            }
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || timeout(left, changed).await.is_err() {
            return Ok("[]".to_owned());
        }
    }
}

fn webhook_active() -> Refused {
    Refused::conflict(
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
}
