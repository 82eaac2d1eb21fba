//! What the server knows, and the wires between its parts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};

use crate::queue::Update;
use crate::telegram::Telegram;
use crate::webhook;

pub(crate) struct Shared {
    telegram: Mutex<Telegram>,
    pub token: String,
    /// Told when updates wait, or the reader must look up.
    pub queue_changed: Notify,
    /// Counts how often the faults were taken back.
    pub heals: watch::Sender<u64>,
    pub http: reqwest::Client,
    pub runtime: Handle,
}

impl Shared {
    pub fn new(telegram: Telegram) -> Arc<Self> {
        Arc::new(Self {
            token: telegram.settings.token.clone(),
            telegram: Mutex::new(telegram),
            queue_changed: Notify::new(),
            heals: watch::Sender::new(0),
            http: reqwest::Client::new(),
            runtime: Handle::current(),
        })
    }

    /// A test that failed while it held the lock must not hide behind this one.
    pub fn telegram(&self) -> MutexGuard<'_, Telegram> {
        self.telegram.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the bot an update of this kind. `None` when it doesn't want that kind.
    pub fn enqueue(self: &Arc<Self>, telegram: &mut Telegram, chat: i64, kind: &str, body: &str) -> Option<u32> {
        if !telegram.queue.wants(kind) {
            return None;
        }
        telegram.queue.last_id += 1;
        let id = telegram.queue.last_id;
        let json = format!("{{\"update_id\":{id},\"{kind}\":{body}}}");
        let update = Update { id, chat, json: json.into() };
        if telegram.settings.history {
            telegram.queue.log.insert(id, update.clone());
        }
        // Nobody who only blocks or unblocks waits for an answer.
        if kind != "my_chat_member"
            && let Some(person) = telegram.people.get_mut(&chat)
        {
            person.waiting_since.get_or_insert_with(Instant::now);
        }
        self.pass_on(telegram, update, false);
        Some(id)
    }

    /// Puts an update where the bot gets it: into its chat's lane to the webhook, or where it is read.
    pub fn pass_on(self: &Arc<Self>, telegram: &mut Telegram, update: Update, again: bool) {
        telegram.last_activity = Instant::now();
        if telegram.webhook.is_some() {
            webhook::send(self, telegram, update);
        } else if again {
            telegram.queue.again.push_back(update);
            self.queue_changed.notify_waiters();
        } else {
            telegram.queue.pending.push_back(update);
            self.queue_changed.notify_waiters();
        }
    }
}
