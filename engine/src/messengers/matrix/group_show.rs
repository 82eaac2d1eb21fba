//! Showing things in a room with several people: a message, which is edited where it stands; what is pinned there.

use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::room::message::ReplacementMetadata;
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedTransactionId, RoomId};
use matrix_sdk::{Room, RoomState};

use super::Matrix;
use super::letter::letter;
use super::show::{MESSAGE, UNTIL_SIGNED_IN};
use super::trouble::Trouble;
use crate::conversation::{Letter, Pinned, SendError, Shown};

impl Matrix {
    pub(super) async fn deliver_in_group(&self, sent: Letter<'_>) -> Result<Shown, SendError> {
        let room = self.group(sent.to)?;
        match self.say(&room, sent).await {
            Ok(event) => {
                self.hold.answered(sent.to);
                Ok(Shown::editable(event))
            }
            Err(trouble) => Err(self.not_said(&room, &trouble)),
        }
    }

    pub(super) async fn pin_in(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        let (room, event) = (self.group(group)?, self.event(message)?);
        let _sends = self.sending.begins().await;
        match room.pin_event(&event).await.map_err(|error| Trouble::from(&error)) {
            Ok(_) => {
                self.hold.answered(group);
                Ok(Pinned::Done)
            }
            Err(Trouble::Forbidden(_)) if room.state() == RoomState::Joined => Ok(Pinned::NotAllowed),
            Err(trouble) => Err(self.not_said(&room, &trouble)),
        }
    }

    pub(super) async fn take_away_in(&self, group: &str, message: &str) -> Result<(), SendError> {
        let (room, event) = (self.group(group)?, self.event(message)?);
        let _sends = self.sending.begins().await;
        let unpinned = room.unpin_event(&event).await.map(drop).map_err(|error| Trouble::from(&error));
        let id = OwnedTransactionId::from(format!("away-{event}"));
        let redacted = room.redact(&event, None, Some(id)).await.map(drop).map_err(|error| Trouble::from(&error));
        for done in [unpinned, redacted] {
            match done {
                // What we may not take away stays.
                Ok(()) | Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => {}
                Err(trouble) => return Err(self.not_said(&room, &trouble)),
            }
        }
        Ok(())
    }

    async fn say(&self, room: &Room, sent: Letter<'_>) -> Result<OwnedEventId, Trouble> {
        let edited = sent.edit.and_then(|event| EventId::parse(event).ok());
        let said = letter(&sent.page.text);
        let said = match &edited {
            Some(event) => said.make_replacement(ReplacementMetadata::new(event.clone(), Some(Mentions::new()))),
            None => said,
        };
        let content = serde_json::to_value(said).map_err(|error| Trouble::Refused(error.to_string()))?;
        let id = OwnedTransactionId::from(sent.id);
        let _sends = self.sending.begins().await;
        let _turn = self.sending.in_turn(room.room_id()).await;
        let answer = room.send_raw(MESSAGE, content).with_transaction_id(&id).await;
        let event = answer.map_err(|error| Trouble::from(&error))?.response.event_id;
        Ok(edited.unwrap_or(event))
    }

    /// The room, if we are in it.
    fn group(&self, group: &str) -> Result<Room, SendError> {
        let id = RoomId::parse(group).map_err(|_| SendError::Broken("the address is no room's".to_owned()))?;
        let client = self.client().filter(|_| self.has_listened()).ok_or(SendError::Later(UNTIL_SIGNED_IN))?;
        if let Some(held) = self.hold.now(group) {
            return Err(held);
        }
        client.get_room(&id).filter(|room| room.state() == RoomState::Joined).ok_or(SendError::Gone)
    }

    fn event(&self, message: &str) -> Result<OwnedEventId, SendError> {
        EventId::parse(message).map_err(|_| SendError::Broken("that is no event".to_owned()))
    }

    /// To whom we may not speak in a room that we are in, somebody may let us again.
    fn not_said(&self, room: &Room, trouble: &Trouble) -> SendError {
        let to = room.room_id().as_str();
        match trouble {
            Trouble::Forbidden(why) if room.state() == RoomState::Joined => {
                SendError::Unknown { again: self.hold.failed(to, trouble), why: why.clone() }
            }
            trouble => self.unsent(to, trouble),
        }
    }
}
