//! One answer of the homeserver, understood: who said what, what could not be read, which rooms to look after.

use std::collections::BTreeSet;

use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::{AnySyncStateEvent, AnySyncTimelineEvent, SyncStateEvent};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{EventId, OwnedUserId, RoomId, UserId};
use matrix_sdk::sync::{JoinedRoomUpdate, State, SyncResponse};
use matrix_sdk::{Client, Room};

use super::chores::{Chore, is_crowded};
use super::gap::{self, Until};
use super::groups::is_kept;
use super::heard::{Said, To, milliseconds, said};
use super::invites::who_invites;
use super::reactions::{chosen, tap};
use super::rooms::{is_of_the_server, unstored};
use super::threads::Threads;
use super::trouble::Trouble;
use super::upgrade::is_upgraded;
use super::verification::{Asked, asked_in, asked_of_the_device};
use crate::conversation::{Clock, FromGroup, Incoming};
use crate::store::matrix::{Memory, Undecrypted};

/// What one answer of the homeserver brought.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// What was said, in its order.
    pub said: Vec<Spoken>,
    /// What could not be read yet.
    pub undecrypted: Vec<Undecrypted>,
    /// What was said and what happened in rooms with several people.
    pub groups: Vec<FromGroup>,
    pub chores: Vec<Chore>,
    /// Who wants to verify the bot's device.
    pub verifications: Vec<Asked>,
    /// How much was said before the next.
    pub heard: i64,
}

/// Something that was said.
#[derive(Debug)]
pub(super) struct Spoken {
    pub incoming: Incoming,
    /// In which room.
    pub room: String,
    /// When, in milliseconds, as a homeserver says; never later than now, whatever it says.
    pub at_ms: i64,
    /// It stands in the place of this message of theirs, which came with earlier news.
    pub edits: Option<String>,
}

impl Batch {
    /// Puts an edit in the place of a message that came with the same news. False: it is not among them.
    fn amend(&mut self, original: &EventId, edit: &Said) -> bool {
        let is_it = |spoken: &&mut Spoken| {
            spoken.incoming.update == original.as_str() && spoken.incoming.address == edit.sender.as_str()
        };
        let Some(spoken) = self.said.iter_mut().find(is_it) else { return false };
        spoken.incoming.heard = edit.heard.clone();
        true
    }
}

/// Reads answers of the homeserver.
pub(super) struct Reader<'a> {
    pub client: &'a Client,
    pub me: &'a UserId,
    pub memory: &'a Memory,
    pub clock: &'a dyn Clock,
    pub threads: &'a Threads,
    /// Whether people can choose by reactions.
    pub reactions: bool,
    /// Whether rooms with several people are listened to.
    pub groups: bool,
    /// What can't be fetched is left out.
    pub gives_up: bool,
    /// How much was said before.
    pub heard: i64,
}

impl Reader<'_> {
    /// Understands an answer that was asked for from `since` on; `None`: it is the first that this device got.
    ///
    /// # Errors
    /// What the homeserver left out could not be fetched. The answer has to be read again.
    pub async fn read(&self, answer: &SyncResponse, since: Option<&str>) -> Result<Batch, Trouble> {
        let mut batch = Batch { heard: self.heard, ..Batch::default() };
        for id in answer.rooms.invited.keys() {
            let who = who_invites(self.client, self.memory, id).await?;
            batch.chores.push(Chore::Join(id.clone(), who));
        }
        batch.verifications.extend(answer.to_device.iter().filter_map(asked_of_the_device));
        if self.groups {
            self.gone(answer, since, &mut batch).await?;
        }
        for (id, update) in &answer.rooms.joined {
            if let Some(room) = self.client.get_room(id) {
                self.joined(&room, update, since, &mut batch).await?;
            }
        }
        Ok(batch)
    }

    async fn joined(
        &self,
        room: &Room,
        update: &JoinedRoomUpdate,
        since: Option<&str>,
        batch: &mut Batch,
    ) -> Result<(), Trouble> {
        if is_of_the_server(room).await {
            return Ok(());
        }
        let members = Members::of(update, self.me);
        if members.changed || since.is_none() {
            batch.chores.push(Chore::Look(room.room_id().to_owned()));
        }
        for person in &members.gone {
            self.memory.has_left(person.as_str(), room.room_id().as_str()).await.map_err(unstored)?;
        }
        if is_crowded(room) || (self.groups && is_kept(self.memory, room).await?) {
            let id = room.room_id();
            if self.memory.person_in(id.as_str()).await.map_err(unstored)?.is_some() {
                self.memory.not_alone(id.as_str()).await.map_err(unstored)?;
                batch.chores.push(Chore::Part(id.to_owned()));
            }
            if self.groups {
                self.group(room, update, &members, since, batch).await?;
            }
            return Ok(());
        }
        if room.is_space() {
            return Ok(());
        }
        if is_upgraded(update) {
            batch.chores.push(Chore::Follow(room.room_id().to_owned()));
        }
        let mut events = update.timeline.events.clone();
        let until = match since {
            Some(_) if self.have_arrived(room.room_id(), &members).await? => Until::OurInvite,
            Some(since) => Until::Token(since.to_owned()),
            None => Until::Here,
        };
        if update.timeline.limited
            && let Some(from) = &update.timeline.prev_batch
        {
            let mut missing = match gap::fill(room, from, &until, self.me).await {
                Err(trouble) if self.gives_up && !matches!(trouble, Trouble::Limited(_) | Trouble::SignedOut) => {
                    tracing::error!(%trouble, "what was said in a room can't be fetched, and is left out");
                    Vec::new()
                }
                fetched => fetched?,
            };
            missing.append(&mut events);
            events = missing;
        }
        let fresh = match until {
            Until::Token(_) => events.as_slice(),
            Until::OurInvite if events.iter().any(|event| invites(event, self.me)) => {
                after_last(&events, |event| invites(event, self.me))
            }
            // Nobody had to invite us.
            Until::OurInvite => after_last(&events, |event| is_our_coming(event, self.me)),
            // What came after the last thing we said there still waits for an answer.
            Until::Here => after_last(&events, |event| sender(event).as_deref() == Some(self.me.as_str())),
        };
        for event in fresh {
            self.event(room, event, batch).await?;
        }
        Ok(())
    }

    /// Whether we came to this room just now. The homeserver tells of members again when it thinks that we might have
    /// forgotten them, ourselves among them: in a room where somebody is spoken with already, that says nothing.
    async fn have_arrived(&self, room: &RoomId, members: &Members) -> Result<bool, Trouble> {
        let told_again = members.arrived == Some(Told::Aside)
            && self.memory.person_in(room.as_str()).await.map_err(unstored)?.is_some();
        Ok(members.arrived.is_some() && !told_again)
    }

    async fn event(&self, room: &Room, event: &TimelineEvent, batch: &mut Batch) -> Result<(), Trouble> {
        if let TimelineEventKind::UnableToDecrypt { event, .. } = &event.kind {
            let seq = batch.heard + 1;
            if let Some(undecrypted) = self.undecrypted(room.room_id(), event, seq) {
                batch.undecrypted.push(undecrypted);
                batch.heard = seq;
            }
            return Ok(());
        }
        if let Some(asked) = asked_in(room, event.raw(), self.me) {
            batch.verifications.push(asked);
            return Ok(());
        }
        let said = match tap(event.raw()).filter(|_| self.reactions) {
            Some(tap) => chosen(room, tap, self.me).await?,
            None => said(event.raw()).filter(|said| said.sender != self.me),
        };
        let said = match said {
            Some(edit) => match &edit.edits {
                Some(original) if batch.amend(original, &edit) => None,
                Some(_) => self.edit(room, edit).await?,
                None => Some(edit),
            },
            None => None,
        };
        if let Some(said) = said {
            if let Some(thread) = &said.to.thread {
                self.threads.go_on(thread, &said.event);
            }
            batch.heard += 1;
            let at_ms = said.sent_ms.min(self.clock.now().timestamp_millis());
            let edits = said.edits.as_ref().map(ToString::to_string);
            let incoming = incoming(room, said, batch.heard).await;
            batch.said.push(Spoken { incoming, room: room.room_id().to_string(), at_ms, edits });
        }
        Ok(())
    }

    /// What an edit of a message says that came with earlier news. What could not be read yet has no answer: the edit stands
    /// for it, under its name, should it be read after all.
    async fn edit(&self, room: &Room, edit: Said) -> Result<Option<Said>, Trouble> {
        let Some(id) = &edit.edits else { return Ok(Some(edit)) };
        let original = match room.event(id, None).await.map_err(|error| Trouble::from(&error)) {
            Ok(original) => original,
            Err(trouble) if trouble.passes() => return Err(trouble),
            Err(_) => return Ok(None),
        };
        if sender(&original).as_deref() != Some(edit.sender.as_str()) {
            return Ok(None);
        }
        let to = To::of(original.raw());
        Ok(Some(match original.kind {
            TimelineEventKind::UnableToDecrypt { .. } => Said { event: id.clone(), to, edits: None, ..edit },
            _ => Said { to, ..edit },
        }))
    }

    fn undecrypted(&self, room: &RoomId, event: &Raw<AnySyncTimelineEvent>, seq: i64) -> Option<Undecrypted> {
        let event = event.deserialize().ok()?;
        (event.sender() != self.me).then(|| Undecrypted {
            event_id: event.event_id().to_string(),
            room_id: room.to_string(),
            sender: event.sender().to_string(),
            sent_ms: milliseconds(event.origin_server_ts()),
            noted_at: self.clock.now(),
            hinted_at: None,
            seq,
        })
    }
}

/// How this person calls themselves, or else what their user id begins with.
pub(super) async fn name_of(room: &Room, person: &UserId) -> String {
    let member = room.get_member_no_sync(person).await.ok().flatten();
    let name = member.and_then(|member| member.display_name().map(str::to_owned));
    name.unwrap_or_else(|| person.localpart().to_owned())
}

/// What was said, as the engine hears it; `seq` is its place. The order is the homeserver's, not that of its
/// clock, which may have been wrong.
pub(super) async fn incoming(room: &Room, said: Said, seq: i64) -> Incoming {
    Incoming {
        address: said.sender.to_string(),
        update: said.event.to_string(),
        seq,
        name: name_of(room, &said.sender).await,
        lang: None,
        reply_to: said.to.reply,
        thread: said.to.thread,
        album: None,
        tab: String::new(),
        early: false,
        heard: said.heard,
    }
}

/// What an update says of who is in the room.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Members {
    /// Somebody came, left, or was asked to come.
    pub changed: bool,
    /// We came; and where it says so.
    pub arrived: Option<Told>,
    /// Others who are not there any more.
    pub gone: BTreeSet<OwnedUserId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Among the things that happened.
    InTime,
    /// Beside them: it may have happened long ago.
    Aside,
}

impl Members {
    fn of(update: &JoinedRoomUpdate, me: &UserId) -> Members {
        let (State::Before(state) | State::After(state)) = &update.state;
        let state = state.iter().map(|event| (Told::Aside, event));
        let timeline = update.timeline.events.iter().map(|event| (Told::InTime, event.raw().cast_ref_unchecked()));
        let mut members = Members::default();
        for (told, event) in state.chain(timeline) {
            let Ok(AnySyncStateEvent::RoomMember(SyncStateEvent::Original(member))) = event.deserialize() else {
                continue;
            };
            let now = &member.content.membership;
            if matches!(now, MembershipState::Leave | MembershipState::Ban) && member.state_key != me {
                members.gone.insert(member.state_key.clone());
            } else {
                members.gone.remove(&member.state_key);
            }
            let before = member.unsigned.prev_content.map(|content| content.membership);
            if before.as_ref() == Some(&member.content.membership) {
                continue;
            }
            members.changed = true;
            if member.state_key == me && member.content.membership == MembershipState::Join {
                members.arrived = Some(told);
            }
        }
        members
    }
}

/// The events after the last of this kind; none if there is none of it.
pub(super) fn after_last(events: &[TimelineEvent], is_it: impl Fn(&TimelineEvent) -> bool) -> &[TimelineEvent] {
    match events.iter().rposition(is_it) {
        Some(last) => &events[last + 1..],
        None => &[],
    }
}

/// Whether this event asked us to come.
pub(super) fn invites(event: &TimelineEvent, me: &UserId) -> bool {
    makes_of(event, me) == Some(MembershipState::Invite)
}

pub(super) fn is_our_coming(event: &TimelineEvent, me: &UserId) -> bool {
    makes_of(event, me) == Some(MembershipState::Join)
}

/// What this event makes of this member.
fn makes_of(event: &TimelineEvent, user: &UserId) -> Option<MembershipState> {
    match event.raw().cast_ref_unchecked::<AnySyncStateEvent>().deserialize() {
        Ok(AnySyncStateEvent::RoomMember(SyncStateEvent::Original(member))) if member.state_key == user => {
            Some(member.content.membership)
        }
        _ => None,
    }
}

fn sender(event: &TimelineEvent) -> Option<String> {
    event.raw().get_field("sender").ok().flatten()
}
