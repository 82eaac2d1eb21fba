//! Reactions as a short cut, where the host has asked for them: a keycap under a page chooses what has that number there.
//! A page carries with it what its numbers mean, encrypted like its words. The reactions themselves never are: whoever runs
//! the homeserver sees which number somebody chose.

use std::collections::BTreeMap;

use matrix_sdk::Room;
use matrix_sdk::ruma::events::reaction::ReactionEventContent;
use matrix_sdk::ruma::events::relation::Annotation;
use matrix_sdk::ruma::events::room::message::RoomMessageEventContent;
use matrix_sdk::ruma::events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedUserId, UserId};
use serde::Serialize;
use serde_json::Value;

use super::heard::{Said, To, milliseconds};
use super::trouble::Trouble;
use crate::conversation::{Button, Does, Heard, Rendered};

/// How many keycaps are put under a page, so that choosing is one tap. Each is an event, and homeservers count them.
const OFFERED: u32 = 4;

const KEYCAP: char = '\u{20e3}';
/// Asks for the look of an emoji; some clients leave it out.
const AS_EMOJI: char = '\u{fe0f}';

/// Somebody's keycap under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tap {
    event: OwnedEventId,
    sender: OwnedUserId,
    sent_ms: i64,
    on: OwnedEventId,
    number: u32,
}

/// The keycap that this event puts under a message; `None`: it is no reaction, or another one.
pub(super) fn tap(event: &Raw<AnySyncTimelineEvent>) -> Option<Tap> {
    let Ok(AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::Reaction(SyncMessageLikeEvent::Original(tap)))) =
        event.deserialize()
    else {
        return None;
    };
    let relation = tap.content.relates_to;
    Some(Tap {
        event: tap.event_id,
        sender: tap.sender,
        sent_ms: milliseconds(tap.origin_server_ts),
        on: relation.event_id,
        number: number(&relation.key)?,
    })
}

/// What a tap says to us. `None`: nothing, it is our own, or under a message that is not ours.
///
/// # Errors
/// The homeserver does not tell now what is under it.
pub(super) async fn chosen(room: &Room, tap: Tap, me: &UserId) -> Result<Option<Said>, Trouble> {
    if tap.sender == me {
        return Ok(None);
    }
    let page = match room.event(&tap.on, None).await.map_err(|error| Trouble::from(&error)) {
        Ok(page) => page,
        Err(trouble) if trouble.passes() => return Err(trouble),
        Err(_) => return Ok(None),
    };
    let sender: Option<OwnedUserId> = page.raw().get_field("sender").ok().flatten();
    if sender.as_deref() != Some(me) {
        return Ok(None);
    }
    let content: Option<Value> = page.raw().get_field("content").ok().flatten();
    let content = content.unwrap_or_default();
    let press = content["exodus.choices"][tap.number.to_string()].as_str().map(str::to_owned);
    let to = To { reply: None, ..To::in_content(&content) };
    // What has no such number, or is too old to be read, is answered like a button that nothing stands behind any more.
    let heard = Heard::Press(press.unwrap_or_default());
    Ok(Some(Said { event: tap.event, sender: tap.sender, sent_ms: tap.sent_ms, to, edits: None, heard }))
}

/// A letter that carries with it what the numbers of its page mean: those that a keycap can show.
#[derive(Serialize)]
pub(super) struct Carrying {
    #[serde(flatten)]
    letter: RoomMessageEventContent,
    #[serde(rename = "exodus.choices", skip_serializing_if = "BTreeMap::is_empty")]
    choices: BTreeMap<u32, String>,
}

impl Carrying {
    pub fn nothing(letter: RoomMessageEventContent) -> Carrying {
        Carrying { letter, choices: BTreeMap::new() }
    }

    pub fn choices_of(page: &Rendered, letter: RoomMessageEventContent) -> Carrying {
        let choices = numbered(page).filter(|(number, _)| *number <= 9);
        Carrying { letter, choices: choices.map(|(number, press)| (number, press.to_owned())).collect() }
    }
}

/// The keycaps that are put under this page.
pub(super) fn offered(page: &Rendered) -> impl Iterator<Item = String> {
    numbered(page).map(|(number, _)| number).filter(|number| (1..=OFFERED).contains(number)).map(keycap)
}

/// A keycap of ours under a message of ours.
pub(super) fn reaction(to: &EventId, key: String) -> ReactionEventContent {
    ReactionEventContent::new(Annotation::new(to.to_owned(), key))
}

fn numbered(page: &Rendered) -> impl Iterator<Item = (u32, &str)> {
    page.buttons.iter().flatten().filter_map(|button| match button {
        Button { number: Some(number), does: Does::Press(press), .. } => Some((*number, press.as_str())),
        _ => None,
    })
}

fn keycap(number: u32) -> String {
    format!("{number}{AS_EMOJI}{KEYCAP}")
}

fn number(key: &str) -> Option<u32> {
    let plain: String = key.chars().filter(|character| *character != AS_EMOJI).collect();
    let digit = plain.strip_suffix(KEYCAP)?;
    (digit.len() == 1).then(|| digit.parse().ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::conversation::Nature;
    use crate::locale::Text;

    #[test]
    fn a_keycap_is_a_number_however_a_client_writes_it() {
        for (key, means) in [
            ("1️⃣", Some(1)),
            ("0\u{20e3}", Some(0)),
            ("9\u{fe0f}\u{20e3}", Some(9)),
            ("10\u{20e3}", None),
            ("#️⃣", None),
            ("1", None),
            ("👍", None),
            ("👍️", None),
            ("\u{20e3}", None),
            ("", None),
        ] {
            assert_eq!(number(key), means, "{key:?}");
        }
        assert!((0..=9).all(|digit| number(&keycap(digit)) == Some(digit)));
    }

    #[test]
    fn a_tap_is_a_reaction_with_a_keycap() {
        let event = |kind: &str, content: Value| {
            let event = json!({
                "type": kind, "content": content, "event_id": "$e", "sender": "@anna:example.org", "origin_server_ts": 7,
            });
            tap(&Raw::new(&event).expect("an event").cast_unchecked())
        };
        let under = |key: &str| json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": "$p", "key": key } });
        let tap = event("m.reaction", under("2️⃣")).expect("a tap");
        assert_eq!((tap.on.as_str(), tap.number, tap.sent_ms), ("$p", 2, 7));
        assert_eq!(event("m.reaction", under("👍")), None);
        assert_eq!(event("m.room.message", json!({ "msgtype": "m.text", "body": "2️⃣" })), None);
    }

    #[test]
    fn a_page_carries_what_its_shown_numbers_mean_and_offers_the_first() {
        let button = |number: Option<u32>| {
            let does = Does::Press(format!("/{}", number.unwrap_or_default()));
            vec![Button { label: "x".into(), number, does, nature: Nature::Usual }]
        };
        let page = |numbers: &[Option<u32>]| Rendered {
            text: Text::default(),
            buttons: numbers.iter().copied().map(button).collect(),
            asks: false,
            notice: None,
            file: None,
        };
        let long = page(&[Some(1), Some(2), Some(3), Some(4), Some(5), Some(10), Some(0)]);
        let carried = |page: &Rendered| {
            let letter = RoomMessageEventContent::text_plain("x");
            serde_json::to_value(Carrying::choices_of(page, letter)).expect("an event")
        };
        let choices = json!({ "0": "/0", "1": "/1", "2": "/2", "3": "/3", "4": "/4", "5": "/5" });
        assert_eq!(carried(&long), json!({ "msgtype": "m.text", "body": "x", "exodus.choices": choices }));
        assert_eq!(offered(&long).collect::<String>(), "1️⃣2️⃣3️⃣4️⃣");
        assert_eq!(carried(&page(&[None, None])), json!({ "msgtype": "m.text", "body": "x" }));
        assert_eq!(offered(&page(&[None])).count(), 0);
    }
}
