//! Showing a page: as a draft first, whose number is noted before it is sent. After a crash it goes on with that number, so
//! nothing is shown twice and nothing is left out.

use std::time::Duration;

use tokio::time::Instant;

use super::DeltaChat;
use super::api::{Message, SELF, state};
use super::asking::{Core, Draft};
use super::instant;
use super::letter::messages;
use super::outgoing::Became;
use super::refusal::{Unsent, refused};
use super::settings::digest;
use crate::conversation::{File, Letter, SendError, Shown};
use crate::store::deltachat::{Chat, Kept};

/// For so long it is waited for the mail server to take a message. Then it is asked again later.
const PATIENCE: Duration = Duration::from_secs(12);

/// When to write again while we are not signed in.
pub(super) const UNTIL_SIGNED_IN: Duration = Duration::from_secs(5);

/// How a message is given to the program.
#[derive(Clone, Copy, Debug)]
enum Gives {
    /// The draft of its chat goes out.
    Draft,
    /// It goes out once more.
    Again,
}

/// One message of a letter.
struct Part<'a> {
    /// What it is called: the same at every attempt.
    name: String,
    draft: Draft<'a>,
    /// Whose open page it shows.
    page_of: Option<&'a str>,
}

impl Part<'_> {
    /// By what it is known for the same.
    fn said(&self) -> String {
        digest(self.draft.text.unwrap_or_default())
    }
}

impl DeltaChat {
    pub(super) async fn deliver(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let Some(core) = self.core() else { return Err(SendError::Later(UNTIL_SIGNED_IN)) };
        if let Some(held) = self.hold.now(letter.to) {
            return Err(held);
        }
        let sent = match (letter.group, letter.edit.and_then(|message| message.parse().ok())) {
            (Some(_), Some(message)) => self.change(&core, &letter, message).await,
            _ => self.send(&core, &letter).await,
        };
        match sent {
            Ok(message) => {
                self.hold.answered(letter.to);
                let message = message.to_string();
                Ok(if letter.group.is_some() { Shown::editable(message) } else { Shown::for_good(message) })
            }
            Err(unsent) => Err(self.unsent(letter.to, unsent)),
        }
    }

    /// Gives the message that shows the end of the letter, where its choices are.
    pub(super) async fn send(&self, core: &Core, letter: &Letter<'_>) -> Result<i64, Unsent> {
        let until = instant() + PATIENCE;
        let chat = self.memory.chat_of(letter.to).await?.ok_or(Unsent::Gone)?;
        let turn = tokio::time::timeout_at(until, self.chats.enter(letter.to)).await;
        let _turn = turn.map_err(|_| Unsent::Waits(Duration::from_secs(1)))?;
        if let Some(file) = &letter.page.file {
            self.send_file(core, &chat, letter.id, file, until).await?;
        }
        let is_page = letter.group.is_none() && letter.page.notice.is_none();
        let mut last = 0;
        for (number, text) in messages(&letter.page.text).iter().enumerate() {
            let draft = Draft { text: Some(text), file: None, view_type: None };
            let page_of = is_page.then_some(letter.to);
            let part = Part { name: digest(&format!("{} {number}", letter.id)), draft, page_of };
            last = self.send_part(core, &chat, &part, until).await?;
        }
        Ok(last)
    }

    async fn send_file(
        &self,
        core: &Core,
        chat: &Chat,
        letter: &str,
        file: &File,
        until: Instant,
    ) -> Result<i64, Unsent> {
        let name = digest(&format!("{letter} file"));
        let path = self.settings.accounts_dir.join(format!("letter-{name}"));
        let kept = |error: std::io::Error| Unsent::Silent(format!("a file can't be kept until it is sent: {error}"));
        let from = std::path::absolute(&path).map_err(kept)?.to_string_lossy().into_owned();
        let bytes = file.bytes().await.map_err(Unsent::Silent)?;
        tokio::fs::write(&path, bytes).await.map_err(kept)?;
        let is_image = file.media_type.starts_with("image/");
        let draft = Draft {
            text: None,
            file: Some((&from, &file.name)),
            view_type: Some(if is_image { "Image" } else { "File" }),
        };
        let sent = self.send_part(core, chat, &Part { name, draft, page_of: None }, until).await;
        // The program has a copy of its own.
        let _ = tokio::fs::remove_file(&path).await;
        sent
    }

    /// Sends one message, or goes on with it where an attempt before this one was cut off.
    async fn send_part(&self, core: &Core, chat: &Chat, part: &Part<'_>, until: Instant) -> Result<i64, Unsent> {
        let begun = match self.memory.letter(&part.name).await? {
            Some(kept) => ours(core, chat, &kept).await?,
            None => None,
        };
        let message = match begun {
            None => {
                let id = self.begin(core, chat, part).await?;
                self.give(core, (chat.chat_id, id), Gives::Draft, until).await?;
                id
            }
            Some(message) => {
                let id = message.id;
                match message.state {
                    state::DELIVERED | state::READ => {
                        self.outgoing.forget(id);
                        return Ok(id);
                    }
                    state::DRAFT => {
                        self.give(core, (chat.chat_id, id), Gives::Draft, until).await?;
                    }
                    // It is in the program's hands.
                    state::PENDING if self.outgoing.knows(id) => {}
                    // Nobody knows whether it went out; whoever has it already is shown nothing by it.
                    _ => self.give(core, (chat.chat_id, id), Gives::Again, until).await?,
                }
                id
            }
        };
        self.arrives(core, message, until).await
    }

    /// The draft, and its number in the database.
    async fn begin(&self, core: &Core, chat: &Chat, part: &Part<'_>) -> Result<i64, Unsent> {
        if self.outgoing.is_stuck() {
            return Err(Unsent::Silent("the mail server takes nothing now".to_owned()));
        }
        let drafted = core.draft(chat.chat_id, part.draft).await?;
        let message = drafted.ok_or_else(|| Unsent::Refused("a draft is not kept".to_owned()))?;
        let kept = Kept { message, said: part.said() };
        self.memory.becomes(&part.name, &kept, part.page_of, self.clock.now()).await?;
        Ok(message)
    }

    /// Gives it to the program, when the mail server may take one more.
    async fn give(&self, core: &Core, (chat, message): (i64, i64), gives: Gives, until: Instant) -> Result<(), Unsent> {
        if self.outgoing.is_stuck() {
            return Err(Unsent::Silent("the mail server takes nothing now".to_owned()));
        }
        let within = until.saturating_duration_since(instant()).saturating_sub(Duration::from_secs(3));
        self.allowance.takes_one(within).await.map_err(Unsent::Waits)?;
        self.outgoing.begins(message);
        let given = match gives {
            Gives::Draft => core.send_draft(chat).await.map(|_| ()),
            Gives::Again => core.resend(message).await,
        };
        if given.is_err() || core.rpc.has_ended() {
            self.outgoing.forget(message);
        }
        Ok(given?)
    }

    /// Waits until the mail server has it.
    async fn arrives(&self, core: &Core, message: i64, until: Instant) -> Result<i64, Unsent> {
        let within = until.saturating_duration_since(instant());
        if self.outgoing.outcome(message, within).await == Some(Became::Delivered) {
            return Ok(message);
        }
        // It was not taken, or we have not heard of it.
        match core.message_if_there(message).await? {
            // It has a short life in this chat, and went out.
            None => Ok(message),
            Some(it) => match it.state {
                state::DELIVERED | state::READ => {
                    self.outgoing.forget(message);
                    Ok(message)
                }
                state::FAILED => Err(refused(it.error.as_deref().unwrap_or_default())),
                _ => Err(Unsent::Silent("the mail server has not taken a message yet".to_owned())),
            },
        }
    }
}

/// The message that a letter has become, if it is that: numbers may be given anew after a loss of power.
async fn ours(core: &Core, chat: &Chat, kept: &Kept) -> Result<Option<Message>, Unsent> {
    let message = core.message_if_there(kept.message).await?;
    let is_it = |it: &Message| it.chat_id == chat.chat_id && it.from_id == SELF && digest(&it.text) == kept.said;
    Ok(message.filter(is_it))
}
