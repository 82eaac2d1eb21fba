//! Showing a page: edit the live message, or send a new one.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use teloxide::types::{LinkPreviewOptions, MessageEntity};

use super::Telegram;
use super::file::is_caption;
use super::keyboard::{Keyboard, Without, keyboard, led_to};
use super::letter::{Said, no_preview, said};
use super::verdict::{Refused, Verdict, verdict};
use super::wire::{Done, Trouble};
use crate::conversation::{Does, Letter, Rendered, SendError, Shown};

/// When to write again after Telegram stopped knowing our token: an operator has to look at it first.
const UNTIL_MENDED: Duration = Duration::from_secs(60);

/// Of so many people on a page it is found out at most by what name they can be written to.
const MOST_LED_TO: usize = 8;

/// A message that was sent, as far as it matters.
#[derive(Deserialize)]
pub(super) struct Sent {
    pub message_id: i32,
}

/// A message to be sent, or what one is to say from now on.
#[derive(Serialize)]
struct Message<'a> {
    chat_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_thread_id: Option<i32>,
    text: &'a str,
    #[serde(skip_serializing_if = "<[MessageEntity]>::is_empty")]
    entities: &'a [MessageEntity],
    link_preview_options: LinkPreviewOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Keyboard>,
}

/// Where a letter goes.
#[derive(Clone, Copy)]
struct Place {
    chat: i64,
    topic: Option<i32>,
    edit: Option<i32>,
}

impl Telegram {
    pub(super) async fn deliver(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let chat = letter.to.parse().map_err(|_| SendError::Broken("the address is not a chat's number".to_owned()))?;
        if let Some(held) = self.hold.now(letter.to) {
            return Err(held);
        }
        let mut before = VecDeque::from(said(&letter.page.text));
        if letter.group.is_some() {
            // What is kept in a group is one message, whatever it says.
            before.truncate(1);
        }
        let Some(said) = before.pop_back() else { return Err(SendError::Broken("nothing is said".to_owned())) };
        let (is_one, sent) = (before.is_empty(), self.sent.of(letter.id));
        before.drain(..before.len().min(sent));
        // A message with a file is a new one; and so are several, which stand one below the other.
        let edit = letter.edit.filter(|_| letter.page.file.is_none() && is_one);
        let edit = edit.and_then(|live| live.parse().ok()).filter(|live| *live > 0);
        let mut place = Place { chat, topic: self.topic(&letter), edit };
        let (mut without, mut brings) = (self.without(), letter.page.file.as_ref().filter(|_| sent == 0));
        // At most: the file before its page, each part of a text that takes several messages, an edit that becomes a new
        // message, elsewhere in the group, and each kind of buttons that may not be shown.
        loop {
            let sent = match brings {
                Some(file) if is_caption(&said) && is_one => {
                    let page = Some((&said, keyboard(letter.page, &without)));
                    // It stays as it is: a message with a file does not become one without.
                    let sent = self.send_file((place.chat, place.topic), file, page).await;
                    sent.map(|message| Shown::for_good(message.to_string()))
                }
                Some(file) => match self.send_file((place.chat, place.topic), file, None).await {
                    Ok(_) => {
                        brings = None;
                        continue;
                    }
                    Err(trouble) => Err(trouble),
                },
                None if !before.is_empty() => match self.attempt(place, &before[0], None).await {
                    Ok(_) => {
                        before.pop_front();
                        self.sent.one_more(letter.id);
                        continue;
                    }
                    Err(trouble) => Err(trouble),
                },
                None => {
                    let live = self.attempt(place, &said, keyboard(letter.page, &without)).await;
                    live.map(|live| Shown::editable(live.to_string()))
                }
            };
            let trouble = match sent {
                Ok(shown) => {
                    self.sent.done(letter.id);
                    self.hold.answered(letter.to);
                    return Ok(shown);
                }
                Err(trouble) => trouble,
            };
            let judged = verdict(&trouble);
            if judged.is_some_and(|verdict| verdict != Verdict::Unforeseen) {
                self.hold.answered(letter.to);
            }
            match (judged, place.edit) {
                (Some(Verdict::ShownAlready), Some(live)) => return Ok(Shown::editable(live.to_string())),
                (Some(Verdict::NoSuchTopic), _) if place.topic.is_some() => place.topic = None,
                // A page that could not be edited is still a page.
                (Some(Verdict::SendAnew | Verdict::Unforeseen | Verdict::NoSuchTopic), Some(_)) => place.edit = None,
                (Some(Verdict::Without(refused)), _) if self.leaves(refused, letter.page, &mut without).await => {
                    tracing::debug!(%trouble, "some buttons of a page are shown otherwise, or not at all");
                }
                _ => return Err(self.refused(letter.to, judged, &trouble, &said, letter.page)),
            }
        }
    }

    /// The topic that a letter belongs in. A notice is no answer: it stands beside all topics.
    fn topic(&self, letter: &Letter<'_>) -> Option<i32> {
        match letter.group {
            Some(group) => group.place?.parse().ok(),
            None if letter.page.notice.is_none() => self.topics.of(letter.to),
            None => None,
        }
    }

    /// What is known not to be shown here.
    pub(super) fn without(&self) -> Without {
        let (extras, inline) = (self.plain_buttons.load(Ordering::Relaxed), !self.inline.load(Ordering::Relaxed));
        Without { extras, inline, ..Without::default() }
    }

    /// Leaves out, or shows otherwise, what a page was refused for. False: there is nothing more to leave out.
    async fn leaves(&self, refused: Refused, page: &Rendered, without: &mut Without) -> bool {
        match refused {
            Refused::People if without.people.is_none() => without.people = Some(self.names(page).await),
            Refused::People | Refused::Addresses if !without.addresses => without.addresses = true,
            Refused::Extras if !without.inline && shares(page) => {
                self.inline.store(false, Ordering::Relaxed);
                without.inline = true;
            }
            Refused::Extras if !without.extras => {
                if !self.plain_buttons.swap(true, Ordering::Relaxed) {
                    tracing::info!("this Bot API server takes no buttons that copy or have a style: they are left out");
                }
                without.extras = true;
            }
            _ => return false,
        }
        true
    }

    /// The user names of those whom a page leads to by their numbers, as they are now.
    async fn names(&self, page: &Rendered) -> BTreeMap<String, String> {
        #[derive(Serialize)]
        struct Who<'a> {
            chat_id: &'a str,
        }
        #[derive(Deserialize)]
        struct Person {
            username: Option<String>,
        }

        let mut names = BTreeMap::new();
        for chat_id in led_to(page).take(MOST_LED_TO) {
            match self.wire.say::<Person>("getChat", &Who { chat_id }).await {
                Ok(Person { username: Some(name) }) => drop(names.insert(chat_id.to_owned(), name)),
                Ok(Person { username: None }) => {}
                Err(trouble) => tracing::debug!(%trouble, "somebody has no name that is known"),
            }
        }
        names
    }

    /// One request. Gives the number of the message that shows the page now.
    async fn attempt(&self, place: Place, said: &Said, reply_markup: Option<Keyboard>) -> Result<i32, Trouble> {
        let Place { chat, topic, edit } = place;
        let message = Message {
            chat_id: chat,
            message_id: edit,
            message_thread_id: topic.filter(|_| edit.is_none()),
            text: &said.text,
            entities: &said.entities,
            link_preview_options: no_preview(),
            reply_markup,
        };
        match edit {
            Some(live) => self.wire.say::<Done>("editMessageText", &message).await.map(|Done {}| live),
            None => self.wire.say::<Sent>("sendMessage", &message).await.map(|sent| sent.message_id),
        }
    }

    fn refused(&self, to: &str, judged: Option<Verdict>, trouble: &Trouble, said: &Said, page: &Rendered) -> SendError {
        match judged {
            None => match trouble.pause() {
                Some(pause) => self.hold.limited(to, pause),
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

/// Whether something on a page is asked for in other chats.
fn shares(page: &Rendered) -> bool {
    page.buttons.iter().flatten().any(|button| matches!(button.does, Does::Share { .. }))
}
