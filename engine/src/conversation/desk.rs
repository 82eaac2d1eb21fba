use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use super::queue::Queue;
use super::showing::{Behind, Showing};
use super::{Asked, Bot, Engine, Fault, FromGroup, Inbox, Incoming, Messenger, Visits, Waiting, Waits};
use crate::store;

/// How long after an edit it is noted, and how many are noted by one statement.
const NOTED_AFTER: Duration = Duration::from_secs(2);
const NOTED_AT_ONCE: usize = 200;

/// So many questions are answered at once of those that people ask by the letter.
const ASKED_AT_ONCE: usize = 32;

/// For so long the last pages are waited for when the listening ends. What is not shown by then is shown at the next start.
const LAST_PAGES: Duration = Duration::from_secs(12);

/// Joins one messenger to the engine: plays the turn of each update, and has its page shown.
///
/// An update is done with when its turn is in the database. Its page is shown beside that, by the chat's own task
/// (`pages`): one that hangs holds up nobody but its chat.
pub struct Desk<B: Bot> {
    pub(super) engine: Arc<Engine<B>>,
    pub(super) messenger: Arc<dyn Messenger>,
    pub(super) queue: Arc<Queue>,
    pub(super) showing: Arc<Showing>,
    /// The pages that were shown in place of those before, until that is noted.
    edited: Arc<Mutex<HashMap<String, i64>>>,
    /// What is said in groups at once, and what is offered to be sent into other chats.
    pub(super) replies: TaskTracker,
    pub(super) questions: Arc<Semaphore>,
}

impl<B: Bot> Clone for Desk<B> {
    fn clone(&self) -> Self {
        Desk {
            engine: self.engine.clone(),
            messenger: self.messenger.clone(),
            queue: self.queue.clone(),
            showing: self.showing.clone(),
            edited: self.edited.clone(),
            replies: self.replies.clone(),
            questions: self.questions.clone(),
        }
    }
}

impl<B: Bot> Desk<B> {
    /// The desk at which this engine answers in this messenger.
    pub fn new(engine: Arc<Engine<B>>, messenger: Arc<dyn Messenger>) -> Desk<B> {
        let (queue, showing, edited, replies) = Default::default();
        let questions = Arc::new(Semaphore::new(ASKED_AT_ONCE));
        Desk { engine, messenger, queue, showing, edited, replies, questions }
    }

    /// Shown again it would be the same edit, which nobody sees. So there is no haste to note that it was shown, and it
    /// costs the turn nothing: all that were shown in a while are noted together.
    pub(super) fn note_edited(&self, address: &str, rev: i64) {
        let mut edited = self.edited.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = edited.is_empty();
        edited.insert(address.to_owned(), rev);
        if !is_first {
            return;
        }
        let desk = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(NOTED_AFTER).await;
            desk.note_all_edited().await;
        });
    }

    async fn note_all_edited(&self) {
        let edited = std::mem::take(&mut *self.edited.lock().unwrap_or_else(PoisonError::into_inner));
        let (pages, messenger) = (edited.into_iter().collect::<Vec<_>>(), self.messenger.name());
        for pages in pages.chunks(NOTED_AT_ONCE) {
            let noted = store::session::note_edited(self.engine.db(), messenger, pages.iter().cloned()).await;
            if let Err(error) = noted {
                tracing::debug!(messenger, %error, "pages that were shown will be shown once more in their place");
            }
        }
    }

    async fn play(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
        let _turn = self.queue.enter(&incoming.address).await;
        let played = self.engine.turn(self.messenger.name(), self.messenger.caps(), &incoming).await;
        if played.is_ok() {
            self.engine.waits().end(&Waiting::Turns);
        }
        let answer = match played {
            Ok(answer) => answer,
            Err(fault @ Fault::Away(_)) => {
                self.engine.waits().begin(Waiting::Turns, &fault);
                return Err(fault.into());
            }
            Err(fault) => {
                tracing::error!(messenger = self.messenger.name(), %fault, "a turn failed");
                None
            }
        };
        let aside = answer.as_ref().and_then(|answer| answer.aside.as_deref());
        self.messenger.handled(&incoming.update, aside);
        if let Some(answer) = answer {
            self.show_soon(&incoming.address, Some(&incoming.heard), answer);
        }
        Ok(())
    }
}

#[async_trait]
impl<B: Bot> Inbox for Desk<B> {
    /// Each turn has a task of its own: it is played to its end, whatever becomes of whoever brought it. (A transaction
    /// that is dropped halfway could stay open on a connection that others get next.)
    async fn receive(&self, mut incoming: Incoming) -> Result<(), anyhow::Error> {
        incoming.early |= self.showing.is_unread(&incoming.address, &incoming.heard);
        let desk = self.clone();
        match tokio::spawn(async move { desk.play(incoming).await }).await {
            Ok(played) => played,
            Err(error) => {
                // It would only break again, so it need not come again.
                tracing::error!(messenger = self.messenger.name(), %error, "a turn broke off");
                Ok(())
            }
        }
    }

    async fn receive_from_group(&self, heard: FromGroup) -> Result<(), anyhow::Error> {
        let desk = self.clone();
        match tokio::spawn(async move { desk.play_group(heard).await }).await {
            Ok(played) => played,
            Err(error) => {
                tracing::error!(messenger = self.messenger.name(), %error, "a group's turn broke off");
                Ok(())
            }
        }
    }

    fn asked(&self, asked: Asked) {
        self.offer_soon(asked);
    }

    fn behind(&self, address: &str) -> Behind {
        self.showing.behind(address)
    }

    fn visits(&self) -> Option<&dyn Visits> {
        Some(self)
    }

    fn waits(&self) -> Waits {
        self.engine.waits().clone()
    }

    async fn all_shown(&self) {
        self.replies.close();
        let all = async { tokio::join!(self.showing.all_shown(), self.replies.wait()) };
        if tokio::time::timeout(LAST_PAGES, all).await.is_err() {
            tracing::info!(messenger = self.messenger.name(), "the last pages are shown at the next start");
        }
        self.replies.reopen();
        self.note_all_edited().await;
    }
}
