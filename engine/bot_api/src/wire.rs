//! People, messages and updates as Telegram's JSON.

use serde::Serialize;

use crate::keyboard::Button;
use crate::message::{ChatMessage, Document, Photo};
use crate::person::Person;
use crate::text::{Entity, utf16_len};

#[derive(Serialize)]
pub(crate) struct UserJson<'a> {
    pub id: i64,
    pub is_bot: bool,
    pub first_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<&'a str>,
}

impl<'a> UserJson<'a> {
    pub fn of(person: &'a Person) -> Self {
        Self {
            id: person.id,
            is_bot: false,
            first_name: &person.name,
            username: person.username.as_deref(),
            language_code: Some(&person.lang).filter(|lang| !lang.is_empty()).map(String::as_str),
        }
    }

    pub fn bot(id: i64, username: &'a str) -> Self {
        Self { id, is_bot: true, first_name: "Community", username: Some(username), language_code: None }
    }
}

#[derive(Serialize)]
pub(crate) struct ChatJson<'a> {
    pub id: i64,
    pub first_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<&'a str>,
    #[serde(rename = "type")]
    pub kind: &'static str,
}

impl<'a> ChatJson<'a> {
    pub fn of(person: &'a Person) -> Self {
        Self { id: person.id, first_name: &person.name, username: person.username.as_deref(), kind: "private" }
    }
}

#[derive(Serialize)]
struct MarkupJson<'a> {
    inline_keyboard: &'a [Vec<Button>],
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    file_id: String,
    file_unique_id: String,
    file_name: &'a str,
    mime_type: &'a str,
    file_size: usize,
}

impl<'a> DocumentJson<'a> {
    fn of(document: &'a Document, message: i32) -> Self {
        Self {
            file_id: format!("BQACAgIAAx{message}"),
            file_unique_id: format!("AgAD{message}"),
            file_name: &document.file_name,
            mime_type: &document.mime_type,
            file_size: document.content.len(),
        }
    }
}

#[derive(Serialize)]
struct PhotoJson {
    file_id: String,
    file_unique_id: String,
    width: u32,
    height: u32,
    file_size: usize,
}

impl PhotoJson {
    fn of(photo: &Photo, message: i32) -> Self {
        let (width, height) = photo.size;
        Self {
            file_id: format!("AgACAgIAAx{message}"),
            file_unique_id: format!("AQAD{message}"),
            width,
            height,
            file_size: photo.bytes.len(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct MessageJson<'a> {
    message_id: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_thread_id: Option<i64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_topic_message: bool,
    from: UserJson<'a>,
    chat: ChatJson<'a>,
    date: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit_date: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Entity]>::is_empty")]
    entities: &'a [Entity],
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<[PhotoJson; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "<[Entity]>::is_empty")]
    caption_entities: &'a [Entity],
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<MarkupJson<'a>>,
}

impl<'a> MessageJson<'a> {
    pub fn of(message: &'a ChatMessage, person: &'a Person, bot: (i64, &'a str)) -> Self {
        let is_captioned = message.is_captioned();
        Self {
            message_id: message.id,
            message_thread_id: message.thread,
            is_topic_message: message.thread.is_some(),
            from: if message.from_bot { UserJson::bot(bot.0, bot.1) } else { UserJson::of(person) },
            chat: ChatJson::of(person),
            date: message.date,
            edit_date: message.edit_date,
            text: (!is_captioned).then_some(message.text.as_str()),
            entities: if is_captioned { &[] } else { &message.entities },
            document: message.document.as_ref().map(|document| DocumentJson::of(document, message.id)),
            photo: message.photo.as_ref().map(|photo| [PhotoJson::of(photo, message.id)]),
            caption: is_captioned.then_some(message.text.as_str()).filter(|caption| !caption.is_empty()),
            caption_entities: if is_captioned { &message.entities } else { &[] },
            reply_markup: (!message.rows.is_empty()).then_some(MarkupJson { inline_keyboard: &message.rows }),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct InaccessibleJson<'a> {
    pub message_id: i32,
    pub chat: ChatJson<'a>,
    pub date: i64,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum PressedMessage<'a> {
    Shown(Box<MessageJson<'a>>),
    Inaccessible(InaccessibleJson<'a>),
}

#[derive(Serialize)]
pub(crate) struct PressJson<'a> {
    pub id: String,
    pub from: UserJson<'a>,
    pub message: PressedMessage<'a>,
    pub chat_instance: String,
    pub data: &'a str,
}

/// The JSON of something that always has one.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"unserializable\":\"{error}\"}}"))
}

/// The commands Telegram marks in what a person writes.
pub(crate) fn commands_in(text: &str) -> Vec<Entity> {
    let word = text.split_whitespace().next().unwrap_or_default();
    let is_command = text.starts_with('/')
        && word.len() > 1
        && word[1..].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '@'));
    if !is_command {
        return Vec::new();
    }
    let length = utf16_len(word) as i64;
    vec![Entity { kind: "bot_command".to_owned(), offset: 0, length, url: None, language: None, user: None }]
}
