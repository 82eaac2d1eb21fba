//! Writing down how far the homeserver has been heard. It has a task of its own: whoever waits for the database in the
//! middle of listening would stop what listens, which may just have been given the connection that is waited for.

use matrix_sdk::ruma::OwnedUserId;
use tokio::sync::mpsc;

use super::progress::Place;
use super::stubborn::unnoted;
use crate::store::matrix::Memory;

/// How many notes are taken up at once.
const AT_ONCE: usize = 256;

/// What is to be written down.
#[derive(Debug)]
pub(super) enum Note {
    /// All before this has been heard for good.
    Cursor(Place),
    /// This message was read late, and need not be remembered.
    Forget(String),
    /// This person, who came to a room, has been greeted.
    Greeted(String),
}

/// Writes for one device.
pub(super) struct Bookkeeper {
    pub memory: Memory,
    pub me: OwnedUserId,
    pub device: String,
}

impl Bookkeeper {
    /// Writes what comes, until nothing more can come.
    pub async fn run(self, mut coming: mpsc::UnboundedReceiver<Note>) {
        let mut notes = Vec::new();
        while coming.recv_many(&mut notes, AT_ONCE).await > 0 {
            let mut cursor = None;
            for note in notes.drain(..) {
                match note {
                    // The last one says it all.
                    Note::Cursor(next) => cursor = Some(next),
                    Note::Forget(event) => self.forget(&event).await,
                    Note::Greeted(person) => self.greeted(&person).await,
                }
            }
            if let Some(cursor) = cursor {
                self.move_cursor(&cursor).await;
            }
        }
    }

    async fn move_cursor(&self, Place { next, heard }: &Place) {
        if let Err(error) = self.memory.move_cursor(self.me.as_str(), &self.device, next, *heard).await {
            unnoted(error, "the cursor stayed behind; what has been heard since would come again and be known");
        }
    }

    async fn greeted(&self, person: &str) {
        if let Err(error) = self.memory.greeted(person).await {
            unnoted(error, "whoever came will be greeted again, which is known");
        }
    }

    async fn forget(&self, event: &str) {
        if let Err(error) = self.memory.forget_undecrypted(event).await {
            unnoted(error, "a late message will be read again, and known");
        }
    }
}
