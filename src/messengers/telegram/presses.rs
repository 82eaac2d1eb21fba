//! Answers to presses: until it has one, the person's button looks as if nothing had happened.

use std::sync::Arc;
use std::time::Duration;

use teloxide::payloads::AnswerCallbackQuery;
use teloxide::types::CallbackQueryId;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::wire::{Wire, Yes};

/// How many answers are on their way at most. What is more was pressed while Telegram does not answer us at all.
const AT_ONCE: usize = 256;

/// How long an answer may take; after that the person has stopped looking.
const PATIENCE: Duration = Duration::from_secs(5);

/// Answers presses beside the turns, so that neither waits for the other.
pub(super) struct Presses {
    wire: Wire,
    room: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Presses {
    pub fn new(wire: Wire) -> Presses {
        Presses { wire, room: Arc::new(Semaphore::new(AT_ONCE)), tasks: TaskTracker::new() }
    }

    /// Answers a press, with nothing: the page itself says what came of it.
    pub fn answer(&self, press: CallbackQueryId) {
        let Ok(room) = self.room.clone().try_acquire_owned() else {
            tracing::debug!("a press was not answered: too many wait for it");
            return;
        };
        let wire = self.wire.clone();
        self.tasks.spawn(async move {
            let answered = wire.call_for::<_, Yes>(&AnswerCallbackQuery::new(press), PATIENCE).await;
            if let Err(trouble) = answered {
                // Chiefly "query is too old": it was pressed before we were there.
                tracing::debug!(%trouble, "a press was not answered");
            }
            drop(room);
        });
    }

    /// Waits for the answers on their way.
    pub async fn all_answered(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }
}
