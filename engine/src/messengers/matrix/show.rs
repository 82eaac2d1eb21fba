//! Showing a page: a new message in the room where the person is spoken with.

use std::time::Duration;

use matrix_sdk::ruma::api::client::membership::{joined_members, leave_room};
use matrix_sdk::ruma::api::client::state::get_state_event_for_key;
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::room::message::Relation;
use matrix_sdk::ruma::{EventId, OwnedTransactionId, UserId};
use matrix_sdk::{Client, Room};
use serde_json::Value;

use super::Matrix;
use super::chores::is_crowded;
use super::file::attach;
use super::letter::letter;
use super::reactions::{self, Carrying, reaction};
use super::remedies::was_opened_lately;
use super::rooms::unstored;
use super::trouble::Trouble;
use crate::conversation::{Letter, Rendered, SendError, Shown};

/// What a letter is to the homeserver, before it is encrypted.
pub(super) const MESSAGE: &str = "m.room.message";

/// When to write again while we are not signed in.
pub(super) const UNTIL_SIGNED_IN: Duration = Duration::from_secs(5);

/// When to write again after the homeserver stopped knowing us: an operator has to look at it first.
const UNTIL_MENDED: Duration = Duration::from_secs(60);

impl Matrix {
    pub(super) async fn deliver(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let to = UserId::parse(letter.to).map_err(|_| SendError::Broken("the address is no user id".to_owned()))?;
        let Some(client) = self.client().filter(|_| self.has_listened()) else {
            return Err(SendError::Later(UNTIL_SIGNED_IN));
        };
        if let Some(held) = self.hold.now(letter.to) {
            return Err(held);
        }
        match self.send(&client, &to, letter).await {
            Ok(shown) => {
                self.hold.answered(letter.to);
                shown.ok_or(SendError::Gone)
            }
            Err(trouble) => Err(self.unsent(letter.to, &trouble)),
        }
    }

    /// Under the letter's own id: sent twice, it is shown once. `None`: they have no room with us.
    async fn send(&self, client: &Client, to: &UserId, sent: Letter<'_>) -> Result<Option<Shown>, Trouble> {
        let _sends = self.sending.begins().await;
        let Some(room) = self.rooms.direct(client, to).await? else { return Ok(None) };
        let Some(room) = client.get_room(&room) else {
            // It is one of another account, or we were shut out of it while our store was lost.
            self.memory.not_alone(room.as_str()).await.map_err(unstored)?;
            return Err(Trouble::Silent("the room is not ours any more; the next letter makes another".into()));
        };
        if !is_theirs_alone(&room, to).await {
            return Err(Trouble::Silent("somebody has come or gone, which is looked at first".into()));
        }
        let id = OwnedTransactionId::from(sent.id);
        let _turn = self.sending.in_turn(room.room_id()).await;
        if let Some(file) = &sent.page.file {
            let thread = sent.thread.and_then(|thread| self.threads.next(thread));
            attach(&room, file, sent.id, thread).await?;
        }
        let content = self.content(sent.page, sent.thread)?;
        let event = match room.send_raw(MESSAGE, content).with_transaction_id(&id).await {
            Ok(answer) => answer.response.event_id,
            Err(error) => return Err(self.unspoken(client, &room, to, Trouble::from(&error)).await),
        };
        if let Some(thread) = sent.thread {
            self.threads.go_on(thread, &event);
        }
        if self.settings.reactions {
            self.offer_keycaps(&room, &event, sent.page).await;
        }
        Ok(Some(Shown::for_good(event)))
    }

    /// What it means that we may not say something in a room that is somebody's. While they are there, it says nothing of
    /// them: the room is one where only others speak by now. So it is theirs no longer, and the next letter makes another.
    async fn unspoken(&self, client: &Client, room: &Room, to: &UserId, trouble: Trouble) -> Trouble {
        let Trouble::Forbidden(_) = trouble else { return trouble };
        // Of who is there we may not have heard yet.
        let there = client.send(joined_members::v3::Request::new(room.room_id().to_owned())).await;
        match there.map_err(|error| Trouble::from(&error)) {
            Ok(there) if there.joined.contains_key(to) => {}
            Ok(_) => return trouble,
            Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => match was_told_to_leave(client, room).await {
                Ok(true) => return trouble,
                Ok(false) => {}
                Err(other) => return other,
            },
            Err(other) => return other,
        }
        if was_opened_lately(room, self.clock.now().timestamp_millis()).await {
            return Trouble::Silent("we may not speak in a room that we have only just made".into());
        }
        if let Err(error) = self.memory.not_alone(room.room_id().as_str()).await {
            return unstored(error);
        }
        tracing::info!("the bot may not speak in somebody's room any more, and makes another");
        // What they say there could not be answered, and would lead back to it.
        let left = client.send(leave_room::v3::Request::new(room.room_id().to_owned())).await;
        if let Err(error) = left {
            tracing::debug!(trouble = %Trouble::from(&error), "a room where the bot may not speak was not left");
        }
        Trouble::Silent("we may not speak in the room; the next letter makes another".into())
    }

    fn content(&self, page: &Rendered, thread: Option<&str>) -> Result<Value, Trouble> {
        let mut letter = letter(&page.text);
        letter.relates_to = thread.and_then(|thread| self.threads.next(thread)).map(Relation::Thread);
        let carrying =
            if self.settings.reactions { Carrying::choices_of(page, letter) } else { Carrying::nothing(letter) };
        serde_json::to_value(carrying).map_err(|error| Trouble::Refused(error.to_string()))
    }

    /// The page says everything without them, so what the homeserver does not take now is left out.
    async fn offer_keycaps(&self, room: &Room, page: &EventId, rendered: &Rendered) {
        for key in reactions::offered(rendered) {
            let id = OwnedTransactionId::from(format!("{page}-{key}"));
            let Err(error) = room.send(reaction(page, key)).with_transaction_id(id).await else { continue };
            let trouble = Trouble::from(&error);
            tracing::debug!(%trouble, "the keycaps under a page were left out");
            if let Trouble::Limited(pause) = trouble {
                self.hold.pause(pause);
            }
            return;
        }
    }

    pub(super) fn unsent(&self, to: &str, trouble: &Trouble) -> SendError {
        match trouble {
            Trouble::Limited(pause) => SendError::Pause(self.hold.pause(*pause)),
            Trouble::Silent(_) => SendError::Later(self.hold.failed(to, trouble)),
            Trouble::SignedOut => SendError::Later(UNTIL_MENDED),
            Trouble::Forbidden(_) => {
                self.hold.answered(to);
                SendError::Gone
            }
            Trouble::NotFound(_) | Trouble::Unforeseen(_) => {
                SendError::Unknown { again: self.hold.failed(to, trouble), why: trouble.to_string() }
            }
            Trouble::TooLarge | Trouble::Refused(_) => {
                self.hold.answered(to);
                SendError::Broken(trouble.to_string())
            }
        }
    }
}

/// Whether the homeserver knows that we had to leave this room. If not, it has deleted the room: it has told nobody of it,
/// and knows nothing of it.
async fn was_told_to_leave(client: &Client, room: &Room) -> Result<bool, Trouble> {
    let me = room.own_user_id().to_string();
    let membership =
        get_state_event_for_key::v3::Request::new(room.room_id().to_owned(), StateEventType::RoomMember, me);
    match client.send(membership).await.map_err(|error| Trouble::from(&error)) {
        Ok(_) => Ok(true),
        Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

/// Whether nobody else is in the room or asked to come, and the person has not left it, as far as we have heard.
async fn is_theirs_alone(room: &Room, person: &UserId) -> bool {
    if is_crowded(room) {
        return false;
    }
    let member = room.get_member_no_sync(person).await.ok().flatten();
    member.is_none_or(|member| matches!(member.membership(), MembershipState::Join | MembershipState::Invite))
}
