//! What has to be done about rooms, beside the talking: accept invites, see who is in a room, leave and forget those
//! that are over, follow those that were upgraded, invite to new ones. One thing after another, as
//! [`agenda`](super::agenda) says.

use std::sync::Arc;
use std::time::Duration;

use matrix_sdk::room::RoomMember;
use matrix_sdk::ruma::api::client::membership::{join_room_by_id, leave_room};
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::room::message::RoomMessageEventContent;
use matrix_sdk::ruma::{OwnedRoomId, OwnedTransactionId, OwnedUserId, RoomId, UserId};
use matrix_sdk::{Client, Room, RoomMemberships, RoomState};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use super::agenda::Agenda;
use super::greeting::BEFORE_GREETING;
use super::groups::{WAITS, Waiting, is_kept};
use super::heard::milliseconds;
use super::invites::Who;
use super::late::Late;
use super::letter;
use super::rooms::{Rooms, is_of_the_server, unstored};
use super::sending::Sending;
use super::settings::Hints;
use super::trouble::Trouble;
use super::upgrade::follow;
use crate::conversation::Clock;
use crate::store::matrix::Memory;

/// How often we listen to what we are doing.
const A_MOMENT: Duration = Duration::from_millis(100);

/// One thing to be done about a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Chore {
    /// Follow an invite of this person.
    Join(OwnedRoomId, Who),
    /// See who is in it, and whether it is a place to talk with one person.
    Look(OwnedRoomId),
    /// Leave it and forget it.
    Leave(OwnedRoomId),
    /// Invite somebody to a new one.
    Invite(OwnedUserId),
    /// Go where it was upgraded to.
    Follow(OwnedRoomId),
    /// Somebody was spoken with there, and is not alone any more: say so and go.
    Part(OwnedRoomId),
    /// See whether something is kept there by now.
    Wait(OwnedRoomId),
    /// Say the first word to whoever came there at this time, in milliseconds.
    Greet(OwnedRoomId, i64),
    /// See whether the stranger who came there has said anything.
    Listen(OwnedRoomId),
}

/// A chore, and after what time it is to be done.
pub(super) type Next = (Chore, Duration);

/// Does what has to be done about rooms.
pub(super) struct Chores {
    pub client: Client,
    pub memory: Memory,
    pub clock: Arc<dyn Clock>,
    pub rooms: Rooms,
    pub hints: Hints,
    pub sending: Sending,
    /// Rung for what we have to hear of ourselves.
    pub echoes: Arc<Notify>,
    /// Whether the bot keeps something in rooms with several people.
    pub in_groups: bool,
    pub waiting: Waiting,
    /// Where the first word goes to whoever has come.
    pub turns: mpsc::UnboundedSender<Late>,
}

impl Chores {
    /// Does what comes, until `stop`.
    pub async fn run(self, mut coming: mpsc::UnboundedReceiver<Chore>, stop: CancellationToken) {
        let mut agenda = Agenda::default();
        loop {
            let (chore, tries) = tokio::select! {
                () = stop.cancelled() => return,
                Some(chore) = coming.recv() => {
                    agenda.add(chore);
                    continue;
                }
                Some(next) = agenda.next() => next,
            };
            match self.aloud(self.attempt(&chore)).await {
                Ok(next) => next.into_iter().for_each(|(chore, after)| agenda.later(chore, after)),
                Err(trouble) => agenda.failed(chore, tries, &trouble),
            }
        }
    }

    /// Does something that is heard at once: while it is being done, because the SDK waits for some of it, and afterwards.
    async fn aloud<T>(&self, what: impl Future<Output = T>) -> T {
        tokio::pin!(what);
        let done = loop {
            tokio::select! {
                done = &mut what => break done,
                () = tokio::time::sleep(A_MOMENT) => self.echoes.notify_one(),
            }
        };
        self.echoes.notify_one();
        done
    }

    /// Does a chore. Gives what follows from it.
    async fn attempt(&self, chore: &Chore) -> Result<Vec<Next>, Trouble> {
        let next = match chore {
            Chore::Look(room) | Chore::Wait(room) => return self.look(room).await,
            Chore::Join(room, _) => self.join(room).await.map(|()| None),
            Chore::Greet(room, since) => self.greet(room, *since).await,
            Chore::Listen(room) => self.listen(room).await,
            Chore::Part(room) => self.part(room).await,
            Chore::Leave(room) => self.leave(room).await.map(|()| None),
            Chore::Follow(room) => follow(&self.client, &self.memory, room).await.map(|()| None),
            Chore::Invite(person) => {
                let _sends = self.sending.begins().await;
                self.rooms.invite(&self.client, person).await.map(|()| None)
            }
        };
        Ok(next?.into_iter().collect())
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
    async fn look(&self, id: &RoomId) -> Result<Vec<Next>, Trouble> {
        let Some(room) = self.client.get_room(id).filter(|room| room.state() == RoomState::Joined) else {
            return Ok(Vec::new());
        };
        if is_of_the_server(&room).await || self.in_groups && is_kept(&self.memory, &room).await? {
            return Ok(Vec::new());
        }
        if is_crowded(&room) {
            return self.crowded(&room).await.map(|next| vec![next]);
        }
        if room.is_space() {
            // It has rooms in it, and nobody talks there.
            return Ok(leaves(id));
        }
        let members = match room.members(RoomMemberships::ACTIVE).await.map_err(|error| Trouble::from(&error)) {
            Ok(members) => members,
            // It is not ours any more, or there is no such room.
            Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => return Ok(leaves(id)),
            Err(trouble) => return Err(trouble),
        };
        let mut others: Vec<OwnedUserId> = members.iter().map(|member| member.user_id().to_owned()).collect();
        others.retain(|user| Some(user.as_ref()) != self.client.user_id());
        match others.as_slice() {
            [] => {
                self.memory.have_left(id.as_str()).await.map_err(unstored)?;
                Ok(leaves(id))
            }
            // Whoever is only invited has not come: who knows who made this room. Where we did, it is theirs already.
            [person] if !has_come(&room, &members, person) => Ok(Vec::new()),
            [person] => {
                self.encrypt(&room).await?;
                // No later than now, or nothing that comes after it would seem to be later.
                let since = together_since(&members).min(self.clock.now().timestamp_millis());
                let met = self.memory.met(person.as_str(), id.as_str(), since).await.map_err(unstored)?;
                let over = met.over.and_then(|over| RoomId::parse(over).ok()).map(Chore::Leave).and_then(at_once);
                let greets = met.together.then(|| (Chore::Greet(id.to_owned(), since), BEFORE_GREETING));
                Ok(over.into_iter().chain(greets).collect())
            }
            _ => self.crowded(&room).await.map(|next| vec![next]),
        }
    }

    /// Where nothing is kept, the bot waits for a while, if somebody is there whom it knows. What is one person's is not for
    /// others' eyes.
    async fn crowded(&self, room: &Room) -> Result<Next, Trouble> {
        self.memory.not_alone(room.room_id().as_str()).await.map_err(unstored)?;
        if self.waits_in(room).await? {
            return Ok((Chore::Wait(room.room_id().to_owned()), WAITS));
        }
        self.goes(room).await
    }

    async fn part(&self, id: &RoomId) -> Result<Option<Next>, Trouble> {
        let room = self.client.get_room(id).filter(|room| room.state() == RoomState::Joined);
        match room.filter(is_crowded) {
            Some(room) => self.goes(&room).await.map(Some),
            None => Ok(None),
        }
    }

    /// The bot says that it talks with each alone, and leaves.
    async fn goes(&self, room: &Room) -> Result<Next, Trouble> {
        self.hint(room, "crowd", &self.hints.crowd).await?;
        Ok((Chore::Leave(room.room_id().to_owned()), Duration::ZERO))
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
        let _sends = self.sending.begins().await;
        let _turn = self.sending.in_turn(room.room_id()).await;
        match room.send(content).with_transaction_id(id).await {
            Ok(_) => Ok(()),
            Err(error) => match Trouble::from(&error) {
                // They don't let us speak, so there is nothing more to be done.
                Trouble::Forbidden(_) => Ok(()),
                trouble => Err(trouble),
            },
        }
    }

    /// Unless somebody is spoken with there after all: after a crash, a move between two rooms is heard of again.
    async fn leave(&self, id: &RoomId) -> Result<(), Trouble> {
        let is_private = self.memory.person_in(id.as_str()).await.map_err(unstored)?.is_some();
        if is_private || self.memory.keeps_in(id.as_str()).await.map_err(unstored)? {
            return Ok(());
        }
        let Some(room) = self.client.get_room(id) else { return Ok(()) };
        if room.state() != RoomState::Left {
            // The request alone: the SDK would leave a room that this one took the place of, too. When the homeserver
            // tells that we have left, we are here again.
            let request = leave_room::v3::Request::new(id.to_owned());
            return match self.client.send(request).await.map_err(|error| Trouble::from(&error)) {
                Ok(_) => self.memory.is_over(id.as_str()).await.map_err(unstored),
                // Whoever runs the homeserver has deleted it, and people were put out of it one after another.
                Err(Trouble::NotFound(_)) => {
                    if self.memory.was_deleted(id.as_str()).await.map_err(unstored)? {
                        tracing::info!("a room was deleted; the next letter to whose it was makes another");
                    }
                    Ok(())
                }
                Err(trouble) => Err(trouble),
            };
        }
        room.forget().await.map_err(|error| Trouble::from(&error))?;
        tracing::debug!("a room that is over was left and forgotten");
        Ok(())
    }
}

fn leaves(room: &RoomId) -> Vec<Next> {
    at_once(Chore::Leave(room.to_owned())).into_iter().collect()
}

pub(super) fn at_once(chore: Chore) -> Option<Next> {
    Some((chore, Duration::ZERO))
}

/// The members, when they had to be fetched, may be those of a moment ago; the count is of the latest sync.
fn has_come(room: &Room, members: &[RoomMember], person: &UserId) -> bool {
    let is_there = |member: &RoomMember| member.user_id() == person && *member.membership() == MembershipState::Join;
    room.joined_members_count() > 1 || members.iter().any(is_there)
}

/// When the last of them came or was asked to come, in milliseconds, as the homeserver says.
fn together_since(members: &[RoomMember]) -> i64 {
    let times = members.iter().filter_map(|member| member.event().origin_server_ts());
    times.map(milliseconds).max().unwrap_or_default()
}

/// More than one other person is there, or is asked to come.
pub(super) fn is_crowded(room: &Room) -> bool {
    room.active_members_count() > 2
}
