//! Whether somebody can be written to, as their messenger tells it. It is no turn: nothing is shown, and the session stays
//! as it is.

use super::{Bot, Engine, Fault, Incoming, Turn};
use crate::store;

/// How often it is tried again when others change the same records in the same moment.
const TRIES: usize = 5;

impl<B: Bot> Engine<B> {
    /// Notes that whoever has this chat can be written to from now on, or can't. Told a second time, it does nothing.
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub(super) async fn reached(&self, messenger: &str, incoming: &Incoming, reachable: bool) -> Result<(), Fault> {
        for _ in 0..TRIES {
            match self.note_reached(messenger, incoming, reachable).await {
                Err(Fault::Raced) => {}
                noted => return noted,
            }
        }
        Err(Fault::Raced)
    }

    async fn note_reached(&self, messenger: &str, incoming: &Incoming, reachable: bool) -> Result<(), Fault> {
        let tx = store::begin(self.db()).await?;
        let now = self.now();
        if store::seen_update::note(&tx, messenger, &incoming.update, now).await? {
            let turn = Turn { tx: &tx, now, messenger, address: &incoming.address, name: &incoming.name };
            self.bot.reach(&turn, reachable).await?;
        }
        tx.commit().await?;
        // What has waited for them may go at once.
        self.committed().notify_one();
        Ok(())
    }
}
