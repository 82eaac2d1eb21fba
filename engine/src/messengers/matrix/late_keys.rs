//! Messages whose key has not come yet. Each is asked for again when a key comes, and now and then; when it can be
//! read, it becomes a turn like any other. If a minute brings nothing, [`Remedies`] does what helps.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::{Stream, StreamExt};
use matrix_sdk::deserialized_responses::{TimelineEventKind, UnableToDecryptInfo, UnableToDecryptReason, WithheldCode};
use matrix_sdk::ruma::{EventId, RoomId};
use matrix_sdk::{Client, Room};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::batch::incoming;
use super::heard::{To, said};
use super::late::{LateTurns, Then};
use super::remedies::{PATIENCE, Remedies};
use super::stubborn::unnoted;
use super::trouble::Trouble;
use crate::conversation::{Clock, Incoming};
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

/// When to try again what should help and could not be done.
const SOON: TimeDelta = TimeDelta::seconds(30);

/// Waits for keys.
pub(super) struct LateKeys {
    pub client: Client,
    pub memory: Memory,
    pub clock: Arc<dyn Clock>,
    pub late: LateTurns,
}

struct Waiting {
    message: Undecrypted,
    due: DateTime<Utc>,
}

/// What asking for a message again came to.
enum Found {
    /// It can be read now.
    Read(Box<Incoming>),
    /// It says nothing to the bot, or is not there any more.
    Nothing,
    /// The key of this session has not come, to what was said in this thread.
    NotYet { session: String, thread: Option<String> },
    /// It does not come: the sender's client keeps it from us.
    Withheld { thread: Option<String> },
    /// The homeserver did not say.
    Unasked,
}

impl LateKeys {
    /// Looks after what is noted and what comes, until `stop`.
    pub async fn run(self, mut coming: mpsc::UnboundedReceiver<Undecrypted>, stop: CancellationToken) {
        let mut waiting = self.noted().await;
        let mut remedies = Remedies::new(self.client.clone(), self.memory.clone(), self.late.clone());
        waiting.iter().for_each(|one| remedies.recall(&one.message));
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
                () = sleep(rest) => waiting = self.attempt(waiting, &mut remedies).await,
            }
        }
    }

    /// What was noted before this start is asked for at once.
    async fn noted(&self) -> Vec<Waiting> {
        let noted = self.memory.undecrypted().await.unwrap_or_else(|error| {
            unnoted(error, "messages that could not be read are looked at after the next start");
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

    /// Asks again for those that it is time for. Gives back what is still to be read.
    async fn attempt(&self, waiting: Vec<Waiting>, remedies: &mut Remedies) -> Vec<Waiting> {
        let now = self.clock.now();
        let mut asked = Vec::new();
        for one in waiting {
            let came = if one.due > now { None } else { Some(self.ask(&one.message).await) };
            asked.push((one, came));
        }
        for overtaken in overtaken(&asked) {
            let (one, came) = &mut asked[overtaken];
            *came = Some(self.ask(&one.message).await);
        }
        let mut kept = Vec::new();
        for (one, came) in asked {
            let Some(came) = came else {
                kept.push(one);
                continue;
            };
            if let Some(message) = self.deal(one.message, came, remedies).await {
                let due = next_try(&message, now);
                kept.push(Waiting { message, due });
            }
        }
        kept
    }

    async fn ask(&self, message: &Undecrypted) -> Found {
        match self.room(message) {
            Some(room) => ask(&room, message).await,
            None => Found::Nothing,
        }
    }

    fn room(&self, message: &Undecrypted) -> Option<Room> {
        self.client.get_room(&RoomId::parse(&message.room_id).ok()?)
    }

    /// Does what follows. Gives the message back when it is still to be read.
    async fn deal(&self, message: Undecrypted, came: Found, remedies: &mut Remedies) -> Option<Undecrypted> {
        let now = self.clock.now();
        let still_waits = now - message.noted_at < GIVEN_UP;
        match (came, self.room(&message)) {
            (Found::Read(incoming), _) => {
                let (then, at_ms) = (Then::Forget(message.event_id), message.sent_ms.min(now.timestamp_millis()));
                self.late.add(*incoming, (&message.room_id, at_ms), then).await;
                None
            }
            (Found::NotYet { session, thread }, Some(room)) if still_waits => {
                Some(remedies.help(&room, message, &session, thread, now).await)
            }
            (Found::Withheld { thread }, Some(room)) => {
                remedies.ask_to_verify(&room, message, thread, now).await;
                None
            }
            (Found::Unasked, _) if still_waits => Some(message),
            _ => {
                if let Err(error) = self.memory.forget_undecrypted(&message.event_id).await {
                    unnoted(error, "a message that can't be read was not forgotten");
                }
                None
            }
        }
    }
}

/// Which of these could not be read, while what was said after it in the same room could: the key came in between, and
/// brings them too.
fn overtaken(asked: &[(Waiting, Option<Found>)]) -> Vec<usize> {
    let is_read = |came: &Option<Found>| matches!(came, Some(Found::Read(_)));
    let is_overtaken = |(at, (one, came)): (usize, &(Waiting, Option<Found>))| {
        let mut later = asked[at..].iter().filter(|(other, _)| other.message.room_id == one.message.room_id);
        (!is_read(came) && later.any(|(_, came)| is_read(came))).then_some(at)
    };
    asked.iter().enumerate().filter_map(is_overtaken).collect()
}

async fn ask(room: &Room, message: &Undecrypted) -> Found {
    let Ok(id) = EventId::parse(&message.event_id) else { return Found::Nothing };
    let event = match room.event(&id, None).await.map_err(|error| Trouble::from(&error)) {
        Ok(event) => event,
        Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => return Found::Nothing,
        Err(_) => return Found::Unasked,
    };
    if let TimelineEventKind::UnableToDecrypt { utd_info, .. } = &event.kind {
        let thread = To::of(event.raw()).thread;
        return match is_withheld(utd_info) {
            true => Found::Withheld { thread },
            false => Found::NotYet { session: utd_info.session_id.clone().unwrap_or_default(), thread },
        };
    }
    // An edit of something that was as unreadable came with that already.
    match said(event.raw()).filter(|said| said.edits.is_none()) {
        Some(said) => Found::Read(Box::new(incoming(room, said, message.seq).await)),
        None => Found::Nothing,
    }
}

/// Whether the sender's client keeps this from devices which its owner has not verified, or from us.
fn is_withheld(why: &UnableToDecryptInfo) -> bool {
    let UnableToDecryptReason::MissingMegolmSession { withheld_code: Some(code) } = &why.reason else { return false };
    matches!(code, WithheldCode::Unverified | WithheldCode::Blacklisted)
}

/// When to ask again for a message that could not be read just now.
fn next_try(message: &Undecrypted, now: DateTime<Utc>) -> DateTime<Utc> {
    if message.hinted_at.is_none() && now - message.noted_at >= PATIENCE {
        return now + SOON;
    }
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
    use crate::conversation::Heard;

    fn message(noted_at: DateTime<Utc>, hinted_at: Option<DateTime<Utc>>) -> Undecrypted {
        Undecrypted {
            event_id: "$e".into(),
            room_id: "!r:example.org".into(),
            sender: "@anna:example.org".into(),
            sent_ms: 0,
            noted_at,
            hinted_at,
            seq: 0,
        }
    }

    #[test]
    fn a_message_is_asked_for_soon_and_then_more_and_more_rarely() {
        let noted = DateTime::UNIX_EPOCH;
        let (mut now, mut tries) = (noted, Vec::new());
        while now - noted < GIVEN_UP {
            let hinted = (now - noted >= PATIENCE).then_some(now);
            now = next_try(&message(noted, hinted), now);
            tries.push((now - noted).num_seconds());
        }
        assert_eq!(tries[..7], [2, 10, 60, 300, 1800, 5400, 9000]);
        assert!(tries.len() < 30, "{tries:?}");
    }

    #[test]
    fn what_was_said_before_is_asked_for_once_more_when_a_key_comes_in_between() {
        let one = |room: &str, came: Option<Found>| {
            let message = Undecrypted { room_id: room.into(), ..message(DateTime::UNIX_EPOCH, None) };
            (Waiting { message, due: DateTime::UNIX_EPOCH }, came)
        };
        let not_yet = || Some(Found::NotYet { session: "s".into(), thread: None });
        let read = || {
            let incoming = Incoming {
                address: "@anna:example.org".into(),
                update: "$e".into(),
                seq: 0,
                name: String::new(),
                lang: None,
                reply_to: None,
                thread: None,
                album: None,
                tab: String::new(),
                early: false,
                heard: Heard::Other,
            };
            Some(Found::Read(Box::new(incoming)))
        };
        let asked =
            [one("!a", not_yet()), one("!b", not_yet()), one("!a", None), one("!a", read()), one("!a", not_yet())];
        assert_eq!(overtaken(&asked), [0, 2]);
    }

    #[test]
    fn what_should_help_and_could_not_be_done_is_tried_again_soon() {
        let noted = DateTime::UNIX_EPOCH;
        let now = noted + PATIENCE;
        assert_eq!(next_try(&message(noted, None), now), now + SOON);
    }
}
