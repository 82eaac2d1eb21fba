//! Helping somebody whose messages stay unreadable: their room is renewed, and they are asked to send the last one again;
//! where that does not help or may not be done, they are invited to a new room.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use matrix_sdk::deserialized_responses::RawSyncOrStrippedState;
use matrix_sdk::ruma::events::room::create::RoomCreateEventContent;
use matrix_sdk::ruma::{OwnedUserId, UserId};
use matrix_sdk::{Client, Room};

use super::batch::name_of;
use super::chores::is_crowded;
use super::heard::milliseconds;
use super::late::{LateTurns, Then};
use super::renewal::{Next, Renewals, renew};
use super::rooms::{awaits, unstored};
use super::stubborn::unnoted;
use super::trouble::Trouble;
use crate::conversation::{Heard, Incoming, Remedy};
use crate::store::matrix::{Memory, Undecrypted};

/// How long a key may take before something is done, and how often a person is asked to send a message again.
pub(super) const PATIENCE: TimeDelta = TimeDelta::seconds(60);
const HINTS_APART: TimeDelta = TimeDelta::hours(1);

/// Who comes to a new room of ours, and can't be read there either, is not helped by another so soon.
const ROOMS_APART: TimeDelta = TimeDelta::hours(24);

/// What is done, and was done, for those who can't be read.
pub(super) struct Remedies {
    client: Client,
    memory: Memory,
    late: LateTurns,
    renewals: Renewals,
    /// When somebody was told in a room.
    hinted: HashMap<String, DateTime<Utc>>,
}

/// What was done about one message.
struct Done {
    at: DateTime<Utc>,
    remedy: Remedy,
    /// Who is to be invited to a new room.
    invite: Option<OwnedUserId>,
}

impl Done {
    fn only(remedy: Remedy, at: DateTime<Utc>) -> Done {
        Done { at, remedy, invite: None }
    }
}

impl Remedies {
    pub fn new(client: Client, memory: Memory, late: LateTurns) -> Remedies {
        Remedies { client, memory, late, renewals: Renewals::default(), hinted: HashMap::new() }
    }

    /// Before this start something was done about this message.
    pub fn recall(&mut self, message: &Undecrypted) {
        note_hint(&mut self.hinted, message);
    }

    /// Does what it is time to do about a message of this session, which is still to be read.
    pub async fn help(
        &mut self,
        room: &Room,
        message: Undecrypted,
        session: &str,
        thread: Option<String>,
        now: DateTime<Utc>,
    ) -> Undecrypted {
        if let Some(at) = message.hinted_at {
            self.renewals.note(&message, session, at);
            return message;
        }
        if now - message.noted_at < PATIENCE {
            return message;
        }
        let done = match self.heal(room, &message, session, now).await {
            Ok(done) => done,
            Err(trouble) => {
                tracing::debug!(%trouble, "a room could not be renewed, and will be later");
                return message;
            }
        };
        let message = Undecrypted { hinted_at: Some(done.at), ..message };
        if let Err(error) = self.memory.hinted(&message.event_id, done.at).await {
            unnoted(error, "it was not noted that somebody was asked to send a message again");
        }
        let lately = self.hinted.get(&message.room_id).is_some_and(|before| now - *before < HINTS_APART);
        if done.invite.is_some() || !lately {
            self.hinted.insert(message.room_id.clone(), now);
            tracing::info!("a message can't be read, and its sender is told what to do");
            let incoming = unreadable(room, &message, thread, done.remedy).await;
            let then = done.invite.map_or(Then::Nothing, Then::Invite);
            let at_ms = message.sent_ms.min(now.timestamp_millis());
            self.late.add(incoming, (&message.room_id, at_ms), then).await;
        }
        message
    }

    /// Whose client keeps its messages from devices that are not verified is told so at once, each time: nothing that we
    /// could do brings the key, and nothing more is tried for this message.
    pub async fn ask_to_verify(&self, room: &Room, message: Undecrypted, thread: Option<String>, now: DateTime<Utc>) {
        tracing::info!("a message is kept from devices that are not verified, and its sender is told what to do");
        let incoming = unreadable(room, &message, thread, Remedy::Verify).await;
        let at_ms = message.sent_ms.min(now.timestamp_millis());
        self.late.add(incoming, (&message.room_id, at_ms), Then::Forget(message.event_id.clone())).await;
    }

    /// Sees to it that what is sent from now on can be read, as far as that is in our hands.
    ///
    /// # Errors
    /// The homeserver or the database does not answer now.
    async fn heal(
        &mut self,
        room: &Room,
        message: &Undecrypted,
        session: &str,
        now: DateTime<Utc>,
    ) -> Result<Done, Trouble> {
        let person = self.memory.person_in(&message.room_id).await.map_err(unstored)?;
        if person.as_ref() != Some(&message.sender) || is_crowded(room) {
            return Ok(Done::only(Remedy::NewChat, now));
        }
        match self.renewals.next(message, session, now) {
            Next::Wait(at) => return Ok(Done::only(Remedy::Again, at)),
            Next::Renew => match renew(room).await {
                Ok(()) => {
                    tracing::info!("a room was renewed, because the key of a message did not come");
                    self.renewals.note(message, session, now);
                    return Ok(Done::only(Remedy::Again, now));
                }
                Err(trouble) if trouble.passes() => return Err(trouble),
                Err(_) => {}
            },
            Next::Elsewhere => {}
        }
        self.renewals.note(message, session, now);
        let Ok(person) = UserId::parse(&message.sender) else { return Ok(Done::only(Remedy::NewChat, now)) };
        Ok(if awaits(&self.client, &person).await {
            Done::only(Remedy::Invited, now)
        } else if was_opened_lately(room, message.sent_ms).await {
            Done::only(Remedy::NewChat, now)
        } else {
            Done { at: now, remedy: Remedy::Invited, invite: Some(person) }
        })
    }
}

/// Whether we made this room a short time before this one, in milliseconds. Both times are the homeservers'. (Whom a client
/// invites when it makes a room may be named among its creators; whoever sent the event made it.)
pub(super) async fn was_opened_lately(room: &Room, at_ms: i64) -> bool {
    match room.get_state_event_static::<RoomCreateEventContent>().await {
        Ok(Some(RawSyncOrStrippedState::Sync(event))) => event.deserialize().is_ok_and(|event| {
            let age_ms = at_ms - milliseconds(event.origin_server_ts());
            event.sender() == room.own_user_id() && age_ms < ROOMS_APART.num_milliseconds()
        }),
        _ => false,
    }
}

/// A turn that says that there was something, and what helps.
async fn unreadable(room: &Room, message: &Undecrypted, thread: Option<String>, remedy: Remedy) -> Incoming {
    let name = match UserId::parse(&message.sender) {
        Ok(sender) => name_of(room, &sender).await,
        Err(_) => String::new(),
    };
    Incoming {
        address: message.sender.clone(),
        update: format!("{}/unreadable", message.event_id),
        seq: message.seq,
        name,
        lang: None,
        reply_to: None,
        thread,
        album: None,
        tab: String::new(),
        early: false,
        heard: Heard::Unreadable(remedy),
    }
}

fn note_hint(hinted: &mut HashMap<String, DateTime<Utc>>, message: &Undecrypted) {
    if let Some(when) = message.hinted_at {
        let latest = hinted.entry(message.room_id.clone()).or_insert(when);
        *latest = when.max(*latest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_hint_of_a_room_counts() {
        let mut hinted = HashMap::new();
        let time = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        for hinted_at in [Some(time(5)), Some(time(3)), None] {
            let message = Undecrypted {
                event_id: "$e".into(),
                room_id: "!r:example.org".into(),
                sender: "@anna:example.org".into(),
                sent_ms: 0,
                noted_at: time(0),
                hinted_at,
                seq: 0,
            };
            note_hint(&mut hinted, &message);
        }
        assert_eq!(hinted.into_values().collect::<Vec<_>>(), [time(5)]);
    }
}
