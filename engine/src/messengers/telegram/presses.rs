//! Answers to presses: until it has one, the person's button looks as if nothing had happened.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use teloxide::payloads::AnswerCallbackQuery;
use teloxide::types::CallbackQueryId;
use tokio::sync::{Semaphore, oneshot};
use tokio_util::task::TaskTracker;

use super::wire::{Wire, Yes};

/// How many answers are on their way at most. What is more was pressed while Telegram does not answer us at all.
const AT_ONCE: usize = 256;

/// How long an answer may take; after that the person has stopped looking.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long an answer waits for what is to be said in it: a turn takes milliseconds. After that it says nothing.
const A_TURN: Duration = Duration::from_secs(1);

/// The longest text that Telegram shows in an answer.
const LONGEST: usize = 200;

/// By the update of a press: where to say what its answer is to tell.
type Asides = HashMap<String, oneshot::Sender<Option<String>>>;

/// Answers presses beside the turns, so that neither waits for the other for long.
pub(super) struct Presses {
    wire: Wire,
    asides: Arc<Mutex<Asides>>,
    room: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Presses {
    pub fn new(wire: Wire) -> Presses {
        Presses { wire, asides: Arc::default(), room: Arc::new(Semaphore::new(AT_ONCE)), tasks: TaskTracker::new() }
    }

    /// Answers the press that this update brought when its turn is over, or soon. Mostly with nothing: the page itself says
    /// what came of it.
    pub fn answer(&self, press: CallbackQueryId, update: i64) {
        let Ok(room) = self.room.clone().try_acquire_owned() else {
            tracing::debug!("a press was not answered: too many wait for it");
            return;
        };
        let (wire, asides, update) = (self.wire.clone(), self.asides.clone(), update.to_string());
        let (say, said) = oneshot::channel();
        locked(&asides).insert(update.clone(), say);
        self.tasks.spawn(async move {
            let said = tokio::time::timeout(A_TURN, said).await;
            if said.is_err() {
                locked(&asides).remove(&update);
            }
            let mut answer = AnswerCallbackQuery::new(press);
            answer.text = said.ok().and_then(Result::ok).flatten().map(|aside| aside.chars().take(LONGEST).collect());
            let answered = wire.call_for::<_, Yes>(&answer, PATIENCE).await;
            if let Err(trouble) = answered {
                // Chiefly "query is too old": it was pressed before we were there.
                tracing::debug!(%trouble, "a press was not answered");
            }
            drop(room);
        });
    }

    /// The turn of this update is over. If it was a press, its answer says this.
    pub fn say(&self, update: &str, aside: Option<&str>) {
        if let Some(say) = locked(&self.asides).remove(update) {
            let _ = say.send(aside.map(str::to_owned));
        }
    }

    /// Waits for the answers on their way.
    pub async fn all_answered(&self) {
        self.tasks.close();
        self.tasks.wait().await;
        self.tasks.reopen();
    }
}

fn locked(asides: &Mutex<Asides>) -> MutexGuard<'_, Asides> {
    asides.lock().unwrap_or_else(PoisonError::into_inner)
}
