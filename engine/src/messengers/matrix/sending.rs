//! When something may be sent.

use std::sync::Arc;

use matrix_sdk::ruma::RoomId;
use tokio::sync::{OwnedMutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::conversation::queue::Queue;

/// Who sends, and who needs nothing to be sent for a moment.
#[derive(Clone, Default)]
pub(super) struct Sending {
    all: Arc<RwLock<()>>,
    rooms: Arc<Queue>,
}

impl Sending {
    /// Held by all that send.
    pub async fn begins(&self) -> RwLockReadGuard<'_, ()> {
        self.all.read().await
    }

    /// While this is held, nothing is sent.
    pub async fn rests(&self) -> RwLockWriteGuard<'_, ()> {
        self.all.write().await
    }

    /// One message at a time is sent to a room. The SDK sees to the room's key, and then encrypts; where another message was
    /// in between the last that the key was for, it panics.
    pub async fn in_turn(&self, room: &RoomId) -> OwnedMutexGuard<()> {
        self.rooms.enter(room.as_str()).await
    }
}
