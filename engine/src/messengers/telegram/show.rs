//! Showing a page: edit the live message, or send a new one.

use std::time::Duration;

use serde::Deserialize;
use teloxide::payloads::{EditMessageText, SendMessage};
use teloxide::types::{ChatId, MessageId, ReplyMarkup, ThreadId};

use super::Telegram;
use super::file::is_caption;
use super::letter::{Leave, Said, keyboard, no_preview, said};
use super::verdict::{Verdict, verdict};
use super::wire::{Done, Trouble};
use crate::conversation::{Letter, Rendered, SendError, Shown};

/// When to write again after Telegram stopped knowing our token: an operator has to look at it first.
const UNTIL_MENDED: Duration = Duration::from_secs(60);

/// A message that was sent, as far as it matters.
#[derive(Deserialize)]
pub(super) struct Sent {
    pub message_id: i32,
}

impl Telegram {
    pub(super) async fn deliver(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let to = letter.to.parse().map_err(|_| SendError::Broken("the address is not a chat's number".to_owned()))?;
        if let Some(held) = self.hold.now(letter.to) {
            return Err(held);
        }
        let said = said(&letter.page.text);
        // A message with a file is a new one.
        let edit = letter.edit.filter(|_| letter.page.file.is_none());
        let mut edit = edit.and_then(|live| live.parse().ok()).filter(|live| *live > 0).map(MessageId);
        let (mut leave, mut brings) = (Leave::None, letter.page.file.as_ref());
        let mut topic =
            letter.group.and_then(|group| group.place?.parse().ok()).map(|topic| ThreadId(MessageId(topic)));
        // At most: the file before its page, an edit that becomes a new message, elsewhere in the group, twice with fewer
        // buttons.
        loop {
            let sent = match brings {
                Some(file) if is_caption(&said) => {
                    let page = Some((&said, keyboard(letter.page, leave)));
                    // It stays as it is: a message with a file does not become one without.
                    self.send_file(to, file, page).await.map(|message| Shown::for_good(message.to_string()))
                }
                Some(file) => match self.send_file(to, file, None).await {
                    Ok(_) => {
                        brings = None;
                        continue;
                    }
                    Err(trouble) => Err(trouble),
                },
                None => {
                    let live = self.attempt((ChatId(to), topic), &said, letter.page, edit, leave).await;
                    live.map(|live| Shown::editable(live.to_string()))
                }
            };
            let trouble = match sent {
                Ok(shown) => {
                    self.hold.answered(letter.to);
                    return Ok(shown);
                }
                Err(trouble) => trouble,
            };
            let judged = verdict(&trouble);
            if judged.is_some_and(|verdict| verdict != Verdict::Unforeseen) {
                self.hold.answered(letter.to);
            }
            match (judged, edit) {
                (Some(Verdict::ShownAlready), Some(MessageId(live))) => {
                    return Ok(Shown::editable(live.to_string()));
                }
                (Some(Verdict::NoSuchTopic), _) if topic.is_some() => topic = None,
                // A page that could not be edited is still a page.
                (Some(Verdict::SendAnew | Verdict::Unforeseen | Verdict::NoSuchTopic), Some(_)) => edit = None,
                (Some(Verdict::Without(fewer)), _) if fewer != leave && leave != Leave::All => {
                    tracing::debug!(%trouble, "a page is shown without some of its buttons");
                    leave = fewer;
                }
                _ => return Err(self.refused(letter.to, judged, &trouble, &said, letter.page)),
            }
        }
    }

    /// One request. Gives the number of the message that shows the page now.
    async fn attempt(
        &self,
        (to, topic): (ChatId, Option<ThreadId>),
        said: &Said,
        page: &Rendered,
        edit: Option<MessageId>,
        leave: Leave,
    ) -> Result<i32, Trouble> {
        let (text, entities) = (said.text.clone(), Some(said.entities.clone()).filter(|entities| !entities.is_empty()));
        match edit {
            Some(live) => {
                let mut request = EditMessageText::new(to, live, text);
                request.entities = entities;
                request.link_preview_options = Some(no_preview());
                request.reply_markup = keyboard(page, leave);
                self.wire.call::<Done>(&request).await.map(|Done {}| live.0)
            }
            None => {
                let mut request = SendMessage::new(to, text);
                request.message_thread_id = topic;
                request.entities = entities;
                request.link_preview_options = Some(no_preview());
                request.reply_markup = keyboard(page, leave).map(ReplyMarkup::InlineKeyboard);
                self.wire.call::<Sent>(&request).await.map(|sent| sent.message_id)
            }
        }
    }

    fn refused(&self, to: &str, judged: Option<Verdict>, trouble: &Trouble, said: &Said, page: &Rendered) -> SendError {
        match judged {
            None => match trouble.pause() {
                Some(pause) => self.hold.limited(super::NAME, to, pause),
                None => SendError::Later(self.hold.failed(to, trouble)),
            },
            Some(Verdict::Gone) => SendError::Gone,
            Some(Verdict::Moved(to)) => SendError::Moved(to.to_string()),
            // Whoever looks after a group may let us do it again.
            Some(Verdict::Unforeseen | Verdict::NotAllowed | Verdict::NoSuchTopic) => {
                SendError::Unknown { again: self.hold.failed(to, trouble), why: trouble.to_string() }
            }
            Some(Verdict::Stranger) => {
                tracing::error!(%trouble, "nothing can be sent: look at telegram.token");
                SendError::Pause(UNTIL_MENDED)
            }
            Some(Verdict::TooLong) => {
                let (entities, rows) = (said.entities.len(), page.buttons.len());
                SendError::Broken(format!("{trouble}: {} UTF-16 units, {entities} entities, {rows} rows", said.length))
            }
            Some(_) => SendError::Broken(trouble.to_string()),
        }
    }
}
