use std::fmt;

use serde_json::{Value, json};

use crate::keyboard::Button;
use crate::text::Entity;

/// A message of a private chat, as the person sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatMessage {
    /// Counted from 1 in each chat, so that ids of different chats collide and nobody relies on them alone.
    pub id: i32,
    /// The topic of a group that it is in.
    pub thread: Option<i64>,
    /// Said by the bot, not by the person.
    pub from_bot: bool,
    /// Seconds since 1970.
    pub date: i64,
    /// When it was last edited.
    pub edit_date: Option<i64>,
    /// The text.
    pub text: String,
    /// What is bold, a link and so on.
    pub entities: Vec<Entity>,
    /// The file that it brings; then the text is its caption.
    pub document: Option<Document>,
    /// The picture that it shows; then the text is its caption.
    pub photo: Option<Photo>,
    /// The buttons under it.
    pub rows: Vec<Vec<Button>>,
    /// What it said when it was sent, once it says something else.
    pub first_text: Option<String>,
    /// How often it was changed.
    pub edits: u32,
    /// Whether it was deleted; it stays in the history then.
    pub deleted: bool,
    /// Whether it is too old to be edited or deleted.
    pub too_old: bool,
}

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is called.
    pub file_name: String,
    /// Its media type.
    pub mime_type: String,
    /// What is in it, read as text.
    pub content: String,
}

/// A picture in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// As it was sent.
    pub bytes: Vec<u8>,
    /// Its width and height in pixels.
    pub size: (u32, u32),
}

impl Document {
    /// As an uploaded part of a form is kept among the parameters.
    pub(crate) fn uploaded(file_name: &str, mime_type: &str, bytes: &[u8]) -> Value {
        // JSON has no bytes: each becomes the character of its number.
        let raw: String = bytes.iter().copied().map(char::from).collect();
        let content = String::from_utf8_lossy(bytes);
        json!({ "file_name": file_name, "mime_type": mime_type, "content": content, "raw": raw })
    }

    pub(crate) fn read(value: &Value) -> Option<Document> {
        let field = |name: &str| value[name].as_str().map(str::to_owned);
        Some(Document { file_name: field("file_name")?, mime_type: field("mime_type")?, content: field("content")? })
    }
}

impl Photo {
    /// The picture that an uploaded part of a form is; nothing where it is no PNG.
    pub(crate) fn read(value: &Value) -> Option<Photo> {
        let bytes = value["raw"].as_str()?.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>()?;
        let after_signature = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
        let number = |at: usize| Some(u32::from_be_bytes(after_signature.get(at..at + 4)?.try_into().ok()?));
        let size = (number(8)?, number(12)?);
        Some(Photo { bytes, size })
    }
}

impl ChatMessage {
    /// Its text stands under something that it brings.
    pub(crate) fn is_captioned(&self) -> bool {
        self.document.is_some() || self.photo.is_some()
    }

    /// The buttons' labels in reading order.
    pub fn labels(&self) -> Vec<&str> {
        self.rows.iter().flatten().map(|button| button.text.as_str()).collect()
    }

    /// The first button whose label contains this.
    pub fn button(&self, label: &str) -> Option<&Button> {
        self.rows.iter().flatten().find(|button| button.text.contains(label))
    }

    /// What it said when it was sent.
    pub fn as_sent(&self) -> &str {
        self.first_text.as_deref().unwrap_or(&self.text)
    }

    /// The characters an entity covers.
    pub fn covered_by(&self, entity: &Entity) -> String {
        let units: Vec<u16> = self.text.encode_utf16().collect();
        let from = usize::try_from(entity.offset).unwrap_or(0).min(units.len());
        let to = usize::try_from(entity.offset + entity.length).unwrap_or(0).clamp(from, units.len());
        String::from_utf16_lossy(&units[from..to])
    }
}

impl fmt::Display for ChatMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = if self.from_bot { "bot" } else { "person" };
        let deleted = if self.deleted { " (deleted)" } else { "" };
        writeln!(f, "#{} {who}{deleted}: {}", self.id, self.text)?;
        for row in &self.rows {
            let labels: Vec<String> = row.iter().map(|button| format!("[{}]", button.text)).collect();
            writeln!(f, "    {}", labels.join(" "))?;
        }
        Ok(())
    }
}
