//! A person's chat with the bot: one room of the two.

use std::sync::Arc;

use matrix_sdk::Room;
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedUserId};
use serde_json::{Value, json};

use crate::heard::{Everything, Message};
use crate::person::text;
use crate::plain;
use crate::waiting::{PATIENCE, until_true};

#[derive(Clone)]
pub struct Chat {
    pub room: Room,
    bot: OwnedUserId,
    me: OwnedUserId,
    everything: Arc<Everything>,
}

impl Chat {
    pub fn new(room: Room, bot: OwnedUserId, me: OwnedUserId, everything: Arc<Everything>) -> Chat {
        Chat { room, bot, me, everything }
    }

    pub async fn says(&self, words: &str) -> OwnedEventId {
        self.sends(text(words)).await
    }

    /// A message of any content.
    pub async fn sends(&self, content: Value) -> OwnedEventId {
        self.sends_of_type("m.room.message", content).await
    }

    pub async fn sends_of_type(&self, kind: &str, content: Value) -> OwnedEventId {
        self.room.send_raw(kind, content).await.unwrap().response.event_id
    }

    /// Replies to a message, as clients do: without quoting it.
    pub async fn replies(&self, to: &EventId, words: &str) -> OwnedEventId {
        let mut content = text(words);
        content["m.relates_to"] = json!({ "m.in_reply_to": { "event_id": to } });
        self.sends(content).await
    }

    pub async fn reacts(&self, to: &EventId, key: &str) -> OwnedEventId {
        let relation = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": to, "key": key } });
        self.sends_of_type("m.reaction", relation).await
    }

    /// Says something, and sees an answer that contains these words.
    pub async fn asks(&self, words: &str, answer: &str) -> Message {
        self.says(words).await;
        self.sees(answer).await
    }

    /// Waits for a message of the bot's that contains these words, and that was not seen before.
    pub async fn sees(&self, words: &str) -> Message {
        self.waits(words, |message| message.body().contains(words)).await
    }

    /// Waits for the next message of the bot's that was not seen before, whatever it says.
    pub async fn sees_next(&self) -> Message {
        self.waits("anything", |message| message.content.is_some()).await
    }

    async fn waits(&self, what: &str, fits: impl Fn(&Message) -> bool) -> Message {
        let waiting = async {
            loop {
                let said = self.of_the_bot();
                if let Some(found) =
                    said.into_iter().find(|message| fits(message) && self.everything.claim(&message.id))
                {
                    return found;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let seen = tokio::time::timeout(PATIENCE, waiting).await;
        let Ok(message) = seen else {
            panic!("{} never saw {what:?}:\n{}\n{}", self.me, self.transcript(), self.raw_transcript().await);
        };
        message
    }

    /// What the homeserver has of this room: the newest first, each message with its sender.
    async fn raw_transcript(&self) -> String {
        let path = format!("/_matrix/client/v3/rooms/{}/messages?dir=b&limit=100", self.room.room_id());
        let client = self.room.client();
        let server = client.homeserver();
        let answer = plain::get(server.as_str().trim_end_matches('/'), &path, client.access_token().as_deref()).await;
        let events = answer.map(|answer| answer.body["chunk"].as_array().cloned().unwrap_or_default());
        let lines = events.into_iter().flatten().map(|event| format!("{} {}\n", event["type"], event["sender"]));
        lines.collect()
    }

    /// All that the bot has said here.
    pub fn of_the_bot(&self) -> Vec<Message> {
        self.everything.of(self.room.room_id(), &self.bot)
    }

    /// All that this person has received, in all rooms.
    pub fn everything(&self) -> Vec<Message> {
        self.everything.all()
    }

    /// How many messages of the bot's contain these words.
    pub fn count(&self, words: &str) -> usize {
        self.of_the_bot().iter().filter(|message| message.body().contains(words)).count()
    }

    /// Waits until the bot has come into the room.
    pub async fn is_joined_by_the_bot(&self) {
        until_true("the bot joins the room", async || self.membership_of_the_bot().await == "join").await;
    }

    pub async fn is_left_by_the_bot(&self) {
        until_true("the bot leaves the room", async || self.membership_of_the_bot().await == "leave").await;
    }

    /// The bot's membership as the homeserver knows it: `invite`, `join`, `leave`; the last word of ours when we have
    /// left ourselves.
    pub async fn membership_of_the_bot(&self) -> String {
        let path = format!("/_matrix/client/v3/rooms/{}/state/m.room.member/{}", self.room.room_id(), self.bot);
        let client = self.room.client();
        let server = client.homeserver();
        let answer = plain::get(server.as_str().trim_end_matches('/'), &path, client.access_token().as_deref()).await;
        answer.and_then(|answer| answer.body["membership"].as_str().map(str::to_owned)).unwrap_or_default()
    }

    pub fn transcript(&self) -> String {
        let said = self.everything().into_iter().filter(|message| message.room == self.room.room_id());
        said.map(|message| format!("{} {}: {}\n", message.kind(), message.from, message.body())).collect()
    }
}
