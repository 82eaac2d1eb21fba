//! Updates by webhook: each chat's one after another, different chats at once, and again after a
//! while when the bot didn't take one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use crate::queue::Update;
use crate::shared::Shared;
use crate::telegram::{Telegram, unix_now};

#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: usize,
    pub connections: Arc<Semaphore>,
    pub last_error: Option<(i64, String)>,
}

/// Puts an update into its chat's lane, and starts the lane's delivery if it rests.
pub(crate) fn send(shared: &Arc<Shared>, telegram: &mut Telegram, update: Update) {
    let chat = update.chat;
    let lane = telegram.queue.lanes.entry(chat).or_default();
    lane.push_back(update);
    if lane.len() == 1 {
        let generation = telegram.webhook_generation;
        shared.runtime.spawn(deliver(Arc::clone(shared), chat, generation));
    }
}

/// Works through one lane until it is empty or the webhook has changed.
async fn deliver(shared: Arc<Shared>, chat: i64, generation: u64) {
    let mut failures = 0;
    while let Some((hook, update, first_pause)) = next(&shared, chat, generation) {
        let Ok(connection) = Arc::clone(&hook.connections).acquire_owned().await else {
            return;
        };
        let outcome = post(&shared, &hook, &update).await;
        drop(connection);
        failures = if outcome.is_ok() { 0 } else { failures + 1 };
        note(&shared, chat, generation, outcome);
        if failures > 0 {
            tokio::time::sleep(first_pause * (1 << (failures - 1).min(6))).await;
        }
    }
}

/// Takes a delivered update off its lane (an empty lane is closed), or keeps the error.
fn note(shared: &Shared, chat: i64, generation: u64, outcome: Result<(), String>) {
    let mut telegram = shared.telegram();
    if telegram.webhook_generation != generation {
        return;
    }
    telegram.last_activity = Instant::now();
    match outcome {
        Ok(()) => {
            if let Some(lane) = telegram.queue.lanes.get_mut(&chat) {
                lane.pop_front();
                if lane.is_empty() {
                    telegram.queue.lanes.remove(&chat);
                }
            }
        }
        Err(words) => {
            if let Some(hook) = &mut telegram.webhook {
                hook.last_error = Some((unix_now(), words));
            }
        }
    }
}

fn next(shared: &Shared, chat: i64, generation: u64) -> Option<(Webhook, Update, Duration)> {
    let telegram = shared.telegram();
    if telegram.webhook_generation != generation {
        return None;
    }
    let update = telegram.queue.lanes.get(&chat)?.front()?.clone();
    Some((telegram.webhook.clone()?, update, telegram.settings.webhook_retry))
}

async fn post(shared: &Shared, hook: &Webhook, update: &Update) -> Result<(), String> {
    let mut request = shared
        .http
        .post(&hook.url)
        .header("content-type", "application/json")
        .timeout(Duration::from_secs(60))
        .body(update.json.to_string());
    if let Some(secret) = &hook.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    match request.send().await {
        Ok(response) if response.status().is_success() => Ok(()),
        Ok(response) => Err(format!("Wrong response from the webhook: {}", response.status())),
        Err(error) => Err(format!("Connection failed: {error}")),
    }
}
