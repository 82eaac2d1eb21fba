//! A person who talks to the bot, played by the test.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::inline::Question;
use crate::person::Person;
use crate::press::Press;
use crate::shared::Shared;
use crate::telegram::{Telegram, unix_now};
use crate::wire::{self, ChatJson, InaccessibleJson, MessageJson, PressJson, PressedMessage, UserJson};

/// A person and their private chat with the bot.
#[derive(Clone)]
pub struct User {
    pub(crate) shared: Arc<Shared>,
    id: i64,
}

impl User {
    pub(crate) fn new(shared: Arc<Shared>, id: i64) -> Self {
        Self { shared, id }
    }

    /// The person's id, which is their chat's too.
    pub fn id(&self) -> i64 {
        self.id
    }

    pub(crate) fn with<T>(&self, deed: impl FnOnce(&mut Person) -> T) -> T {
        deed(self.shared.telegram().person(self.id))
    }

    /// Their first name.
    pub fn named(self, name: &str) -> Self {
        self.with(|person| person.name = name.to_owned());
        self
    }

    /// Their `@username`.
    pub fn username(self, name: &str) -> Self {
        self.with(|person| person.username = Some(name.to_owned()));
        self
    }

    /// They give it up.
    pub fn without_username(self) -> Self {
        self.with(|person| person.username = None);
        self
    }

    /// The language of their Telegram; empty: not told.
    pub fn lang(self, lang: &str) -> Self {
        self.with(|person| person.lang = lang.to_owned());
        self
    }

    /// Presses Start, or follows a link with this parameter. Unblocks the bot. Gives the update's id.
    pub fn start(&self, param: Option<&str>) -> u32 {
        if self.with(|person| person.blocked) {
            self.unblocks_bot();
        }
        self.writes(&param.map_or_else(|| "/start".to_owned(), |param| format!("/start {param}")))
    }

    /// Writes a text. Gives the update's id; 0 when the bot doesn't want such updates.
    pub fn writes(&self, text: &str) -> u32 {
        let mut telegram = self.shared.telegram();
        let person = telegram.person(self.id);
        person.started = true;
        let id = person.history.say(false, unix_now(), text.to_owned(), wire::commands_in(text), Vec::new()).id;
        person.changed.notify_waiters();
        self.sends_message(&mut telegram, id, "message")
    }

    /// The same in a topic of the chat.
    pub fn writes_in(&self, topic: i64, text: &str) -> u32 {
        let mut telegram = self.shared.telegram();
        let person = telegram.person(self.id);
        person.started = true;
        person.topics.insert(topic);
        let message = person.history.say(false, unix_now(), text.to_owned(), wire::commands_in(text), Vec::new());
        let id = message.id;
        if let Some(message) = person.history.get_mut(id) {
            message.thread = Some(topic);
        }
        self.sends_message(&mut telegram, id, "message")
    }

    /// Deletes a topic of the chat.
    pub fn deletes_topic(&self, topic: i64) {
        self.with(|person| person.topics.remove(&topic));
    }

    /// Writes in reply to a message of the chat.
    pub fn replies(&self, to: i32, text: &str) -> u32 {
        let replied = {
            let telegram = self.shared.telegram();
            let person = telegram.people.get(&self.id);
            let message = person.and_then(|person| Some((person, person.history.get(to)?)));
            message.map(|(person, message)| telegram.message_json(person, message))
        };
        let replied: Value = replied.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        self.sends(&json!({ "text": text, "reply_to_message": replied }))
    }

    /// Types this behind the bot's name, in any chat. Gives the number of the question.
    pub fn asks_inline(&self, words: &str) -> u64 {
        let mut telegram = self.shared.telegram();
        telegram.last_press += 1;
        let id = telegram.last_press;
        let from = serde_json::to_value(UserJson::of(telegram.person(self.id))).unwrap_or_default();
        let body = json!({ "id": id.to_string(), "from": from, "query": words, "offset": "", "chat_type": "group" });
        let question = Question { user: self.id, words: words.to_owned(), cards: None, is_personal: false };
        telegram.questions.insert(id, question);
        self.shared.enqueue(&mut telegram, 0, "inline_query", &body.to_string());
        id
    }

    /// What was asked so, and what the bot offers.
    pub fn question(&self, id: u64) -> Option<Question> {
        self.shared.telegram().questions.get(&id).cloned()
    }

    /// From now on nobody may be led to them by their number, or again.
    pub fn hides(&self, hides: bool) {
        self.with(|person| person.hides = hides);
    }

    /// Sends something that is no text: the message's other fields, such as `{"sticker": {...}}`.
    pub fn sends(&self, fields: &Value) -> u32 {
        let mut telegram = self.shared.telegram();
        let person = telegram.person(self.id);
        person.started = true;
        let id = person.history.say(false, unix_now(), String::new(), Vec::new(), Vec::new()).id;
        let mut body = json!({
            "message_id": id, "date": unix_now(), "from": UserJson::of(person), "chat": ChatJson::of(person),
        });
        if let (Some(body), Some(fields)) = (body.as_object_mut(), fields.as_object()) {
            body.extend(fields.clone());
        }
        self.shared.enqueue(&mut telegram, self.id, "message", &body.to_string()).unwrap_or(0)
    }

    /// Changes a message of their own.
    pub fn edits(&self, message: i32, text: &str) -> u32 {
        let mut telegram = self.shared.telegram();
        if let Some(message) = telegram.person(self.id).history.get_mut(message) {
            message.text = text.to_owned();
            message.edits += 1;
            message.edit_date = Some(unix_now());
        }
        self.sends_message(&mut telegram, message, "edited_message")
    }

    fn sends_message(&self, telegram: &mut Telegram, message: i32, kind: &str) -> u32 {
        let body = telegram.people.get(&self.id).and_then(|person| {
            let message = person.history.get(message)?;
            Some(telegram.message_json(person, message))
        });
        body.and_then(|body| self.shared.enqueue(telegram, self.id, kind, &body)).unwrap_or(0)
    }

    /// Presses the first button whose label contains this, on the newest message that has one.
    ///
    /// # Panics
    /// When there is none to press.
    #[track_caller]
    pub fn presses(&self, label: &str) -> u32 {
        match self.try_press(label) {
            Some(update) => update,
            None => panic!("no button {label:?} to press for {}:\n{}", self.id, self.transcript()),
        }
    }

    pub(crate) fn try_press(&self, label: &str) -> Option<u32> {
        let (message, data) = self.with(|person| {
            let (message, button) = person.history.with_button(label)?;
            Some((message.id, button.callback_data.clone()?))
        })?;
        Some(self.presses_data(message, &data))
    }

    /// Presses a button of one message, also when it is an old one.
    ///
    /// # Panics
    /// When it has no such button.
    #[track_caller]
    pub fn presses_on(&self, message: i32, label: &str) -> u32 {
        let data = self.with(|person| person.history.get(message)?.button(label)?.callback_data.clone());
        match data {
            Some(data) => self.presses_data(message, &data),
            None => panic!("message {message} has no button {label:?}:\n{}", self.transcript()),
        }
    }

    /// Sends a press with any data, as a forged or long outdated client may.
    pub fn presses_data(&self, message: i32, data: &str) -> u32 {
        self.press(message, data, false)
    }

    /// A press that reaches the bot too late for any answer to it.
    pub fn presses_too_late(&self, message: i32, data: &str) -> u32 {
        self.press(message, data, true)
    }

    fn press(&self, message: i32, data: &str, too_old: bool) -> u32 {
        let mut telegram = self.shared.telegram();
        telegram.person(self.id);
        telegram.last_press += 1;
        let id = telegram.last_press;
        let body = telegram.people.get(&self.id).map(|person| press_json(&telegram, person, id, message, data));
        let update =
            body.and_then(|body| self.shared.enqueue(&mut telegram, self.id, "callback_query", &body)).unwrap_or(0);
        let press =
            Press { id, update, user: self.id, message, data: data.to_owned(), answer: None, answers: 0, too_old };
        telegram.presses.insert(id, press);
        update
    }

    /// Blocks the bot, which is told by `my_chat_member` if it wants to know.
    pub fn blocks_bot(&self) {
        self.lets_bot_write(false);
    }

    /// Lets the bot write again without saying anything; the bot is told by `my_chat_member` if it wants to know.
    pub fn unblocks_bot(&self) {
        self.lets_bot_write(true);
    }

    fn lets_bot_write(&self, lets: bool) {
        let mut telegram = self.shared.telegram();
        let bot = serde_json::to_value(UserJson::bot(telegram.bot_id, &telegram.settings.username)).unwrap_or_default();
        let may = json!({ "user": bot, "status": "member" });
        let may_not = json!({ "user": bot, "status": "kicked", "until_date": 0 });
        let (old, new) = if lets { (may_not, may) } else { (may, may_not) };
        let person = telegram.person(self.id);
        person.blocked = !lets;
        let body = json!({
            "chat": ChatJson::of(person), "from": UserJson::of(person), "date": unix_now(),
            "old_chat_member": old, "new_chat_member": new,
        });
        self.shared.enqueue(&mut telegram, self.id, "my_chat_member", &body.to_string());
    }

    /// Leaves Telegram for good.
    pub fn deactivates(&self) {
        self.with(|person| person.deactivated = true);
    }

    /// Deletes a message on both sides; the bot isn't told.
    pub fn deletes(&self, message: i32) {
        self.with(|person| {
            if let Some(message) = person.history.get_mut(message) {
                message.deleted = true;
            }
        });
    }

    /// Makes a message too old to be edited or deleted.
    pub fn outlives(&self, message: i32) {
        self.with(|person| {
            if let Some(message) = person.history.get_mut(message) {
                message.too_old = true;
            }
        });
    }
}

fn press_json(telegram: &Telegram, person: &Person, id: u64, message: i32, data: &str) -> String {
    let bot = (telegram.bot_id, telegram.settings.username.as_str());
    let pressed = match person.history.get(message).filter(|message| !message.deleted) {
        Some(shown) => PressedMessage::Shown(Box::new(MessageJson::of(shown, person, bot))),
        // Date 0 is how Telegram says that the message can't be had any more.
        None => {
            PressedMessage::Inaccessible(InaccessibleJson { message_id: message, chat: ChatJson::of(person), date: 0 })
        }
    };
    wire::json(&PressJson {
        id: id.to_string(),
        from: UserJson::of(person),
        message: pressed,
        chat_instance: (person.id + 7_000_000_000_000).to_string(),
        data,
    })
}
