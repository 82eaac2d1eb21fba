use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::queue::Queue;
use super::{Answer, Bot, Engine, Fault, Inbox, Incoming, Letter, Messenger, SendError, Shown};
use crate::store;

/// How often a page that its messenger put off is shown again before the person has to ask for it.
const SHOWN_AGAIN: usize = 5;

/// Joins one messenger to the engine: plays the turn of each update, then shows its page.
pub struct Desk<B: Bot> {
    engine: Arc<Engine<B>>,
    messenger: Arc<dyn Messenger>,
    queue: Arc<Queue>,
}

impl<B: Bot> Clone for Desk<B> {
    fn clone(&self) -> Self {
        Desk { engine: self.engine.clone(), messenger: self.messenger.clone(), queue: self.queue.clone() }
    }
}

impl<B: Bot> Desk<B> {
    pub fn new(engine: Arc<Engine<B>>, messenger: Arc<dyn Messenger>) -> Desk<B> {
        Desk { engine, messenger, queue: Arc::default() }
    }

    async fn show(&self, address: &str, answer: &Answer) -> Result<(), SendError> {
        let letter = Letter { to: address, page: &answer.rendered, edit: answer.edit.as_deref(), id: &answer.id };
        let Shown { live, .. } = self.messenger.show(letter).await?;
        if live.is_some() && live == answer.edit {
            // Shown again it would be the same edit, which nobody sees: that it was shown need not be noted.
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

    /// The messenger asked to wait: the page is drawn anew when the time has come, as it is then.
    fn show_later(&self, incoming: Incoming, mut answer: Answer, mut pause: Duration) {
        let desk = self.clone();
        tokio::spawn(async move {
            for _ in 0..SHOWN_AGAIN {
                tokio::time::sleep(pause).await;
                let _turn = desk.queue.enter(&incoming.address).await;
                if answer.rev.is_some() {
                    let drawn = desk.engine.redraw(desk.messenger.name(), desk.messenger.caps(), &incoming).await;
                    let Ok(Some(drawn)) = drawn else { return };
                    answer = drawn;
                }
                match desk.show(&incoming.address, &answer).await {
                    Err(SendError::Later(longer) | SendError::Pause(longer)) => pause = longer,
                    shown => return desk.note(shown),
                }
            }
        });
    }

    fn note(&self, shown: Result<(), SendError>) {
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
        let answer = match played {
            Ok(Some(answer)) => answer,
            Ok(None) => return Ok(()),
            Err(fault @ (Fault::Database(_) | Fault::Raced)) => return Err(fault.into()),
            Err(fault) => {
                tracing::error!(messenger = self.messenger.name(), %fault, "a turn failed");
                return Ok(());
            }
        };
        match self.show(&incoming.address, &answer).await {
            Err(SendError::Later(pause) | SendError::Pause(pause)) => self.show_later(incoming, answer, pause),
            shown => self.note(shown),
        }
        Ok(())
    }
}
