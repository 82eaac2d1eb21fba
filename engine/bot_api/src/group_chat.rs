//! A group that the bot may be in, with people who are played by the test.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::group::{Group, Standing};
use crate::message::ChatMessage;
use crate::shared::Shared;
use crate::telegram::{Telegram, unix_now};
use crate::user::User;
use crate::wire::{self, UserJson};

const PATIENCE: Duration = Duration::from_secs(20);

/// Who speaks in the name of a group has this number.
const ANONYMOUS: i64 = 1_087_968_824;

/// A group.
#[derive(Clone)]
pub struct GroupChat {
    shared: Arc<Shared>,
    id: i64,
}

impl GroupChat {
    pub(crate) fn new(shared: Arc<Shared>, id: i64) -> Self {
        Self { shared, id }
    }

    /// Its number: below -1000000000000 it is a supergroup.
    pub fn id(&self) -> i64 {
        self.id
    }

    fn with<T>(&self, deed: impl FnOnce(&mut Group) -> T) -> T {
        deed(self.shared.telegram().group(self.id))
    }

    /// Somebody adds the bot.
    pub fn adds_bot(&self, by: &User) {
        self.bot_is(by, Standing::Member, false);
    }

    /// Somebody makes it an administrator who may pin, or not.
    pub fn promotes_bot(&self, by: &User, may_pin: bool) {
        self.bot_is(by, Standing::Administrator, may_pin);
    }

    /// Somebody removes it.
    pub fn removes_bot(&self, by: &User) {
        self.bot_is(by, Standing::Kicked, false);
    }

    /// The bot is removed, and is not told so.
    pub fn removes_bot_silently(&self) {
        self.with(|group| group.bot = Standing::Kicked);
    }

    fn bot_is(&self, by: &User, standing: Standing, may_pin: bool) {
        let mut telegram = self.shared.telegram();
        let bot = serde_json::to_value(UserJson::bot(telegram.bot_id, &telegram.settings.username)).unwrap_or_default();
        let from = user_json(&mut telegram, by.id());
        let group = telegram.group(self.id);
        let before = std::mem::replace(&mut group.bot, standing);
        group.may_pin = may_pin;
        let body = json!({
            "chat": group.chat_json(), "from": from, "date": unix_now(),
            "old_chat_member": before.member_json(&bot, false),
            "new_chat_member": standing.member_json(&bot, may_pin),
        });
        self.shared.enqueue(&mut telegram, self.id, "my_chat_member", &body.to_string());
    }

    /// Nobody lets the bot write, or somebody does again. It is not told.
    pub fn mutes_bot(&self, muted: bool) {
        self.with(|group| group.muted = muted);
    }

    /// There is such a topic, or no more.
    pub fn has_topic(&self, topic: i64, has: bool) {
        self.with(|group| if has { group.topics.insert(topic) } else { group.topics.remove(&topic) });
    }

    /// Somebody writes. Of what is no command, the bot hears only as an administrator. Gives the update's id.
    pub fn says(&self, who: &User, text: &str) -> u32 {
        self.sends(who.id(), &json!({ "text": text }))
    }

    /// The same in a topic.
    pub fn says_in(&self, topic: i64, who: &User, text: &str) -> u32 {
        let fields = json!({ "text": text, "message_thread_id": topic, "is_topic_message": true });
        self.sends(who.id(), &fields)
    }

    /// An administrator writes in the name of the group.
    pub fn says_anonymously(&self, text: &str) -> u32 {
        self.sends(ANONYMOUS, &json!({ "text": text }))
    }

    /// Somebody leaves it.
    pub fn is_left_by(&self, who: &User) -> u32 {
        let left = user_json(&mut self.shared.telegram(), who.id());
        self.sends(who.id(), &json!({ "left_chat_member": left }))
    }

    /// It becomes a supergroup of this number. Nothing that was said before can be changed there.
    pub fn becomes(&self, id: i64) -> GroupChat {
        let mut telegram = self.shared.telegram();
        let old = telegram.group(self.id);
        let (title, bot, may_pin) = (old.title.clone(), old.bot, old.may_pin);
        old.migrated_to = Some(id);
        let new = telegram.group(id);
        (new.title, new.bot, new.may_pin) = (title, bot, may_pin);
        GroupChat::new(self.shared.clone(), id)
    }

    /// And the bot is told so, on both sides.
    pub fn tells_of_becoming(&self, id: i64) {
        self.sends(ANONYMOUS, &json!({ "migrate_to_chat_id": id }));
        let new = GroupChat::new(self.shared.clone(), id);
        new.sends(ANONYMOUS, &json!({ "migrate_from_chat_id": self.id }));
    }

    fn sends(&self, who: i64, fields: &Value) -> u32 {
        let mut telegram = self.shared.telegram();
        let from = match who {
            ANONYMOUS => json!({
                "id": ANONYMOUS, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot",
            }),
            person => user_json(&mut telegram, person),
        };
        let group = telegram.group(self.id);
        let text = fields["text"].as_str().unwrap_or_default().to_owned();
        let entities = wire::commands_in(&text);
        let is_heard = !entities.is_empty() || text.is_empty() || group.bot == Standing::Administrator;
        let id = group.history.say(false, unix_now(), text, entities, Vec::new()).id;
        let mut body = json!({ "message_id": id, "date": unix_now(), "chat": group.chat_json(), "from": from });
        if who == ANONYMOUS && fields.get("text").is_some() {
            body["sender_chat"] = group.chat_json();
        }
        if let (Some(body), Some(fields)) = (body.as_object_mut(), fields.as_object()) {
            body.extend(fields.clone());
        }
        group.changed.notify_waiters();
        if !is_heard {
            return 0;
        }
        self.shared.enqueue(&mut telegram, self.id, "message", &body.to_string()).unwrap_or(0)
    }

    /// All messages, the oldest first, deleted ones included.
    pub fn messages(&self) -> Vec<ChatMessage> {
        self.with(|group| group.history.all().cloned().collect())
    }

    /// The bot's messages that are to be seen, the oldest first.
    pub fn of_the_bot(&self) -> Vec<ChatMessage> {
        self.messages().into_iter().filter(|message| message.from_bot && !message.deleted).collect()
    }

    /// What is pinned and to be seen, the newest last.
    pub fn pinned(&self) -> Vec<ChatMessage> {
        self.with(|group| {
            let pinned = group.pinned.iter().filter_map(|id| group.history.get(*id));
            pinned.filter(|message| !message.deleted).cloned().collect()
        })
    }

    /// Somebody deletes a message.
    pub fn loses(&self, message: i32) {
        self.with(|group| {
            if let Some(message) = group.history.get_mut(message) {
                message.deleted = true;
            }
        });
    }

    /// Waits until this is so of the bot's messages that are to be seen.
    ///
    /// # Panics
    /// After twenty seconds.
    pub async fn until<T>(&self, what: &str, mut is: impl FnMut(&GroupChat) -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        let changed = self.with(|group| Arc::clone(&group.changed));
        loop {
            let mut told = std::pin::pin!(changed.notified());
            told.as_mut().enable();
            if let Some(found) = is(self) {
                return found;
            }
            assert!(timeout_at(end, told).await.is_ok(), "never so in the group: {what}\n{}", self.transcript());
        }
    }

    /// Waits until one of the bot's messages that are to be seen contains this.
    ///
    /// # Panics
    /// After twenty seconds.
    pub async fn sees(&self, text: &str) -> ChatMessage {
        let is = |group: &GroupChat| group.of_the_bot().into_iter().rev().find(|message| message.text.contains(text));
        self.until(text, is).await
    }

    /// All that was said, to read when a test fails.
    pub fn transcript(&self) -> String {
        let pinned: Vec<i32> = self.pinned().iter().map(|message| message.id).collect();
        let said: String = self.messages().iter().map(ToString::to_string).collect();
        format!("{said}pinned: {pinned:?}\n")
    }
}

fn user_json(telegram: &mut Telegram, id: i64) -> Value {
    serde_json::to_value(UserJson::of(telegram.person(id))).unwrap_or_default()
}
