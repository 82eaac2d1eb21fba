//! Messages whose key has not come yet. Each is asked for again when a key comes, and now and then; when it can be
//! read, it becomes a turn like any other. If a minute brings nothing, its sender is asked, once an hour, to send it again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::{Stream, StreamExt};
use matrix_sdk::deserialized_responses::TimelineEventKind;
use matrix_sdk::ruma::{EventId, RoomId, UserId};
use matrix_sdk::{Client, Room};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::batch::{incoming, name_of};
use super::heard::said;
use super::trouble::Trouble;
use crate::conversation::{Clock, Heard, Incoming};
use crate::store::matrix::{Memory, Undecrypted};

/// How long after it was noted a message is asked for again; then every hour, for a day.
const AGAIN: [Duration; 5] = [
    Duration::from_secs(2),
    Duration::from_secs(10),
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
];
const RARELY: TimeDelta = TimeDelta::hours(1);
const GIVEN_UP: TimeDelta = TimeDelta::hours(24);

/// How long a key may take before its sender is asked to send the message again, and how often they are asked.
const PATIENCE: TimeDelta = TimeDelta::seconds(60);
const HINTS_APART: TimeDelta = TimeDelta::hours(1);

/// A turn that comes late, and the message that is done with when it has ended.
pub(super) struct Late {
    pub incoming: Incoming,
    pub room: String,
    /// `None`: it is only a hint, and the message is still to be read.
    pub read: Option<String>,
}

/// Waits for keys.
pub(super) struct LateKeys {
    pub client: Client,
    pub memory: Memory,
    pub clock: Arc<dyn Clock>,
    pub late: mpsc::UnboundedSender<Late>,
}

struct Waiting {
    message: Undecrypted,
    due: DateTime<Utc>,
}

/// What asking for a message again came to.
enum Came {
    /// It can be read now.
    Read(Box<Incoming>),
    /// It says nothing to the bot, or is not there any more.
    Nothing,
    NotYet,
}

impl LateKeys {
    /// Looks after what is noted and what comes, until `stop`.
    pub async fn run(self, mut coming: mpsc::UnboundedReceiver<Undecrypted>, stop: CancellationToken) {
        let mut waiting = self.noted().await;
        let mut hinted: HashMap<String, DateTime<Utc>> = HashMap::new();
        for Waiting { message, .. } in &waiting {
            note_hint(&mut hinted, message);
        }
        let mut keys = self.keys().await;
        loop {
            let now = self.clock.now();
            let rest = waiting.iter().map(|one| one.due - now).min();
            tokio::select! {
                () = stop.cancelled() => return,
                Some(message) = coming.recv() => {
                    let known = waiting.iter().any(|one| one.message.event_id == message.event_id);
                    if !known {
                        let due = next_try(&message, now);
                        waiting.push(Waiting { message, due });
                    }
                }
                Some(rooms) = keys.next() => {
                    let opened = waiting.iter_mut().filter(|one| rooms.contains(&one.message.room_id));
                    opened.for_each(|one| one.due = now);
                }
                () = sleep(rest) => {
                    let now = self.clock.now();
                    let mut kept = Vec::new();
                    for one in waiting {
                        if one.due > now {
                            kept.push(one);
                        } else if let Some(message) = self.attempt(one.message, &mut hinted).await {
                            let due = next_try(&message, now);
                            kept.push(Waiting { message, due });
                        }
                    }
                    waiting = kept;
                }
            }
        }
    }

    /// What was noted before this start is asked for at once.
    async fn noted(&self) -> Vec<Waiting> {
        let noted = self.memory.undecrypted().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "messages that could not be read are looked at after the next start");
            Vec::new()
        });
        let now = self.clock.now();
        noted.into_iter().map(|message| Waiting { message, due: now }).collect()
    }

    /// The rooms that a key came for, whenever some do.
    async fn keys(&self) -> impl Stream<Item = Vec<String>> + Unpin + use<> {
        let stream = self.client.encryption().room_keys_received_stream().await;
        let stream = futures::stream::iter(stream).flatten();
        Box::pin(stream.filter_map(|keys| async move {
            Some(keys.ok()?.into_iter().map(|key| key.room_id.to_string()).collect())
        }))
    }

    /// Asks for a message again. Gives it back when it is still to be read.
    async fn attempt(&self, message: Undecrypted, hinted: &mut HashMap<String, DateTime<Utc>>) -> Option<Undecrypted> {
        let room = RoomId::parse(&message.room_id).ok().and_then(|room| self.client.get_room(&room));
        let came = match &room {
            Some(room) => ask(room, &message).await,
            None => Came::Nothing,
        };
        match (came, room) {
            (Came::Read(incoming), _) => {
                let read = Some(message.event_id);
                let _ = self.late.send(Late { incoming: *incoming, room: message.room_id, read });
                None
            }
            (Came::NotYet, Some(room)) if self.clock.now() - message.noted_at < GIVEN_UP => {
                Some(self.hint(&room, message, hinted).await)
            }
            _ => {
                if let Err(error) = self.memory.forget_undecrypted(&message.event_id).await {
                    tracing::warn!(%error, "a message that can't be read was not forgotten");
                }
                None
            }
        }
    }

    /// Asks the sender to send it again, when it is time to.
    async fn hint(
        &self,
        room: &Room,
        message: Undecrypted,
        hinted: &mut HashMap<String, DateTime<Utc>>,
    ) -> Undecrypted {
        let now = self.clock.now();
        if message.hinted_at.is_some() || now - message.noted_at < PATIENCE {
            return message;
        }
        let message = Undecrypted { hinted_at: Some(now), ..message };
        if let Err(error) = self.memory.hinted(&message.event_id, now).await {
            tracing::warn!(%error, "it was not noted that somebody was asked to send a message again");
        }
        let lately = hinted.get(&message.room_id).is_some_and(|before| now - *before < HINTS_APART);
        if !lately {
            note_hint(hinted, &message);
            tracing::info!("a message can't be read, and its sender is asked to send it again");
            let incoming = unreadable(room, &message).await;
            let _ = self.late.send(Late { incoming, room: message.room_id.clone(), read: None });
        }
        message
    }
}

async fn ask(room: &Room, message: &Undecrypted) -> Came {
    let Ok(id) = EventId::parse(&message.event_id) else { return Came::Nothing };
    match room.event(&id, None).await.map_err(|error| Trouble::from(&error)) {
        Ok(event) if matches!(event.kind, TimelineEventKind::UnableToDecrypt { .. }) => Came::NotYet,
        Ok(event) => match said(event.raw()) {
            Some(said) => Came::Read(Box::new(incoming(room, said).await)),
            None => Came::Nothing,
        },
        Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => Came::Nothing,
        Err(_) => Came::NotYet,
    }
}

/// A turn that says that there was something, and no more.
async fn unreadable(room: &Room, message: &Undecrypted) -> Incoming {
    let name = match UserId::parse(&message.sender) {
        Ok(sender) => name_of(room, &sender).await,
        Err(_) => String::new(),
    };
    Incoming {
        address: message.sender.clone(),
        update: format!("{}/unreadable", message.event_id),
        seq: message.sent_ms,
        name,
        lang: None,
        reply_to: None,
        heard: Heard::Unreadable,
    }
}

fn note_hint(hinted: &mut HashMap<String, DateTime<Utc>>, message: &Undecrypted) {
    if let Some(when) = message.hinted_at {
        let latest = hinted.entry(message.room_id.clone()).or_insert(when);
        *latest = when.max(*latest);
    }
}

/// When to ask again for a message that could not be read just now.
fn next_try(message: &Undecrypted, now: DateTime<Utc>) -> DateTime<Utc> {
    let tries = AGAIN.iter().filter_map(|after| Some(message.noted_at + TimeDelta::from_std(*after).ok()?));
    tries.into_iter().find(|time| *time > now).unwrap_or(now + RARELY)
}

async fn sleep(rest: Option<TimeDelta>) {
    match rest {
        // A little more than nothing, so that a clock of whole seconds never makes it spin.
        Some(rest) => tokio::time::sleep(rest.to_std().unwrap_or_default().max(Duration::from_millis(100))).await,
        None => std::future::pending::<()>().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(noted_at: DateTime<Utc>) -> Undecrypted {
        Undecrypted {
            event_id: "$e".into(),
            room_id: "!r:example.org".into(),
            sender: "@anna:example.org".into(),
            sent_ms: 0,
            noted_at,
            hinted_at: None,
        }
    }

    #[test]
    fn a_message_is_asked_for_soon_and_then_more_and_more_rarely() {
        let noted = DateTime::UNIX_EPOCH;
        let (mut now, mut tries) = (noted, Vec::new());
        while now - noted < GIVEN_UP {
            now = next_try(&message(noted), now);
            tries.push((now - noted).num_seconds());
        }
        assert_eq!(tries[..7], [2, 10, 60, 300, 1800, 5400, 9000]);
        assert!(tries.len() < 30, "{tries:?}");
    }

    #[test]
    fn the_latest_hint_of_a_room_counts() {
        let mut hinted = HashMap::new();
        let time = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        for hinted_at in [Some(time(5)), Some(time(3)), None] {
            note_hint(&mut hinted, &Undecrypted { hinted_at, ..message(time(0)) });
        }
        assert_eq!(hinted.into_values().collect::<Vec<_>>(), [time(5)]);
    }
}
