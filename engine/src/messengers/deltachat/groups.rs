//! Groups: what is said to the bot there, and what happens to it.

use super::api::{LAST_SPECIAL_CONTACT, Message, SELF};
use super::heard::{is_somebodys, name_of, said};
use super::listen::{Ear, Ticket};
use super::people::group_in;
use super::trouble::Trouble;
use crate::conversation::{FromGroup, Heard, HeardInGroup, Speaker};
use crate::store::deltachat::Chat;

/// The longest text that may be a command, in bytes.
const LONGEST_COMMAND: usize = 64;

/// In a group with more people than this the bot does not stay.
const MOST_PEOPLE: usize = 200;

/// Somebody is in the group no more.
const REMOVED: &str = "MemberRemovedFromGroup";

impl Ear<'_> {
    /// A group that the bot has been added to. None: it does not stay there.
    pub(super) async fn new_group(&self, message: &Message) -> Result<Option<Chat>, Trouble> {
        let (id, is_removal) = (message.chat_id, message.system_message_type == REMOVED);
        let people = self.core.people_in(id).await?;
        if is_removal || !people.contains(&SELF) {
            return Ok(None);
        }
        if !self.chat.settings.in_groups || people.len() > MOST_PEOPLE {
            self.core.leave(id).await?;
            return Ok(None);
        }
        let Some(address) = group_in(&self.core.link(Some(id)).await?) else { return Ok(None) };
        let chat = self.chat.memory.settle(&address, id).await?;
        let update = format!("added {}", self.core.name_of(message.id).await?);
        let who = self.speaker(message.from_id, message).await?;
        self.bring(FromGroup { address, update, place: None, who, heard: HeardInGroup::Added }, Ticket::Nothing);
        Ok(Some(chat))
    }

    /// A message in a group that is known.
    pub(super) async fn in_group(&self, chat: &Chat, message: Message) -> Result<(), Trouble> {
        let id = message.id;
        let (who, heard) = match message.info_contact_id.filter(|_| message.system_message_type == REMOVED) {
            Some(SELF) => {
                self.chat.memory.is_over(chat.chat_id).await?;
                (None, HeardInGroup::Removed)
            }
            Some(gone) => (self.speaker(gone, &message).await?, HeardInGroup::Left),
            None => match said(&message).filter(|_| is_somebodys(&message)) {
                Some(Heard::Text(text)) if text.len() <= LONGEST_COMMAND => {
                    (self.speaker(message.from_id, &message).await?, HeardInGroup::Text(text))
                }
                _ => {
                    self.done(id);
                    return Ok(());
                }
            },
        };
        let update = self.core.name_of(id).await?;
        self.open().insert(id);
        self.bring(FromGroup { address: chat.address.clone(), update, place: None, who, heard }, Ticket::Message(id));
        Ok(())
    }

    /// Whoever this contact is.
    async fn speaker(&self, contact: i64, message: &Message) -> Result<Option<Speaker>, Trouble> {
        if contact <= LAST_SPECIAL_CONTACT {
            return Ok(None);
        }
        let name = if contact == message.from_id { name_of(message) } else { String::new() };
        let address = self.people.address(&self.core, contact).await?;
        Ok(address.map(|address| Speaker { address, name, lang: None }))
    }
}
