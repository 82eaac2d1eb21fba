//! Reading an update. Of its JSON we read what we need and pass over all the rest, whatever it is and however deep: what
//! Telegram adds tomorrow keeps nobody from being heard.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::rich;

/// One update.
#[derive(Debug)]
pub(super) struct Update {
    /// Its number.
    pub id: i64,
    pub says: Says,
}

#[derive(Debug)]
pub(super) enum Says {
    Message(Box<Message>),
    /// Somebody has changed what they had written.
    Edited(Box<Message>),
    Press(Box<Press>),
    Member(Box<Member>),
    /// Somebody types behind the bot's name, in any of their chats.
    Asked(Box<Question>),
    /// A kind that we have not asked for.
    Else,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub message_id: i64,
    pub from: Option<User>,
    pub chat: Chat,
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub text: Option<String>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub caption: Option<String>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    rich_message: Option<Value>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub media_group_id: Option<String>,
    /// What it answers, if that stands in the same chat.
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub reply_to_message: Option<Replied>,
    /// In whose name somebody speaks who does not in their own.
    pub sender_chat: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    message_thread_id: Option<i64>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    is_topic_message: Option<bool>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub left_chat_member: Option<User>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub migrate_to_chat_id: Option<i64>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    pub migrate_from_chat_id: Option<i64>,
    /// The names of all that is in it.
    #[serde(skip)]
    pub parts: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Press {
    pub id: String,
    pub from: User,
    pub message: Option<Pressed>,
    pub data: Option<String>,
}

/// What was pressed on, as far as it can still be had.
#[derive(Debug, Deserialize)]
pub(super) struct Pressed {
    pub message_id: i64,
    pub chat: Chat,
    #[serde(default, deserialize_with = "as_far_as_known")]
    message_thread_id: Option<i64>,
    #[serde(default, deserialize_with = "as_far_as_known")]
    is_topic_message: Option<bool>,
}

/// A message that another one answers.
#[derive(Debug, Deserialize)]
pub(super) struct Replied {
    pub message_id: i64,
    pub from: Option<User>,
}

/// What somebody types behind the bot's name.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    pub id: String,
    pub from: User,
    #[serde(default)]
    pub query: String,
}

/// What we are in a chat from now on.
#[derive(Debug, Deserialize)]
pub(super) struct Member {
    pub from: User,
    pub chat: Chat,
    pub old_chat_member: Option<Standing>,
    pub new_chat_member: Standing,
}

#[derive(Debug, Deserialize)]
pub(super) struct Standing {
    pub status: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    #[serde(default)]
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    pub last_name: Option<String>,
    pub language_code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chat {
    pub id: i64,
    #[serde(rename = "type")]
    kind: String,
}

impl Chat {
    pub fn is_private(&self) -> bool {
        self.kind == "private"
    }

    pub fn is_group(&self) -> bool {
        matches!(self.kind.as_str(), "group" | "supergroup")
    }
}

impl Pressed {
    /// The topic that it is in.
    pub fn topic(&self) -> Option<i64> {
        self.message_thread_id.filter(|_| self.is_topic_message == Some(true))
    }
}

impl User {
    /// How they call themselves.
    pub fn name(&self) -> String {
        let last_name = self.last_name.iter().flat_map(|name| [" ", name]);
        [self.first_name.as_str()].into_iter().chain(last_name).collect()
    }
}

/// Why an update can't be read. It never holds anything of what is in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// Its number, by which it can be passed over.
    pub id: Option<i64>,
    pub why: String,
}

impl Update {
    /// # Errors
    /// It is not as Telegram says that updates are, or something broke over it.
    pub fn read(raw: &RawValue) -> Result<Update, Unreadable> {
        let id = number(raw);
        let read = unharmed(|| Says::read(raw));
        match (id, read) {
            (Some(id), Ok(says)) => Ok(Update { id, says }),
            (None, Ok(_)) => Err(Unreadable { id, why: "it has no number".to_owned() }),
            (id, Err(why)) => Err(Unreadable { id, why }),
        }
    }
}

impl Says {
    fn read(raw: &RawValue) -> Result<Says, serde_json::Error> {
        #[derive(Deserialize)]
        struct Kinds<'a> {
            #[serde(borrow)]
            message: Option<&'a RawValue>,
            #[serde(borrow)]
            edited_message: Option<&'a RawValue>,
            #[serde(borrow)]
            inline_query: Option<&'a RawValue>,
            #[serde(borrow)]
            callback_query: Option<&'a RawValue>,
            #[serde(borrow)]
            my_chat_member: Option<&'a RawValue>,
        }

        let kinds: Kinds<'_> = serde_json::from_str(raw.get())?;
        if let Some(message) = kinds.message {
            return Ok(Says::Message(Box::new(Message::read(message)?)));
        }
        if let Some(message) = kinds.edited_message {
            return Ok(Says::Edited(Box::new(Message::read(message)?)));
        }
        if let Some(question) = kinds.inline_query {
            return Ok(Says::Asked(serde_json::from_str(question.get())?));
        }
        if let Some(press) = kinds.callback_query {
            return Ok(Says::Press(serde_json::from_str(press.get())?));
        }
        if let Some(member) = kinds.my_chat_member {
            return Ok(Says::Member(serde_json::from_str(member.get())?));
        }
        Ok(Says::Else)
    }
}

impl Message {
    /// The topic that it is in: replies have such a number too, and are in none.
    pub fn topic(&self) -> Option<i64> {
        self.message_thread_id.filter(|_| self.is_topic_message == Some(true))
    }

    fn read(raw: &RawValue) -> Result<Message, serde_json::Error> {
        let mut message: Message = serde_json::from_str(raw.get())?;
        if let (None, Some(rich)) = (&message.text, message.rich_message.take()) {
            message.text = rich::words(&rich);
        }
        let parts: std::collections::BTreeMap<String, IgnoredAny> = serde_json::from_str(raw.get())?;
        Ok(Message { parts: parts.into_keys().collect(), ..message })
    }
}

/// What can be done without is read if it is as we know it, and keeps nothing else from being read.
fn as_far_as_known<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    let raw = Option::<Box<RawValue>>::deserialize(from)?;
    Ok(raw.and_then(|raw| serde_json::from_str(raw.get()).ok()))
}

/// The number of an update of which perhaps nothing else can be read.
fn number(raw: &RawValue) -> Option<i64> {
    #[derive(Deserialize)]
    struct Numbered<'a> {
        #[serde(borrow)]
        update_id: &'a RawValue,
    }

    let numbered: Numbered<'_> = serde_json::from_str(raw.get()).ok()?;
    numbered.update_id.get().trim_matches('"').parse().ok().filter(|number| *number >= 0)
}

/// Reads something, and takes a bug in reading for a fault in what was read: it costs this update, and nobody else.
///
/// What an error of serde says can repeat what somebody wrote, so it is not repeated here.
fn unharmed<T>(read: impl FnOnce() -> Result<T, serde_json::Error>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| format!("{:?} error at column {}", error.classify(), error.column())),
        Err(_) => Err("reading it broke off".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Update, Unreadable> {
        let raw: Box<RawValue> = serde_json::from_str(json).expect("JSON");
        Update::read(&raw)
    }

    fn message_with(more: &str) -> String {
        format!(
            r#"{{"update_id":7,"message":{{"message_id":12,"date":1790000000,"chat":{{"id":5,"type":"private"}},
                "from":{{"id":5,"is_bot":false,"first_name":"Anna"}},"text":"500"{more}}}}}"#
        )
    }

    #[test]
    fn whatever_else_is_in_an_update_it_is_read() {
        let deep = format!(r#","entities":{}{}"#, "[".repeat(5000), "]".repeat(5000));
        for more in [
            r#","entities":[{"type":"date_time","offset":0,"length":3,"unix_time":1790000000}]"#,
            r#","quote":{"text":"5","position":0,"entities":[{"type":"something_new","offset":-1}]}"#,
            r#","external_reply":{"origin":{"type":"user"}},"reply_to_message":null"#,
            r#","forward_origin":7,"effect_id":1e999,"paid_star_count":123456789012345678901234567890"#,
            r#","broken":"\ud800""#,
            r#","caption":7,"media_group_id":{},"message_thread_id":"x","is_topic_message":1,"reply_to_message":[]"#,
            &deep,
        ] {
            let update = read(&message_with(more)).unwrap_or_else(|why| panic!("{why:?} {more:.60}"));
            let Says::Message(message) = update.says else { panic!("{:?}", update.says) };
            assert_eq!((update.id, message.message_id, message.text.as_deref()), (7, 12, Some("500")));
        }
    }

    #[test]
    fn what_cannot_be_read_still_has_its_number_and_repeats_nothing() {
        for (json, id) in [
            (r#"{"update_id":7,"message":{"chat":{"id":5}}}"#, Some(7)),
            (r#"{"update_id":7,"message":{"message_id":1e40,"chat":{"id":5,"type":"private"}}}"#, Some(7)),
            (
                r#"{"update_id":7,"message":{"message_id":1,"chat":{"id":99999999999999999999,"type":"private"}}}"#,
                Some(7),
            ),
            (r#"{"update_id":"7","message":"hush"}"#, Some(7)),
            (r#"{"update_id":7,"callback_query":["hush"]}"#, Some(7)),
            (r#"{"update_id":-7}"#, None),
            (r#"{"update_id":1e40}"#, None),
            (r#"{"message":{}}"#, None),
            (r#"[]"#, None),
            (r#""hush""#, None),
        ] {
            let unreadable = read(json).expect_err(json);
            assert_eq!(unreadable.id, id, "{json}");
            assert!(!unreadable.why.contains("hush"), "{unreadable:?}");
        }
    }

    #[test]
    fn what_breaks_over_an_update_costs_no_other() {
        let broke: Result<(), String> = unharmed(|| panic!("a bug of a library"));
        assert_eq!(broke, Err("reading it broke off".to_owned()));
    }
}
