//! What has to be done about rooms, beside the talking: accept invites, see who is in a room, leave and forget those
//! that are over. One thing after another, and again later when the homeserver does not let us.

use matrix_sdk::ruma::api::client::membership::join_room_by_id;
use matrix_sdk::ruma::events::room::message::RoomMessageEventContent;
use matrix_sdk::ruma::{OwnedRoomId, OwnedTransactionId, OwnedUserId, RoomId};
use matrix_sdk::{Client, Room, RoomMemberships, RoomState};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::letter;
use super::rooms::unstored;
use super::settings::Hints;
use super::trouble::Trouble;
use crate::messengers::backoff::backoff;
use crate::store::matrix::Memory;

/// How often a thing is tried. An invite can reach us before we may follow it, so the first refusal says nothing; with
/// the waits between, this is about five minutes.
const TRIES: u32 = 9;

/// One thing to be done about a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chore {
    /// Follow an invite.
    Join(OwnedRoomId),
    /// See who is in it, and whether it is a place to talk with one person.
    Look(OwnedRoomId),
    /// Leave it and forget it.
    Leave(OwnedRoomId),
}

/// Does what has to be done about rooms.
pub(super) struct Chores {
    pub client: Client,
    pub memory: Memory,
    pub hints: Hints,
}

struct Due {
    at: Instant,
    tries: u32,
    chore: Chore,
}

impl Chores {
    /// Does what comes, until `stop`.
    pub async fn run(self, mut coming: mpsc::UnboundedReceiver<Chore>, stop: CancellationToken) {
        let mut waiting: Vec<Due> = Vec::new();
        loop {
            let next = waiting.iter().map(|due| due.at).min();
            tokio::select! {
                () = stop.cancelled() => return,
                Some(chore) = coming.recv() => {
                    if !waiting.iter().any(|due| due.chore == chore) {
                        waiting.push(Due { at: Instant::now(), tries: 0, chore });
                    }
                    continue;
                }
                () = until(next) => {}
            }
            let Some(first) = (0..waiting.len()).min_by_key(|place| waiting[*place].at) else { continue };
            let due = waiting.remove(first);
            match self.attempt(&due.chore).await {
                Ok(more) => waiting.extend(more.map(|chore| Due { at: Instant::now(), tries: 0, chore })),
                Err(Trouble::Limited(pause)) => {
                    // It would not let us do the others either.
                    let later = Instant::now() + pause;
                    waiting.iter_mut().for_each(|due| due.at = due.at.max(later));
                    waiting.push(Due { at: later, ..due });
                }
                Err(trouble) => waiting.extend(again(due, &trouble)),
            }
        }
    }

    async fn attempt(&self, chore: &Chore) -> Result<Option<Chore>, Trouble> {
        match chore {
            Chore::Join(room) => self.join(room).await.map(|()| None),
            Chore::Look(room) => self.look(room).await,
            Chore::Leave(room) => self.leave(room).await.map(|()| None),
        }
    }

    /// The request alone: what the SDK does around it can fail after we have joined, and writes down all direct rooms
    /// each time.
    async fn join(&self, room: &RoomId) -> Result<(), Trouble> {
        if self.client.get_room(room).is_some_and(|room| room.state() == RoomState::Joined) {
            return Ok(());
        }
        let request = join_room_by_id::v3::Request::new(room.to_owned());
        self.client.send(request).await.map_err(|error| Trouble::from(&error))?;
        Ok(())
    }

    /// A place to talk is a room with exactly one other person in it.
    async fn look(&self, id: &RoomId) -> Result<Option<Chore>, Trouble> {
        let Some(room) = self.client.get_room(id).filter(|room| room.state() == RoomState::Joined) else {
            return Ok(None);
        };
        if is_crowded(&room) {
            return self.crowded(&room).await.map(Some);
        }
        let members = room.members(RoomMemberships::ACTIVE).await.map_err(|error| Trouble::from(&error))?;
        let mut others: Vec<OwnedUserId> = members.iter().map(|member| member.user_id().to_owned()).collect();
        others.retain(|user| Some(user.as_ref()) != self.client.user_id());
        match others.as_slice() {
            [] => {
                self.memory.person_left(id.as_str()).await.map_err(unstored)?;
                Ok(Some(Chore::Leave(id.to_owned())))
            }
            [person] => {
                let before = self.memory.settle(person.as_str(), id.as_str()).await.map_err(unstored)?;
                self.encrypt(&room).await?;
                Ok(before.and_then(|before| RoomId::parse(before).ok()).map(Chore::Leave))
            }
            _ => self.crowded(&room).await.map(Some),
        }
    }

    /// What is one person's is not for others' eyes: the bot says so and goes.
    async fn crowded(&self, room: &Room) -> Result<Chore, Trouble> {
        self.memory.not_alone(room.room_id().as_str()).await.map_err(unstored)?;
        self.hint(room, "crowd", &self.hints.crowd).await?;
        Ok(Chore::Leave(room.room_id().to_owned()))
    }

    /// Turns encryption on where we may; where not, says once what that means.
    async fn encrypt(&self, room: &Room) -> Result<(), Trouble> {
        let state = room.latest_encryption_state().await.map_err(|error| Trouble::from(&error))?;
        if state.is_encrypted() {
            return Ok(());
        }
        match room.enable_encryption().await.map_err(|error| Trouble::from(&error)) {
            Ok(()) => Ok(()),
            Err(Trouble::Forbidden(_)) => self.hint(room, "open", &self.hints.open).await,
            Err(trouble) => Err(trouble),
        }
    }

    /// A line that nobody has to answer. Said again, it has the same transaction id, and is shown once.
    async fn hint(&self, room: &Room, which: &str, words: &str) -> Result<(), Trouble> {
        let content: RoomMessageEventContent = letter::notice(words);
        let id = OwnedTransactionId::from(format!("{which}-{}", room.room_id()));
        match room.send(content).with_transaction_id(id).await {
            Ok(_) => Ok(()),
            Err(error) => match Trouble::from(&error) {
                // They don't let us speak, so there is nothing more to be done.
                Trouble::Forbidden(_) => Ok(()),
                trouble => Err(trouble),
            },
        }
    }

    async fn leave(&self, id: &RoomId) -> Result<(), Trouble> {
        let Some(room) = self.client.get_room(id) else { return Ok(()) };
        if room.state() != RoomState::Left {
            room.leave().await.map_err(|error| Trouble::from(&error))?;
        }
        room.forget().await.map_err(|error| Trouble::from(&error))?;
        tracing::debug!("a room that is over was left and forgotten");
        Ok(())
    }
}

/// More than one other person is there, or is asked to come.
pub(super) fn is_crowded(room: &Room) -> bool {
    room.active_members_count() > 2
}

/// When to try again, if at all: what can't be joined is declined.
fn again(due: Due, trouble: &Trouble) -> Option<Due> {
    let tries = due.tries + 1;
    if tries < TRIES && !matches!(trouble, Trouble::SignedOut) {
        return Some(Due { at: Instant::now() + backoff(tries), tries, chore: due.chore });
    }
    tracing::warn!(%trouble, "a room could not be looked after");
    match due.chore {
        Chore::Join(room) => Some(Due { at: Instant::now(), tries: 0, chore: Chore::Leave(room) }),
        _ => None,
    }
}

async fn until(time: Option<Instant>) {
    match time {
        Some(time) => tokio::time::sleep_until(time).await,
        None => std::future::pending::<()>().await,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_invite_is_tried_for_minutes_and_then_declined() {
        let room = RoomId::parse("!r:example.org").expect("an id");
        let mut due = Due { at: Instant::now(), tries: 0, chore: Chore::Join(room.clone()) };
        let mut waited = Duration::ZERO;
        let trouble = Trouble::Forbidden("not yet".into());
        while let Chore::Join(_) = due.chore {
            let now = Instant::now();
            due = again(due, &trouble).expect("it is declined at the end");
            waited += due.at - now;
            tokio::time::sleep_until(due.at).await;
        }
        assert_eq!(due.chore, Chore::Leave(room));
        assert!((180..400).contains(&waited.as_secs()), "{waited:?}");
        due.tries = TRIES;
        assert!(again(due, &trouble).is_none());
    }
}
