//! Turns that come late: of messages that could not be read at first, and of what is said about them.

use futures::FutureExt;
use matrix_sdk::ruma::{OwnedUserId, RoomId};
use tokio::sync::mpsc;

use super::chores::Chore;
use super::stubborn::stubbornly;
use crate::conversation::{Incoming, Waits};
use crate::store::matrix::Memory;

/// A turn that comes late.
pub(super) struct Late {
    pub incoming: Incoming,
    pub then: Then,
}

/// What is done when a late turn has ended.
#[derive(Debug)]
pub(super) enum Then {
    /// This message was read, and need not be remembered.
    Forget(String),
    /// This person, who was told so, is invited to a new room.
    Invite(OwnedUserId),
    /// This person, who came to a room, has been greeted.
    Greeted(String),
    Nothing,
}

/// Where late turns go.
#[derive(Clone)]
pub(super) struct LateTurns {
    pub memory: Memory,
    pub waits: Waits,
    pub turns: mpsc::UnboundedSender<Late>,
    pub chores: mpsc::UnboundedSender<Chore>,
}

impl LateTurns {
    /// Passes on a turn of what was said in this room at this time, in milliseconds. What was said long ago says nothing of
    /// where to speak today, unless that is nowhere.
    pub async fn add(&self, incoming: Incoming, (room, at_ms): (&str, i64), then: Then) {
        let person = incoming.address.as_str();
        if stubbornly(&self.waits, || self.memory.room_of(person).boxed()).await.flatten().is_none() {
            let before = stubbornly(&self.waits, || self.memory.settle(person, room, at_ms).boxed()).await;
            if let Some(before) = before.and_then(|before| RoomId::parse(before).ok()) {
                let _ = self.chores.send(Chore::Leave(before));
            }
        }
        let _ = self.turns.send(Late { incoming, then });
    }
}
