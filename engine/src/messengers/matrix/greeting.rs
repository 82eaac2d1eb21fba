//! The first word: when bot and person have come together in a room, what is open is shown, and what waited for them goes
//! out. And rooms in which nobody answers it.

use std::time::Duration;

use chrono::TimeDelta;
use matrix_sdk::ruma::{RoomId, UserId};

use super::batch::name_of;
use super::chores::{Chore, Chores, Next, at_once};
use super::late::{Late, Then};
use super::rooms::unstored;
use super::trouble::Trouble;
use crate::conversation::{Heard, Incoming};
use crate::store::matrix::Silence;

/// For so long the first word waits for theirs, and for what else is to be done about rooms: where many come at once, all are
/// met before the first is spoken to.
pub(super) const BEFORE_GREETING: Duration = Duration::from_millis(300);

/// For so long a stranger may say nothing.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Chores {
    /// Whoever came need not say the first word, unless they have meanwhile.
    pub(super) async fn greet(&self, id: &RoomId, since: i64) -> Result<Option<Next>, Trouble> {
        let Some(person) = self.memory.ungreeted_in(id.as_str()).await.map_err(unstored)? else { return Ok(None) };
        let (Some(room), Ok(user)) = (self.client.get_room(id), UserId::parse(&person)) else { return Ok(None) };
        let incoming = Incoming {
            address: person.clone(),
            update: format!("came {id} {since}"),
            seq: 0,
            name: name_of(&room, &user).await,
            lang: None,
            reply_to: None,
            thread: None,
            album: None,
            tab: String::new(),
            early: false,
            heard: Heard::Came,
        };
        let _ = self.turns.send(Late { incoming, then: Then::Greeted(person) });
        Ok(Some((Chore::Listen(id.to_owned()), A_DAY)))
    }

    /// A stranger who came and has said nothing for a day does not keep a room. They can invite us again.
    pub(super) async fn listen(&self, id: &RoomId) -> Result<Option<Next>, Trouble> {
        let Some(person) = self.memory.person_in(id.as_str()).await.map_err(unstored)? else { return Ok(None) };
        // The page that greeted them was shown a moment after they came.
        let greeted = self.clock.now() - TimeDelta::hours(23);
        match self.memory.stays_silent(&person, greeted).await.map_err(unstored)? {
            Silence::Known => Ok(None),
            Silence::Broken => Ok(Some((Chore::Listen(id.to_owned()), A_DAY))),
            Silence::Kept => {
                self.memory.person_left(id.as_str()).await.map_err(unstored)?;
                Ok(at_once(Chore::Leave(id.to_owned())))
            }
        }
    }
}
