//! Understanding what has come: whose it is, and what it is to the bot.

use std::collections::{BTreeSet, HashSet};
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;

use super::api::{LAST_SPECIAL_CONTACT, Message};
use super::heard::{is_somebodys, is_whole, name_of, replies_to, said};
use super::listen::{Brought, Ear, Ticket};
use super::people::is_persons;
use super::rpc::RpcError;
use super::settings::digest;
use super::trouble::Trouble;
use crate::conversation::{Heard, Incoming};
use crate::store::deltachat::Chat;

/// So many messages may be open before more are brought: while the database does not answer, the rest waits where it is.
pub(super) const MOST_OPEN: usize = 1000;

/// After this time it is looked again when something could not be understood.
const AGAIN: Duration = Duration::from_secs(1);

/// The kinds of chats that the bot is in.
const SINGLE: &str = "Single";
const GROUP: &str = "Group";

/// What there is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum News {
    /// Messages have come.
    Come,
    /// Nobody knows what has happened.
    Missed,
    /// Somebody has come by our link, into this chat.
    Joined(i64),
    /// Something about this message is otherwise.
    Changed(i64),
}

impl Ear<'_> {
    /// Reads on. First what was missed while the program did not run, or we did not.
    pub(super) async fn read(&self, mut told: mpsc::UnboundedReceiver<News>) {
        let mut news = BTreeSet::from([News::Come, News::Missed]);
        loop {
            while let Ok(it) = told.try_recv() {
                news.insert(it);
            }
            let mut left = BTreeSet::new();
            for it in std::mem::take(&mut news) {
                match self.look_at(it).await {
                    Ok(()) => {}
                    Err(Trouble::Rpc(RpcError::Ended)) => return std::future::pending().await,
                    // It would be refused again.
                    Err(Trouble::Rpc(error)) => tracing::debug!(%error, ?it, "what has come is passed over"),
                    Err(trouble) => {
                        tracing::debug!(%trouble, ?it, "what has come is looked at again");
                        left.insert(it);
                    }
                }
            }
            if left.is_empty() {
                let Some(it) = told.recv().await else { return std::future::pending().await };
                news.insert(it);
            } else {
                tokio::time::sleep(AGAIN).await;
                news = left;
            }
        }
    }

    async fn look_at(&self, news: News) -> Result<(), Trouble> {
        match news {
            News::Come => self.messages().await,
            News::Missed => {
                self.missed().await?;
                self.messages().await
            }
            News::Joined(chat) => self.joined(chat).await,
            News::Changed(message) => self.changed(message).await,
        }
    }

    /// All that nobody has seen to yet.
    async fn messages(&self) -> Result<(), Trouble> {
        for id in self.core.fresh().await? {
            {
                let open = self.open();
                if open.len() >= MOST_OPEN {
                    return Ok(());
                }
                if open.contains(&id) {
                    continue;
                }
            }
            match self.message(id).await {
                // One that can't be understood holds up nobody behind it.
                Err(Trouble::Rpc(error @ (RpcError::Refused(_) | RpcError::Unreadable { .. }))) => {
                    tracing::warn!(%error, message = id, "a message can't be read, and is passed over");
                    self.open().insert(id);
                }
                outcome => outcome?,
            }
        }
        Ok(())
    }

    async fn message(&self, id: i64) -> Result<(), Trouble> {
        let message = self.core.message(id).await?;
        if !is_whole(&message) {
            return Ok(());
        }
        let Some(chat) = self.chat_of(&message).await? else {
            self.done(id);
            return Ok(());
        };
        if !is_persons(&chat.address) {
            return self.in_group(&chat, message).await;
        }
        let Some(heard) = said(&message).filter(|_| is_somebodys(&message)) else {
            self.done(id);
            return Ok(());
        };
        if !chat.greeted {
            self.chat.memory.greeted(&chat.address).await?;
        }
        // The last that they had before them when they wrote this; what we have sent since they have not seen.
        let early = message.parent_id.zip(chat.page_id).is_some_and(|(seen, page)| seen < page);
        let incoming = Incoming {
            update: self.core.name_of(id).await?,
            seq: id,
            name: name_of(&message),
            reply_to: replies_to(&self.core, &message).await?,
            early,
            ..nothing(&chat.address, heard)
        };
        self.open().insert(id);
        self.bring(incoming, Ticket::Message(id));
        Ok(())
    }

    /// Whose chat a message is in. None: it is none of a person's or of a group.
    async fn chat_of(&self, message: &Message) -> Result<Option<Chat>, Trouble> {
        if let Some(known) = self.chat.memory.whose(message.chat_id).await? {
            return Ok(Some(known));
        }
        match self.core.chat(message.chat_id).await?.chat_type.as_str() {
            SINGLE if message.from_id > LAST_SPECIAL_CONTACT => self.settled(message.chat_id, message.from_id).await,
            GROUP => self.new_group(message).await,
            _ => Ok(None),
        }
    }

    /// This contact is spoken with in this chat. None: they have no key.
    async fn settled(&self, chat: i64, contact: i64) -> Result<Option<Chat>, Trouble> {
        let Some(address) = self.people.address(&self.core, contact).await? else { return Ok(None) };
        Ok(Some(self.chat.memory.settle(&address, chat).await?))
    }

    /// Somebody has come by our link: the first word is ours.
    async fn joined(&self, chat: i64) -> Result<(), Trouble> {
        let known = match self.chat.memory.whose(chat).await? {
            Some(known) => Some(known),
            None if self.core.chat(chat).await?.chat_type == SINGLE => {
                let people = self.core.people_in(chat).await?;
                match people.into_iter().find(|contact| *contact > LAST_SPECIAL_CONTACT) {
                    Some(contact) => self.settled(chat, contact).await?,
                    None => None,
                }
            }
            None => None,
        };
        if let Some(chat) = known.filter(|chat| is_persons(&chat.address) && !chat.greeted) {
            let update = format!("came {} {}", chat.address, chat.chat_id);
            let incoming = Incoming { update, ..nothing(&chat.address, Heard::Came) };
            self.bring(incoming, Ticket::Greeted(chat.address));
        }
        Ok(())
    }

    /// Whoever came while nobody heard of it is greeted now.
    async fn missed(&self) -> Result<(), Trouble> {
        let known: HashSet<i64> = self.chat.memory.chats().await?.into_iter().collect();
        let ungreeted = self.chat.memory.ungreeted().await?;
        let ungreeted = ungreeted.into_iter().filter(|chat| is_persons(&chat.address)).map(|chat| chat.chat_id);
        let unknown = self.core.chats().await?.into_iter().filter(|chat| !known.contains(chat));
        for chat in unknown.chain(ungreeted) {
            match self.joined(chat).await {
                // One that is none of anybody's.
                Err(Trouble::Rpc(RpcError::Refused(why))) => tracing::debug!(why, chat, "a chat is passed over"),
                outcome => outcome?,
            }
        }
        Ok(())
    }

    /// A message is changed. What had its answer already gets a line that says so; what waits says what it says now.
    async fn changed(&self, id: i64) -> Result<(), Trouble> {
        let Ok(message) = self.core.message(id).await else { return Ok(()) };
        if !is_somebodys(&message) {
            return Ok(());
        }
        let was_open = self.open().contains(&id);
        if !was_open && self.core.fresh().await?.contains(&id) {
            return self.messages().await;
        }
        let Some(chat) = self.chat.memory.whose(message.chat_id).await? else { return Ok(()) };
        if !message.is_edited || !is_persons(&chat.address) {
            return Ok(());
        }
        let name = self.core.name_of(id).await?;
        let is_open = self.open().contains(&id);
        if let Some(heard) = said(&message).filter(|_| is_open) {
            let _ = self.brings.send(Brought::Changed { address: chat.address, update: name, heard });
            return Ok(());
        }
        let update = format!("edited {name} {}", digest(&message.text));
        let incoming = Incoming { update, seq: id, name: name_of(&message), ..nothing(&chat.address, Heard::Edited) };
        self.bring(incoming, Ticket::Nothing);
        Ok(())
    }

    pub(super) fn bring(&self, arrival: impl Into<crate::messengers::turns::Arrival>, ticket: Ticket) {
        let _ = self.brings.send(Brought::Turn(Box::new(arrival.into()), ticket));
    }

    /// There is nothing to do about this message.
    pub(super) fn done(&self, id: i64) {
        self.open().insert(id);
        let _ = self.marks.send(id);
    }

    pub(super) fn open(&self) -> MutexGuard<'_, HashSet<i64>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was heard here, and nothing more.
fn nothing(address: &str, heard: Heard) -> Incoming {
    Incoming {
        address: address.to_owned(),
        update: String::new(),
        seq: 0,
        name: String::new(),
        lang: None,
        heard,
        reply_to: None,
        tab: String::new(),
        thread: None,
        album: None,
        early: false,
    }
}
