//! `setWebhook`, `deleteWebhook`, `getWebhookInfo`.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::Semaphore;

use crate::params::Params;
use crate::refusal::Refused;
use crate::shared::Shared;
use crate::telegram::Telegram;
use crate::webhook::{self, Webhook};

pub(crate) fn set(shared: &Arc<Shared>, telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let url = params.text("url").unwrap_or_default().into_owned();
    if url.is_empty() {
        return delete(shared, telegram, params);
    }
    if !is_https_or_loopback(&url) {
        return Err(Refused::bad("Bad Request: bad webhook: An HTTPS URL must be provided for webhook"));
    }
    let secret = params.text("secret_token").map(|secret| secret.into_owned()).filter(|secret| !secret.is_empty());
    if let Some(secret) = &secret {
        if secret.len() > 256 {
            return Err(Refused::bad("Bad Request: secret token is too long"));
        }
        if !secret.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
            return Err(Refused::bad("Bad Request: secret token contains unallowed characters"));
        }
    }
    if let Some(allowed) = params.json::<Vec<String>>("allowed_updates")? {
        telegram.queue.allowed = allowed.into_iter().collect();
    }
    let max_connections = params.int("max_connections").unwrap_or(40).clamp(1, 100).unsigned_abs() as usize;
    let connections = Arc::new(Semaphore::new(max_connections));
    telegram.webhook_generation += 1;
    telegram.webhook = Some(Webhook { url, secret, max_connections, connections, last_error: None });
    telegram.queue.close_lanes();
    drop_if_asked(telegram, params);
    let again = std::mem::take(&mut telegram.queue.again);
    let waiting = std::mem::take(&mut telegram.queue.pending);
    for update in again.into_iter().chain(waiting) {
        webhook::send(shared, telegram, update);
    }
    shared.queue_changed.notify_waiters();
    Ok("true".to_owned())
}

pub(crate) fn delete(shared: &Shared, telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    telegram.webhook_generation += 1;
    telegram.webhook = None;
    telegram.queue.close_lanes();
    drop_if_asked(telegram, params);
    shared.queue_changed.notify_waiters();
    Ok("true".to_owned())
}

pub(crate) fn info(telegram: &Telegram) -> String {
    let hook = telegram.webhook.as_ref();
    let mut info = json!({
        "url": hook.map_or("", |hook| &hook.url),
        "has_custom_certificate": false,
        "pending_update_count": telegram.queue.waiting(),
    });
    if let Some(hook) = hook {
        info["max_connections"] = hook.max_connections.into();
        if let Some((date, words)) = &hook.last_error {
            info["last_error_date"] = (*date).into();
            info["last_error_message"] = words.as_str().into();
        }
    }
    if !telegram.queue.allowed.is_empty() {
        let mut allowed: Vec<&String> = telegram.queue.allowed.iter().collect();
        allowed.sort();
        info["allowed_updates"] = json!(allowed);
    }
    info.to_string()
}

fn drop_if_asked(telegram: &mut Telegram, params: &Params) {
    if params.flag("drop_pending_updates") {
        telegram.queue.pending.clear();
        telegram.queue.again.clear();
    }
}

/// Telegram wants HTTPS; a bot under test listens on the loopback interface without it.
fn is_https_or_loopback(url: &str) -> bool {
    url.starts_with("https://")
        || ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|start| url.starts_with(start))
}
