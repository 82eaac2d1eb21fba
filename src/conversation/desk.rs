use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::queue::Queue;
use super::{Answer, Bot, Engine, Fault, Inbox, Incoming, Letter, Messenger, SendError, Shown};
use crate::store;

/// How long a page that its messenger puts off is shown again. Whoever has got none for longer has asked again, or waits
/// for nothing any more.
pub(super) const SHOWN_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// How long after an edit it is noted, and how many are noted by one statement.
const NOTED_AFTER: Duration = Duration::from_secs(2);
const NOTED_AT_ONCE: usize = 200;

/// Joins one messenger to the engine: plays the turn of each update, then shows its page.
pub struct Desk<B: Bot> {
    pub(super) engine: Arc<Engine<B>>,
    pub(super) messenger: Arc<dyn Messenger>,
    pub(super) queue: Arc<Queue>,
    /// The pages that were shown in place of those before, until that is noted.
    edited: Arc<Mutex<HashMap<String, i64>>>,
}

impl<B: Bot> Clone for Desk<B> {
    fn clone(&self) -> Self {
        Desk {
            engine: self.engine.clone(),
            messenger: self.messenger.clone(),
            queue: self.queue.clone(),
            edited: self.edited.clone(),
        }
    }
}

impl<B: Bot> Desk<B> {
    pub fn new(engine: Arc<Engine<B>>, messenger: Arc<dyn Messenger>) -> Desk<B> {
        Desk { engine, messenger, queue: Arc::default(), edited: Arc::default() }
    }

    pub(super) async fn show(&self, address: &str, answer: &Answer) -> Result<(), SendError> {
        let letter = Letter { to: address, page: &answer.rendered, edit: answer.edit.as_deref(), id: &answer.id };
        let Shown { live, .. } = self.messenger.show(letter).await?;
        if live.is_some() && live == answer.edit {
            if let Some(rev) = answer.rev {
                self.note_edited(address, rev);
            }
            return Ok(());
        }
        let (db, messenger, live) = (self.engine.db(), self.messenger.name(), live.as_deref());
        let noted = match answer.rev {
            Some(rev) => store::session::note_shown(db, messenger, address, rev, live).await,
            None => store::session::set_live(db, messenger, address, live).await,
        };
        if let Err(error) = noted {
            // The page is shown; the next one will be a new message instead of an edit.
            tracing::warn!(messenger, %error, "it was not noted that a page was shown");
        }
        Ok(())
    }

    /// Shown again it would be the same edit, which nobody sees. So there is no haste to note that it was shown, and it
    /// costs the turn nothing: all that were shown in a while are noted together.
    fn note_edited(&self, address: &str, rev: i64) {
        let mut edited = self.edited.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = edited.is_empty();
        edited.insert(address.to_owned(), rev);
        if !is_first {
            return;
        }
        let desk = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(NOTED_AFTER).await;
            let edited = std::mem::take(&mut *desk.edited.lock().unwrap_or_else(PoisonError::into_inner));
            let (pages, messenger) = (edited.into_iter().collect::<Vec<_>>(), desk.messenger.name());
            for pages in pages.chunks(NOTED_AT_ONCE) {
                let noted = store::session::note_edited(desk.engine.db(), messenger, pages.iter().cloned()).await;
                if let Err(error) = noted {
                    tracing::debug!(messenger, %error, "pages that were shown will be shown once more in their place");
                }
            }
        });
    }

    /// The messenger asked to wait: the page is drawn anew when the time has come, as it is then; again and again, until it
    /// is shown or another has been shown in its place.
    pub(super) fn show_later(&self, incoming: Incoming, mut answer: Answer, mut pause: Duration) {
        let desk = self.clone();
        tokio::spawn(async move {
            let mut waited = Duration::ZERO;
            while waited < SHOWN_FOR {
                tokio::time::sleep(pause).await;
                waited += pause;
                let _turn = desk.queue.enter(&incoming.address).await;
                if answer.rev.is_some() {
                    let drawn = desk.engine.redraw(desk.messenger.name(), desk.messenger.caps(), &incoming).await;
                    match drawn {
                        Ok(Some(drawn)) => answer = drawn,
                        Ok(None) => return,
                        // The database rests; the page can wait for it as well.
                        Err(_) => continue,
                    }
                }
                match desk.show(&incoming.address, &answer).await {
                    Err(
                        SendError::Later(longer) | SendError::Pause(longer) | SendError::Unknown { again: longer, .. },
                    ) => pause = longer,
                    shown => return desk.note(shown),
                }
            }
            tracing::warn!(
                messenger = desk.messenger.name(),
                "a page was not shown: the messenger has put it off too long"
            );
        });
    }

    pub(super) fn note(&self, shown: Result<(), SendError>) {
        let messenger = self.messenger.name();
        match shown {
            Ok(()) => {}
            Err(SendError::Gone) => tracing::info!(messenger, "a page was not shown: the account can't be reached"),
            Err(error) => tracing::error!(messenger, %error, "a page was not shown"),
        }
    }
}

#[async_trait]
impl<B: Bot> Inbox for Desk<B> {
    /// Each turn has a task of its own: it is played to its end, whatever becomes of whoever brought it. (A transaction
    /// that is dropped halfway could stay open on a connection that others get next.)
    async fn receive(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
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
}

impl<B: Bot> Desk<B> {
    async fn play(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
        let _turn = self.queue.enter(&incoming.address).await;
        let played = self.engine.turn(self.messenger.name(), self.messenger.caps(), &incoming).await;
        if played.is_ok() {
            self.engine.waits().end();
        }
        let answer = match played {
            Ok(Some(answer)) => answer,
            Ok(None) => return Ok(()),
            Err(fault @ Fault::Away(_)) => {
                self.engine.waits().begin(&incoming.update, &fault);
                return Err(fault.into());
            }
            Err(fault) => {
                tracing::error!(messenger = self.messenger.name(), %fault, "a turn failed");
                return Ok(());
            }
        };
        match self.show(&incoming.address, &answer).await {
            Err(SendError::Later(pause) | SendError::Pause(pause) | SendError::Unknown { again: pause, .. }) => {
                self.show_later(incoming, answer, pause);
            }
            shown => self.note(shown),
        }
        Ok(())
    }
}
