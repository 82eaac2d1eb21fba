//! Where each person is spoken with: the room that they and the bot have for themselves.

use std::sync::Arc;

use matrix_sdk::ruma::api::client::room::create_room;
use matrix_sdk::ruma::events::InitialStateEvent;
use matrix_sdk::ruma::events::room::encryption::RoomEncryptionEventContent;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::tag::TagName;
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use matrix_sdk::{Client, Room};
use tokio::sync::Mutex;

use super::trouble::Trouble;
use crate::store::matrix::Memory;

/// Knows the rooms, and makes one where it has to. Whoever makes one holds [`Sending`](super::sending::Sending): in the middle of it, news would tell of
/// a room that nobody is invited to yet, and it would be left.
#[derive(Clone)]
pub(super) struct Rooms {
    memory: Memory,
    /// One room is made at a time, so that two letters to one person don't make two.
    making: Arc<Mutex<()>>,
}

impl Rooms {
    pub fn new(memory: Memory) -> Rooms {
        Rooms { memory, making: Arc::default() }
    }

    /// The room to write to this person in. `None`: they have none any more, and don't want to be written to.
    ///
    /// # Errors
    /// The database, or the homeserver when a room has to be made, did not do its part.
    pub async fn direct(&self, client: &Client, person: &UserId) -> Result<Option<OwnedRoomId>, Trouble> {
        let Some(known) = self.memory.room_of(person.as_str()).await.map_err(unstored)? else { return Ok(None) };
        match known.and_then(|room| RoomId::parse(room).ok()) {
            Some(room) => Ok(Some(room)),
            None => self.make(client, person).await.map(Some),
        }
    }

    /// An encrypted room for the two, where the person is spoken with from now on.
    async fn make(&self, client: &Client, person: &UserId) -> Result<OwnedRoomId, Trouble> {
        let _alone = self.making.lock().await;
        let meanwhile = self.memory.room_of(person.as_str()).await.map_err(unstored)?.flatten();
        if let Some(room) = meanwhile.and_then(|room| RoomId::parse(room).ok()) {
            return Ok(room);
        }
        let room = create(client, person).await?;
        self.memory.made(person.as_str(), room.as_str()).await.map_err(unstored)?;
        Ok(room)
    }

    /// Invites the person to another room than they are spoken with in. Until they come, that stays as it is.
    ///
    /// # Errors
    /// The homeserver did not make a room.
    pub async fn invite(&self, client: &Client, person: &UserId) -> Result<(), Trouble> {
        let _alone = self.making.lock().await;
        if awaits(client, person).await {
            return Ok(());
        }
        create(client, person).await.map(drop)
    }
}

/// An encrypted room for the two, to which the person is invited.
async fn create(client: &Client, person: &UserId) -> Result<OwnedRoomId, Trouble> {
    let encryption = RoomEncryptionEventContent::with_recommended_defaults();
    let mut request = create_room::v3::Request::new();
    request.is_direct = true;
    request.invite = vec![person.to_owned()];
    request.preset = Some(create_room::v3::RoomPreset::TrustedPrivateChat);
    request.initial_state = vec![InitialStateEvent::with_empty_state_key(encryption).to_raw_any()];
    let room = client.create_room(request).await.map_err(|error| Trouble::from(&error))?;
    Ok(room.room_id().to_owned())
}

/// Whether there is a room in which we are alone, and to which this person is invited.
pub(super) async fn awaits(client: &Client, person: &UserId) -> bool {
    for room in client.joined_rooms() {
        if room.joined_members_count() != 1 || room.invited_members_count() != 1 {
            continue;
        }
        let member = room.get_member_no_sync(person).await.ok().flatten();
        if member.is_some_and(|member| *member.membership() == MembershipState::Invite) {
            return true;
        }
    }
    false
}

/// Whether the homeserver speaks here with those who use it: nobody is there to be talked with, and nobody may leave.
pub(super) async fn is_of_the_server(room: &Room) -> bool {
    room.tags().await.ok().flatten().is_some_and(|tags| tags.contains_key(&TagName::ServerNotice))
}

/// The database did not answer: that passes.
pub(super) fn unstored(error: impl std::fmt::Display) -> Trouble {
    Trouble::Silent(format!("the database: {error}"))
}
