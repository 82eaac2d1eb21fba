//! Rooms with several people: what is said to the bot there, and what happens to it. It stays where it keeps something, and
//! for a day where somebody is whom it knows.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use matrix_sdk::ruma::events::{AnySyncStateEvent, AnySyncTimelineEvent};
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::sync::{JoinedRoomUpdate, SyncResponse};
use matrix_sdk::{Room, RoomMemberships};

use super::batch::{Batch, Members, Reader, after_last, invites, is_our_coming, name_of};
use super::chores::{Chore, Chores};
use super::heard::{milliseconds, said};
use super::rooms::unstored;
use super::trouble::Trouble;
use super::upgrade::is_upgraded;
use crate::conversation::{FromGroup, Heard, HeardInGroup, Speaker};
use crate::store::matrix::Memory;

/// The longest text that may be a command, in bytes.
const LONGEST_COMMAND: usize = 64;

/// In a room with more people than this the bot does not stay.
const MOST_PEOPLE: u64 = 200;

/// For so long the bot waits in a room to be told what to keep there.
pub(super) const WAITS: Duration = Duration::from_secs(24 * 60 * 60);

/// In how many rooms it waits at once.
const MOST_WAITING: usize = 200;

/// Whether something is kept in this room, or is about to be: in the one that it took the place of.
pub(super) async fn is_kept(memory: &Memory, room: &Room) -> Result<bool, Trouble> {
    if memory.keeps_in(room.room_id().as_str()).await.map_err(unstored)? {
        return Ok(true);
    }
    Ok(kept_before(memory, room).await?.is_some())
}

/// The room that this one took the place of, if something is kept there.
async fn kept_before(memory: &Memory, room: &Room) -> Result<Option<OwnedRoomId>, Trouble> {
    let Some(before) = room.predecessor_room() else { return Ok(None) };
    let keeps = memory.keeps_in(before.room_id.as_str()).await.map_err(unstored)?;
    Ok(keeps.then_some(before.room_id))
}

impl Reader<'_> {
    /// We are not in these rooms any more.
    pub(super) async fn gone(
        &self,
        answer: &SyncResponse,
        since: Option<&str>,
        batch: &mut Batch,
    ) -> Result<(), Trouble> {
        for room in answer.rooms.left.keys() {
            if self.memory.keeps_in(room.as_str()).await.map_err(unstored)? {
                let update = format!("removed {room} {}", since.unwrap_or_default());
                batch.groups.push(from_group(room, update, None, HeardInGroup::Removed));
            }
        }
        Ok(())
    }

    /// What an update of a room with several people says to the bot.
    pub(super) async fn group(
        &self,
        room: &Room,
        update: &JoinedRoomUpdate,
        members: &Members,
        since: Option<&str>,
        batch: &mut Batch,
    ) -> Result<(), Trouble> {
        let id = room.room_id();
        if let Some(before) = kept_before(self.memory, room).await? {
            let moved = HeardInGroup::Moved(id.to_string());
            batch.groups.push(from_group(&before, format!("moved {before} {id}"), None, moved));
        }
        if is_upgraded(update) {
            batch.chores.push(Chore::Follow(id.to_owned()));
        }
        let Some(since) = since else { return Ok(()) };
        for person in &members.gone {
            let key = format!("left {id} {person} {since}");
            let who = UserId::parse(person.as_str()).ok().map(|person| speaker(&person, String::new()));
            batch.groups.push(from_group(id, key, who, HeardInGroup::Left));
        }
        let events = update.timeline.events.as_slice();
        let fresh = if members.arrived.is_some() {
            self.added(room, events, since, batch).await;
            after_last(events, |event| is_our_coming(event, self.me))
        } else {
            events
        };
        for event in fresh {
            let Some(said) = said(event.raw()).filter(|said| said.sender != self.me && said.edits.is_none()) else {
                if let Some(event) = lets_us(event.raw()) {
                    batch.groups.push(from_group(id, event, None, HeardInGroup::Allowed));
                }
                continue;
            };
            if let Heard::Text(text) = said.heard
                && text.len() <= LONGEST_COMMAND
            {
                let who = speaker(&said.sender, name_of(room, &said.sender).await);
                batch.groups.push(from_group(id, said.event.to_string(), Some(who), HeardInGroup::Text(text)));
            }
        }
        Ok(())
    }

    /// We have come; by whose invite is not always told.
    async fn added(
        &self,
        room: &Room,
        events: &[matrix_sdk::deserialized_responses::TimelineEvent],
        since: &str,
        batch: &mut Batch,
    ) {
        let invite = events.iter().rev().find(|event| invites(event, self.me));
        let sender: Option<String> = invite.and_then(|event| event.raw().get_field("sender").ok().flatten());
        let Some(sender) = sender.and_then(|sender| UserId::parse(sender).ok()) else { return };
        let who = speaker(&sender, name_of(room, &sender).await);
        let key = format!("added {} {since}", room.room_id());
        batch.groups.push(from_group(room.room_id(), key, Some(who), HeardInGroup::Added));
    }
}

/// The id of an event that may have changed what we are allowed to do.
fn lets_us(event: &matrix_sdk::ruma::serde::Raw<AnySyncTimelineEvent>) -> Option<String> {
    match event.cast_ref_unchecked::<AnySyncStateEvent>().deserialize().ok()? {
        AnySyncStateEvent::RoomPowerLevels(levels) => Some(levels.event_id().to_string()),
        _ => None,
    }
}

fn speaker(user: &UserId, name: String) -> Speaker {
    Speaker { address: user.to_string(), name, lang: None }
}

fn from_group(room: &RoomId, update: String, who: Option<Speaker>, heard: HeardInGroup) -> FromGroup {
    FromGroup { address: room.to_string(), update, place: None, who, heard }
}

/// The rooms in which the bot waits to be told what to keep there.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<HashSet<OwnedRoomId>>);

impl Waiting {
    /// Whether it waits here, or may.
    fn takes(&self, room: &RoomId) -> bool {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.contains(room) || (rooms.len() < MOST_WAITING && rooms.insert(room.to_owned()))
    }

    fn no_more(&self, room: &RoomId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(room);
    }
}

impl Chores {
    /// Whether the bot stays in this room with several people for a while: somebody is there whom it knows.
    pub(super) async fn waits_in(&self, room: &Room) -> Result<bool, Trouble> {
        let may = self.in_groups
            && room.active_members_count() <= MOST_PEOPLE
            && self.came_lately(room).await
            && !self.was_private(room).await?
            && self.is_known(room).await?
            && self.waiting.takes(room.room_id());
        if !may {
            self.waiting.no_more(room.room_id());
        }
        Ok(may)
    }

    async fn came_lately(&self, room: &Room) -> bool {
        let Some(me) = self.client.user_id() else { return false };
        let member = room.get_member_no_sync(me).await.ok().flatten();
        let came = member.and_then(|member| member.event().origin_server_ts()).map(milliseconds);
        let waits = i64::try_from(WAITS.as_millis()).unwrap_or(i64::MAX);
        came.is_none_or(|came| self.clock.now().timestamp_millis() - came < waits)
    }

    /// It took the place of a room in which somebody is spoken with alone.
    async fn was_private(&self, room: &Room) -> Result<bool, Trouble> {
        let Some(before) = room.predecessor_room() else { return Ok(false) };
        Ok(self.memory.person_in(before.room_id.as_str()).await.map_err(unstored)?.is_some())
    }

    async fn is_known(&self, room: &Room) -> Result<bool, Trouble> {
        let members = room.members(RoomMemberships::JOIN).await.map_err(|error| Trouble::from(&error))?;
        let users: Vec<String> = members.iter().map(|member| member.user_id().to_string()).collect();
        self.memory.knows_any(&users).await.map_err(unstored)
    }
}
