//! What an event says to the bot.

use matrix_sdk::ruma::events::room::message::{MessageType, Relation, RoomMessageEventContent};
use matrix_sdk::ruma::events::{AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedUserId};
use serde_json::value::RawValue;

use crate::conversation::Heard;

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub event: OwnedEventId,
    pub sender: OwnedUserId,
    /// In milliseconds, as the sender's homeserver says.
    pub sent_ms: i64,
    /// The message that it replies to.
    pub reply_to: Option<String>,
    pub heard: Heard,
}

/// What this event says; `None`: nothing to the bot. Notices are of other bots, which must not be answered; an edit
/// changes a message that has its answer already.
pub(super) fn said(event: &Raw<AnySyncTimelineEvent>) -> Option<Said> {
    let AnySyncTimelineEvent::MessageLike(event) = event.deserialize().ok()? else { return None };
    match event {
        AnySyncMessageLikeEvent::RoomMessage(SyncMessageLikeEvent::Original(message)) => {
            let (reply_to, heard) = message_says(message.content)?;
            Some(Said {
                event: message.event_id,
                sender: message.sender,
                sent_ms: milliseconds(message.origin_server_ts),
                reply_to,
                heard,
            })
        }
        AnySyncMessageLikeEvent::Sticker(SyncMessageLikeEvent::Original(sticker)) => Some(Said {
            event: sticker.event_id,
            sender: sticker.sender,
            sent_ms: milliseconds(sticker.origin_server_ts),
            reply_to: None,
            heard: Heard::Other,
        }),
        _ => None,
    }
}

/// A time of a homeserver as a number that fits everywhere.
pub(super) fn milliseconds(time: MilliSecondsSinceUnixEpoch) -> i64 {
    i64::from(time.0)
}

fn message_says(content: RoomMessageEventContent) -> Option<(Option<String>, Heard)> {
    let reply_to = match content.relates_to {
        Some(Relation::Replacement(_)) => return None,
        Some(Relation::Reply(reply)) => Some(reply.in_reply_to.event_id.to_string()),
        // In a thread each message points at the one before it; only a real reply answers something.
        Some(Relation::Thread(thread)) if !thread.is_falling_back => {
            thread.in_reply_to.map(|reply| reply.event_id.to_string())
        }
        _ => None,
    };
    // No message of ours is called so, and not every database takes it.
    let reply_to = reply_to.filter(|event| !event.contains(char::is_control));
    let heard = match content.msgtype {
        MessageType::Text(text) => Heard::Text(without_quote(&text.body, reply_to.is_some())),
        MessageType::Emote(emote) => Heard::Text(without_quote(&emote.body, reply_to.is_some())),
        MessageType::Notice(_) | MessageType::ServerNotice(_) | MessageType::VerificationRequest(_) => return None,
        _ => Heard::Other,
    };
    Some((reply_to, heard))
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

    fn hear(kind: &str, content: serde_json::Value) -> Option<(Option<String>, Heard)> {
        let event = json!({
            "type": kind, "content": content, "event_id": "$e", "sender": "@anna:example.org", "origin_server_ts": 1_700,
        });
        let raw = Raw::new(&event).expect("an event").cast_unchecked();
        said(&raw).map(|said| {
            assert_eq!((said.event.as_str(), said.sender.as_str(), said.sent_ms), ("$e", "@anna:example.org", 1_700));
            (said.reply_to, said.heard)
        })
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
    fn an_edit_says_nothing_and_a_thread_is_no_reply() {
        let edit = json!({
            "msgtype": "m.text", "body": "* 50", "m.new_content": {"msgtype": "m.text", "body": "50"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$p"},
        });
        assert_eq!(hear("m.room.message", edit), None);
        let thread = |falls_back: bool| {
            json!({"msgtype": "m.text", "body": "50", "m.relates_to": {
                "rel_type": "m.thread", "event_id": "$t", "is_falling_back": falls_back,
                "m.in_reply_to": {"event_id": "$p"}}})
        };
        assert_eq!(hear("m.room.message", thread(true)), Some((None, text("50"))));
        assert_eq!(hear("m.room.message", thread(false)), Some((Some("$p".into()), text("50"))));
    }
}
