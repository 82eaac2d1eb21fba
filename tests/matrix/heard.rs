//! Everything that a person's client has received, each message once, in the order in which it came.

use std::sync::Mutex;

use matrix_sdk::Client;
use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_sdk::sync::SyncResponse;
use serde_json::Value;

/// One message, as a client shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub room: OwnedRoomId,
    pub id: OwnedEventId,
    pub from: OwnedUserId,
    pub encrypted: bool,
    /// The content of the event; nothing as long as it can't be decrypted.
    pub content: Option<Value>,
}

impl Message {
    pub fn body(&self) -> &str {
        self.text("body").unwrap_or("(undecryptable)")
    }

    pub fn kind(&self) -> &str {
        self.text("msgtype").unwrap_or_default()
    }

    pub fn formatted(&self) -> Option<&str> {
        self.text("formatted_body")
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.content.as_ref()?[field].as_str()
    }
}

#[derive(Default)]
pub struct Everything {
    messages: Mutex<Vec<Message>>,
    taken: Mutex<Vec<OwnedEventId>>,
}

impl Everything {
    pub async fn take(&self, client: &Client, response: SyncResponse) {
        self.try_again(client).await;
        let joined = response.rooms.joined.into_iter().map(|(room, update)| (room, update.timeline.events));
        let left = response.rooms.left.into_iter().map(|(room, update)| (room, update.timeline.events));
        for (room, events) in joined.chain(left) {
            for event in events {
                self.note(&room, &event);
            }
        }
    }

    fn note(&self, room: &RoomId, event: &TimelineEvent) {
        let Some(message) = read(room, event) else { return };
        let mut messages = self.messages.lock().unwrap();
        match messages.iter_mut().find(|known| known.id == message.id) {
            Some(known) => *known = message,
            None => messages.push(message),
        }
    }

    /// The key to a message may have come after it.
    async fn try_again(&self, client: &Client) {
        let secret = self.all().into_iter().filter(|message| message.content.is_none());
        for message in secret {
            let Some(room) = client.get_room(&message.room) else { continue };
            if let Ok(event) = room.event(&message.id, None).await {
                self.note(&message.room, &event);
            }
        }
    }

    pub fn all(&self) -> Vec<Message> {
        self.messages.lock().unwrap().clone()
    }

    pub fn of(&self, room: &RoomId, from: &UserId) -> Vec<Message> {
        self.all().into_iter().filter(|message| message.room == room && message.from == from).collect()
    }

    /// Gives a message away, once.
    pub fn claim(&self, id: &EventId) -> bool {
        let mut taken = self.taken.lock().unwrap();
        let is_new = !taken.iter().any(|known| known == id);
        if is_new {
            taken.push(id.to_owned());
        }
        is_new
    }
}

fn read(room: &RoomId, event: &TimelineEvent) -> Option<Message> {
    let json: Value = serde_json::from_str(event.raw().json().get()).unwrap();
    let secret = matches!(event.kind, TimelineEventKind::UnableToDecrypt { .. });
    if json["type"] != "m.room.message" && !secret {
        return None;
    }
    Some(Message {
        room: room.to_owned(),
        id: event.event_id()?.to_owned(),
        from: json["sender"].as_str()?.try_into().ok()?,
        encrypted: !matches!(event.kind, TimelineEventKind::PlainText { .. }),
        content: (!secret).then(|| json["content"].clone()),
    })
}
