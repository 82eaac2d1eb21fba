//! Message text and its entities, measured in UTF-16 units as Telegram does.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::params::Params;
use crate::refusal::Refused;

/// The longest text of a message, in UTF-16 units.
const LONGEST: usize = 4096;

/// A stretch of text with a meaning: bold, a link, a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Telegram's name of it: `bold`, `text_link`, `bot_command`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it begins, in UTF-16 units.
    pub offset: i64,
    /// How long it is, in UTF-16 units.
    pub length: i64,
    /// Where a `text_link` leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language of a `pre` block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The person of a `text_mention`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Value>,
}

/// What a bot says, checked.
pub(crate) struct Said {
    pub text: String,
    pub entities: Vec<Entity>,
}

pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The longest caption of a file, in UTF-16 units.
const LONGEST_CAPTION: usize = 1024;

/// Takes `caption` and `caption_entities` of a request; there may be none.
pub(crate) fn caption(params: &Params) -> Result<Said, Refused> {
    let text = params.text("caption").unwrap_or_default();
    let entities: Vec<Entity> = params.json("caption_entities")?.unwrap_or_default();
    check_entities(&text, &entities)?;
    let said = trimmed(&text, entities);
    if utf16_len(&said.text) > LONGEST_CAPTION {
        return Err(Refused::bad("Bad Request: message caption is too long"));
    }
    Ok(said)
}

/// Takes `message_text` and `entities` of what is to be sent into another chat.
pub(crate) fn content(params: &Params) -> Result<Said, Refused> {
    let text = params.text("message_text").unwrap_or_default();
    let entities: Vec<Entity> = params.json("entities")?.unwrap_or_default();
    check_entities(&text, &entities)?;
    let said = trimmed(&text, entities);
    if said.text.is_empty() || utf16_len(&said.text) > LONGEST {
        return Err(Refused::bad("Bad Request: MESSAGE_TEXT_INVALID"));
    }
    Ok(said)
}

/// Takes `text` and `entities` of a request. `too_long` is what the method calls a long text.
pub(crate) fn said(params: &Params, too_long: &'static str) -> Result<Said, Refused> {
    let text = params.text("text").unwrap_or_default();
    if text.is_empty() {
        return Err(Refused::bad("Bad Request: message text is empty"));
    }
    if params.text("parse_mode").is_some_and(|mode| !mode.is_empty()) {
        return Err(Refused::bad("Bad Request: unsupported parse_mode (this server of tests takes entities)"));
    }
    let entities: Vec<Entity> = params.json("entities")?.unwrap_or_default();
    check_entities(&text, &entities)?;
    let said = trimmed(&text, entities);
    if said.text.is_empty() {
        return Err(Refused::bad("Bad Request: text must be non-empty"));
    }
    if utf16_len(&said.text) > LONGEST {
        return Err(Refused::bad(too_long));
    }
    Ok(said)
}

const KINDS: [&str; 20] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];

fn check_entities(text: &str, entities: &[Entity]) -> Result<(), Refused> {
    if entities.is_empty() {
        return Ok(());
    }
    let edges = Edges::of(text);
    for Entity { kind, offset, length, url, .. } in entities {
        let end = offset.saturating_add(*length);
        let fault = if !KINDS.contains(&kind.as_str()) {
            "can't parse MessageEntity: unsupported type specified".to_owned()
        } else if kind == "text_link" && url.is_none() {
            "can't parse MessageEntity: can't find field \"url\"".to_owned()
        } else if *offset < 0 || *length <= 0 {
            format!("receive an entity with incorrect offset {offset} or length {length}")
        } else if end > edges.len() {
            format!("entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}")
        } else if !edges.is_edge(*offset) {
            format!("entity begins in a middle of a UTF-16 symbol at UTF-16 offset {offset}")
        } else if !edges.is_edge(end) {
            format!(
                "entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol at UTF-16 offset {end}"
            )
        } else {
            continue;
        };
        return Err(Refused::bad(format!("Bad Request: {fault}")));
    }
    Ok(())
}

/// Where the characters of a text begin and end, in UTF-16 units.
struct Edges(Vec<bool>);

impl Edges {
    fn of(text: &str) -> Self {
        let mut edges = Vec::with_capacity(text.len() + 1);
        for character in text.chars() {
            edges.push(true);
            edges.extend((1..character.len_utf16()).map(|_| false));
        }
        edges.push(true);
        Self(edges)
    }

    fn len(&self) -> i64 {
        self.0.len() as i64 - 1
    }

    fn is_edge(&self, at: i64) -> bool {
        usize::try_from(at).ok().and_then(|at| self.0.get(at).copied()).unwrap_or(false)
    }
}

/// Telegram cuts white space at both ends; entities move along and shrink.
fn trimmed(text: &str, mut entities: Vec<Entity>) -> Said {
    let kept = text.trim();
    if kept.len() != text.len() {
        let before = utf16_len(&text[..text.len() - text.trim_start().len()]) as i64;
        let length = utf16_len(kept) as i64;
        for entity in &mut entities {
            let end = (entity.offset + entity.length - before).clamp(0, length);
            entity.offset = (entity.offset - before).clamp(0, length);
            entity.length = end - entity.offset;
        }
        entities.retain(|entity| entity.length > 0);
    }
    // Telegram keeps entities in order, so that the same ones in another order are no change.
    entities.sort_by(|a, b| (a.offset, -a.length, &a.kind).cmp(&(b.offset, -b.length, &b.kind)));
    Said { text: kept.to_owned(), entities }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn verdict(text: &str, entities: Value) -> Result<Said, String> {
        let Value::Object(map) = json!({ "text": text, "entities": entities }) else { unreachable!() };
        said(&Params(map), "Bad Request: message is too long").map_err(|refused| refused.description.into_owned())
    }

    #[test]
    fn texts_telegram_refuses_are_refused_in_its_words() {
        let bold = |offset: i64, length: i64| json!([{ "type": "bold", "offset": offset, "length": length }]);
        let cases: &[(&str, Value, &str)] = &[
            ("", json!([]), "message text is empty"),
            (" \n\t ", json!([]), "text must be non-empty"),
            (&"😀".repeat(2049), json!([]), "message is too long"),
            (&"a".repeat(4097), json!([]), "message is too long"),
            ("abc", bold(1, 3), "ends after the end of the text at UTF-16 offset 4"),
            ("abc", bold(-1, 2), "incorrect offset -1"),
            ("abc", bold(0, 0), "incorrect offset 0 or length 0"),
            ("a😀b", bold(2, 2), "begins in a middle of a UTF-16 symbol at UTF-16 offset 2"),
            ("a😀b", bold(0, 2), "ends in a middle of a UTF-16 symbol at UTF-16 offset 2"),
            ("abc", json!([{ "type": "loud", "offset": 0, "length": 1 }]), "unsupported type"),
        ];
        for (text, entities, words) in cases {
            let refused = verdict(text, entities.clone()).err().unwrap_or_default();
            assert!(refused.contains(words), "{text:.20}: {refused}");
        }
    }

    #[test]
    fn texts_telegram_takes_are_taken() {
        assert!(verdict(&"😀".repeat(2048), json!([])).is_ok());
        assert!(verdict(&"a".repeat(4096), json!([])).is_ok());
        assert!(verdict("a😀b", json!([{ "type": "bold", "offset": 1, "length": 2 }])).is_ok());
    }

    #[test]
    fn white_space_is_cut_and_entities_move_along() {
        let said = verdict("  abc \n", json!([{ "type": "bold", "offset": 0, "length": 7 }])).ok().unwrap();
        assert_eq!(said.text, "abc");
        assert_eq!((said.entities[0].offset, said.entities[0].length), (0, 3));
    }
}
