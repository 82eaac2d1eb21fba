//! A room that was upgraded: another takes its place, and the conversation goes on there. The other room is one like any
//! that we are invited to: who is there is looked at before anybody is spoken with.

use matrix_sdk::deserialized_responses::RawSyncOrStrippedState;
use matrix_sdk::ruma::api::client::membership::join_room_by_id_or_alias;
use matrix_sdk::ruma::events::room::tombstone::RoomTombstoneEventContent;
use matrix_sdk::ruma::events::{AnySyncStateEvent, SyncStateEvent};
use matrix_sdk::ruma::{OwnedRoomId, OwnedServerName, RoomId};
use matrix_sdk::sync::{JoinedRoomUpdate, State};
use matrix_sdk::{Client, Room, RoomState};

use super::rooms::unstored;
use super::trouble::Trouble;
use crate::store::matrix::Memory;

/// Whether an update says that another room takes the place of this one.
pub(super) fn is_upgraded(update: &JoinedRoomUpdate) -> bool {
    let (State::Before(state) | State::After(state)) = &update.state;
    let timeline = update.timeline.events.iter().map(|event| event.raw().cast_ref_unchecked::<AnySyncStateEvent>());
    state.iter().chain(timeline).any(|event| matches!(event.deserialize(), Ok(AnySyncStateEvent::RoomTombstone(_))))
}

/// Joins the room that takes the place of one where somebody is spoken with, or something is kept. Often we may join only when we are invited
/// there, and the invite comes by itself.
///
/// # Errors
/// We could not join it yet.
pub(super) async fn follow(client: &Client, memory: &Memory, from: &RoomId) -> Result<(), Trouble> {
    let Some(room) = client.get_room(from) else { return Ok(()) };
    let is_private = memory.person_in(from.as_str()).await.map_err(unstored)?.is_some();
    if !is_private && !memory.keeps_in(from.as_str()).await.map_err(unstored)? {
        return Ok(());
    }
    let Some((to, via)) = successor(&room).await? else { return Ok(()) };
    if client.get_room(&to).is_some_and(|room| room.state() == RoomState::Joined) {
        return Ok(());
    }
    let mut request = join_room_by_id_or_alias::v3::Request::new(to.into());
    request.via = vec![via];
    client.send(request).await.map_err(|error| Trouble::from(&error))?;
    Ok(())
}

/// The other room, and a homeserver that knows it.
async fn successor(room: &Room) -> Result<Option<(OwnedRoomId, OwnedServerName)>, Trouble> {
    let event = room.get_state_event_static::<RoomTombstoneEventContent>().await;
    let Some(RawSyncOrStrippedState::Sync(event)) = event.map_err(|error| Trouble::from(&error))? else {
        return Ok(None);
    };
    let Ok(SyncStateEvent::Original(event)) = event.deserialize() else { return Ok(None) };
    Ok(Some((event.content.replacement_room, event.sender.server_name().to_owned())))
}
