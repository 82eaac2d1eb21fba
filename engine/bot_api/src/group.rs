//! Groups and supergroups, as they are kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::history::History;
use crate::message::ChatMessage;
use crate::pace::Bucket;
use crate::refusal::Refused;
use crate::wire::UserJson;

/// What an administrator may or may not, and is told in any case.
const RIGHTS: [&str; 13] = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_tags",
];

/// What the bot is in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Left,
    Kicked,
    Member,
    Administrator,
}

impl Standing {
    pub fn name(self) -> &'static str {
        match self {
            Standing::Left => "left",
            Standing::Kicked => "kicked",
            Standing::Member => "member",
            Standing::Administrator => "administrator",
        }
    }

    /// As the bot is told what it is.
    pub fn member_json(self, bot: &Value, may_pin: bool) -> Value {
        let mut member = json!({ "user": bot, "status": self.name() });
        if self == Standing::Kicked {
            member["until_date"] = 0.into();
        }
        if self == Standing::Administrator {
            member["can_pin_messages"] = may_pin.into();
            for may_not in RIGHTS {
                member[may_not] = false.into();
            }
        }
        member
    }
}

/// One group.
#[derive(Debug)]
pub(crate) struct Group {
    pub id: i64,
    pub title: String,
    pub bot: Standing,
    /// Whether the bot, as an administrator, may pin.
    pub may_pin: bool,
    /// Whether it may write.
    pub muted: bool,
    /// It goes on as this supergroup.
    pub migrated_to: Option<i64>,
    pub topics: BTreeSet<i64>,
    pub history: History,
    /// The newest last.
    pub pinned: Vec<i32>,
    pub bucket: Bucket,
    pub changed: Arc<Notify>,
}

impl Group {
    pub fn new(id: i64) -> Self {
        Self {
            id,
            title: format!("Group {id}"),
            bot: Standing::Left,
            may_pin: false,
            muted: false,
            migrated_to: None,
            topics: BTreeSet::new(),
            history: History::default(),
            pinned: Vec::new(),
            bucket: Bucket::default(),
            changed: Arc::default(),
        }
    }

    /// Supergroups are known by their numbers.
    pub fn is_super(&self) -> bool {
        self.id <= -1_000_000_000_000
    }

    /// Whether the bot can do anything there now.
    pub fn reachable(&self) -> Result<(), Refused> {
        if let Some(to) = self.migrated_to {
            return Err(Refused::migrated(to));
        }
        match (self.bot, self.is_super()) {
            (Standing::Kicked, true) => Err(Refused::gone("Forbidden: bot was kicked from the supergroup chat")),
            (Standing::Kicked, false) => Err(Refused::gone("Forbidden: bot was kicked from the group chat")),
            (Standing::Left, true) => Err(Refused::gone("Forbidden: bot is not a member of the supergroup chat")),
            (Standing::Left, false) => Err(Refused::gone("Forbidden: bot is not a member of the group chat")),
            _ => Ok(()),
        }
    }

    /// Whether it may write in this topic now.
    pub fn writable(&self, topic: Option<i64>) -> Result<(), Refused> {
        if self.muted {
            return Err(Refused::not_allowed("Bad Request: not enough rights to send text messages to the chat"));
        }
        match topic {
            Some(topic) if !self.topics.contains(&topic) => {
                Err(Refused::too_late("Bad Request: message thread not found"))
            }
            _ => Ok(()),
        }
    }

    pub fn pins(&self) -> Result<(), Refused> {
        let may = self.bot == Standing::Administrator && self.may_pin;
        let words = "Bad Request: not enough rights to manage pinned messages in the chat";
        if may { Ok(()) } else { Err(Refused::not_allowed(words)) }
    }

    pub fn chat_json(&self) -> Value {
        let kind = if self.is_super() { "supergroup" } else { "group" };
        let mut chat = json!({ "id": self.id, "type": kind, "title": self.title });
        if !self.topics.is_empty() {
            chat["is_forum"] = json!(true);
        }
        chat
    }

    /// A message of the bot, as it gets it back.
    pub fn message_json(&self, message: &ChatMessage, bot: (i64, &str)) -> String {
        let mut body = json!({
            "message_id": message.id, "date": message.date, "chat": self.chat_json(), "text": message.text,
            "from": UserJson::bot(bot.0, bot.1),
        });
        if let Some(topic) = message.thread {
            body["message_thread_id"] = json!(topic);
            body["is_topic_message"] = json!(true);
        }
        body.to_string()
    }
}
