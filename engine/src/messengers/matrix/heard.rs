//! What an event says to the bot.

use matrix_sdk::ruma::events::room::message::{MessageType, Relation, RoomMessageEventContent};
use matrix_sdk::ruma::events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedUserId};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::conversation::Heard;

/// A poll, as it is called, and was called before that: what is asked can't be answered by a program.
const POLLS: [&str; 2] = ["m.poll.start", "org.matrix.msc3381.poll.start"];

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub event: OwnedEventId,
    pub sender: OwnedUserId,
    /// In milliseconds, as the sender's homeserver says.
    pub sent_ms: i64,
    pub to: To,
    /// The message of theirs in whose place this stands.
    pub edits: Option<OwnedEventId>,
    pub heard: Heard,
}

/// What a message stands beside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct To {
    /// The message that it replies to. In a thread that is the one which the thread began with, unless it is a real reply:
    /// otherwise each points at the one before it, for clients that know no threads.
    pub reply: Option<String>,
    /// The message that its thread began with.
    pub thread: Option<String>,
}

impl To {
    /// As an event says it, also where the rest of it is encrypted.
    pub fn of(event: &Raw<AnySyncTimelineEvent>) -> To {
        let content: Option<Value> = event.get_field("content").ok().flatten();
        content.map(|content| To::in_content(&content)).unwrap_or_default()
    }

    /// See [`To::of`].
    pub fn in_content(content: &Value) -> To {
        let relation = &content["m.relates_to"];
        // No message of ours is called so, and not every database takes it.
        let named = |id: &Value| id.as_str().filter(|id| !id.contains(char::is_control)).map(str::to_owned);
        let reply = named(&relation["m.in_reply_to"]["event_id"]);
        if relation["rel_type"] != "m.thread" {
            return To { reply, thread: None };
        }
        let thread = named(&relation["event_id"]);
        let is_real = relation["is_falling_back"] != true;
        To { reply: reply.filter(|_| is_real).or_else(|| thread.clone()), thread }
    }
}

/// What this event says; `None`: nothing to the bot. Notices are of other bots, which must not be answered.
pub(super) fn said(event: &Raw<AnySyncTimelineEvent>) -> Option<Said> {
    let kind: String = event.get_field("type").ok().flatten()?;
    if POLLS.contains(&kind.as_str()) {
        return other(event);
    }
    let AnySyncTimelineEvent::MessageLike(parsed) = event.deserialize().ok()? else { return None };
    match parsed {
        AnySyncMessageLikeEvent::RoomMessage(SyncMessageLikeEvent::Original(message)) => {
            let to = To::of(event);
            let (edits, heard) = message_says(message.content, to.reply.is_some())?;
            Some(Said {
                event: message.event_id,
                sender: message.sender,
                sent_ms: milliseconds(message.origin_server_ts),
                to,
                edits,
                // The homeserver has told of its last edit together with it.
                heard: edited(event).unwrap_or(heard),
            })
        }
        AnySyncMessageLikeEvent::Sticker(SyncMessageLikeEvent::Original(_)) => other(event),
        _ => None,
    }
}

/// Something that can't be read.
fn other(event: &Raw<AnySyncTimelineEvent>) -> Option<Said> {
    let sent: Option<MilliSecondsSinceUnixEpoch> = event.get_field("origin_server_ts").ok()?;
    Some(Said {
        event: event.get_field("event_id").ok()??,
        sender: event.get_field("sender").ok()??,
        sent_ms: milliseconds(sent?),
        to: To::of(event),
        edits: None,
        heard: Heard::Other,
    })
}

/// A time of a homeserver as a number that fits everywhere.
pub(super) fn milliseconds(time: MilliSecondsSinceUnixEpoch) -> i64 {
    i64::from(time.0)
}

/// The message that this one stands in the place of, if it does, and what it says.
fn message_says(content: RoomMessageEventContent, replies: bool) -> Option<(Option<OwnedEventId>, Heard)> {
    match content.relates_to {
        Some(Relation::Replacement(edit)) => Some((Some(edit.event_id), words(edit.new_content.msgtype, true)?)),
        _ => Some((None, words(content.msgtype, replies)?)),
    }
}

fn words(message: MessageType, replies: bool) -> Option<Heard> {
    let caption = match &message {
        MessageType::Text(text) => Some(text.body.as_str()),
        MessageType::Emote(emote) => Some(emote.body.as_str()),
        MessageType::Notice(_) | MessageType::ServerNotice(_) | MessageType::VerificationRequest(_) => return None,
        MessageType::Audio(audio) => audio.caption(),
        MessageType::File(file) => file.caption(),
        MessageType::Image(image) => image.caption(),
        MessageType::Video(video) => video.caption(),
        _ => None,
    };
    Some(caption.map_or(Heard::Other, |caption| Heard::Text(without_quote(caption, replies))))
}

/// What a message says since its last edit.
fn edited(event: &Raw<AnySyncTimelineEvent>) -> Option<Heard> {
    let unsigned: Option<Value> = event.get_field("unsigned").ok().flatten();
    let edit = unsigned?["m.relations"]["m.replace"]["content"]["m.new_content"].clone();
    let edit: RoomMessageEventContent = serde_json::from_value(edit).ok()?;
    words(edit.msgtype, true)
}

/// Older clients put what is replied to before a reply, line by line behind `> `.
fn without_quote(body: &str, replies: bool) -> String {
    if !replies || !body.starts_with("> ") {
        return body.to_owned();
    }
    let lines = body.lines().skip_while(|line| line.starts_with('>'));
    lines.collect::<Vec<_>>().join("\n").trim_start().to_owned()
}

/// Whether this is JSON of an event that says something: for `fuzz/`, which brings what nobody has thought of.
pub fn says(event: &str) -> bool {
    RawValue::from_string(event.to_owned()).is_ok_and(|event| said(&Raw::from_json(event)).is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hears(kind: &str, content: Value) -> Option<Said> {
        let event = json!({
            "type": kind, "content": content, "event_id": "$e", "sender": "@anna:example.org", "origin_server_ts": 1_700,
        });
        let raw = Raw::new(&event).expect("an event").cast_unchecked();
        said(&raw).inspect(|said| {
            assert_eq!((said.event.as_str(), said.sender.as_str(), said.sent_ms), ("$e", "@anna:example.org", 1_700));
        })
    }

    fn hear(kind: &str, content: Value) -> Option<(Option<String>, Heard)> {
        hears(kind, content).map(|said| (said.to.reply, said.heard))
    }

    fn text(text: &str) -> Heard {
        Heard::Text(text.into())
    }

    #[test]
    fn what_people_write_is_heard_and_what_programs_say_is_not() {
        for (content, heard) in [
            (json!({"msgtype": "m.text", "body": "help"}), Some(text("help"))),
            (json!({"msgtype": "m.emote", "body": "waves"}), Some(text("waves"))),
            (json!({"msgtype": "m.text", "body": "> not a reply\n\nyes"}), Some(text("> not a reply\n\nyes"))),
            (json!({"msgtype": "m.image", "body": "a.png", "url": "mxc://x/y"}), Some(Heard::Other)),
            (json!({"msgtype": "org.example.unheard", "body": "?"}), Some(Heard::Other)),
            (json!({"msgtype": "m.notice", "body": "I am a bot"}), None),
            (json!({"msgtype": "m.text"}), None),
            (json!({}), None),
        ] {
            assert_eq!(hear("m.room.message", content.clone()).map(|(_, heard)| heard), heard, "{content}");
        }
        assert_eq!(hear("m.room.topic", json!({"topic": "help"})), None);
        assert_eq!(
            hear("m.reaction", json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$p", "key": "1️⃣"}})),
            None
        );
    }

    #[test]
    fn what_is_written_below_a_picture_is_text() {
        for kind in ["m.image", "m.file", "m.audio", "m.video"] {
            let file = |body: &str, filename: Option<&str>| {
                let mut content = json!({"msgtype": kind, "body": body, "url": "mxc://x/y"});
                content.as_object_mut().expect("a map").extend(filename.map(|name| ("filename".into(), name.into())));
                hear("m.room.message", content).map(|(_, heard)| heard)
            };
            assert_eq!(file("50", Some("a.png")), Some(text("50")), "{kind}");
            assert_eq!(file("a.png", Some("a.png")), Some(Heard::Other), "{kind}");
            assert_eq!(file("a.png", None), Some(Heard::Other), "{kind}");
        }
    }

    #[test]
    fn a_poll_of_either_kind_is_something_that_cant_be_read() {
        let ends = json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$p"}});
        for kind in POLLS {
            assert_eq!(hear(kind, json!({"question": "?"})), Some((None, Heard::Other)), "{kind}");
            assert_eq!(hear(&kind.replace("start", "end"), ends.clone()), None, "{kind}");
            assert_eq!(hear(&kind.replace("start", "response"), ends.clone()), None, "{kind}");
        }
    }

    #[test]
    fn a_reply_is_heard_without_what_it_replies_to() {
        let reply = |body: &str| json!({"msgtype": "m.text", "body": body, "m.relates_to": {"m.in_reply_to": {"event_id": "$n"}}});
        for (body, words) in [
            ("> <@bot:example.org> Boris says that he has helped.\n> • Confirm 12\n\nconfirm", "confirm"),
            ("confirm", "confirm"),
            ("> quoted\nyes", "yes"),
            (">yes", ">yes"),
        ] {
            assert_eq!(hear("m.room.message", reply(body)), Some((Some("$n".into()), text(words))), "{body}");
        }
    }

    #[test]
    fn a_reply_to_nothing_that_could_be_is_no_reply() {
        let reply = json!({"msgtype": "m.text", "body": "yes", "m.relates_to": {"m.in_reply_to": {"event_id": "$\0"}}});
        assert!(hear("m.room.message", reply).is_none_or(|said| said == (None, text("yes"))));
    }

    #[test]
    fn an_edit_names_the_message_whose_place_it_takes() {
        let edit = |new: Value| {
            json!({
                "msgtype": "m.text", "body": "* 50", "m.new_content": new,
                "m.relates_to": {"rel_type": "m.replace", "event_id": "$p"},
            })
        };
        let said =
            hears("m.room.message", edit(json!({"msgtype": "m.text", "body": "50"}))).expect("it says something");
        assert_eq!((said.edits.as_ref().map(|event| event.as_str()), said.heard), (Some("$p"), text("50")));
        assert_eq!(hears("m.room.message", edit(json!({"msgtype": "m.notice", "body": "50"}))), None);
        assert_eq!(hears("m.room.message", edit(json!(7))), None);
    }

    #[test]
    fn what_was_edited_before_it_was_heard_says_what_it_says_now() {
        let event = |edit: Value| {
            let event = json!({
                "type": "m.room.message", "event_id": "$e", "sender": "@anna:example.org", "origin_server_ts": 1,
                "content": {"msgtype": "m.text", "body": "500"},
                "unsigned": {"m.relations": {"m.replace": edit}},
            });
            said(&Raw::new(&event).expect("an event").cast_unchecked()).map(|said| said.heard)
        };
        let new = json!({"content": {"m.new_content": {"msgtype": "m.text", "body": "50"}}});
        assert_eq!(event(new), Some(text("50")));
        assert_eq!(event(json!({"content": {"algorithm": "m.megolm.v1.aes-sha2"}})), Some(text("500")));
        assert_eq!(event(json!(null)), Some(text("500")));
    }

    #[test]
    fn what_is_said_in_a_thread_replies_to_what_it_began_with() {
        let thread = |falls_back: Value, reply: Value| {
            let mut content = json!({"msgtype": "m.text", "body": "50", "m.relates_to": {
                "rel_type": "m.thread", "event_id": "$t"}});
            if !reply.is_null() {
                content["m.relates_to"]["m.in_reply_to"] = json!({ "event_id": reply });
            }
            if !falls_back.is_null() {
                content["m.relates_to"]["is_falling_back"] = falls_back;
            }
            let said = hears("m.room.message", content).expect("it says something");
            assert_eq!((said.to.thread.as_deref(), said.heard), (Some("$t"), text("50")));
            said.to.reply
        };
        assert_eq!(thread(json!(true), json!("$p")), Some("$t".into()));
        assert_eq!(thread(json!(false), json!("$p")), Some("$p".into()));
        assert_eq!(thread(json!(null), json!("$p")), Some("$p".into()));
        assert_eq!(thread(json!(false), json!(null)), Some("$t".into()));
        assert_eq!(thread(json!(true), json!(null)), Some("$t".into()));
    }

    #[test]
    fn where_an_encrypted_message_stands_can_be_seen() {
        let event = json!({"type": "m.room.encrypted", "content": {"ciphertext": "x", "m.relates_to": {
            "rel_type": "m.thread", "event_id": "$t", "is_falling_back": true}}});
        let to = To::of(&Raw::new(&event).expect("an event").cast_unchecked());
        assert_eq!(to, To { reply: Some("$t".into()), thread: Some("$t".into()) });
    }
}
