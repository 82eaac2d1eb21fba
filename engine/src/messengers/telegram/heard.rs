//! What an update means, without doing anything about it.

use serde_json::value::RawValue;
use teloxide::types::CallbackQueryId;

use super::groups;
use super::update::{Member, Message, Press, Says, Unreadable, Update, User};
use crate::conversation::{FromGroup, Heard, Incoming};

/// What an update asks of us.
#[derive(Debug)]
pub(super) struct Understood {
    /// The update's number.
    pub id: i64,
    /// What the inbox has to hear, or why nothing is done about it.
    pub incoming: Result<Incoming, &'static str>,
    /// What a group says to us, if it is from one; then the inbox has nothing to hear from anybody.
    pub group: Option<Option<FromGroup>>,
    /// The press that waits for an answer.
    pub press: Option<CallbackQueryId>,
    /// It holds what this release does not know.
    pub puzzles: bool,
}

/// What people send beside texts: it is answered with a line that says that only texts are read.
const CONTENT: [&str; 24] = [
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "giveaway",
    "giveaway_winners",
    "invoice",
    "live_photo",
    "location",
    "paid_media",
    "passport_data",
    "photo",
    "poll",
    "rich_message",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
    "web_app_data",
];

/// What is not said but done: Telegram tells of it in a message of its own. A name that begins so is enough.
const DEEDS: [&str; 37] = [
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_",
    "chat_shared",
    "checklist_tasks_",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_",
    "general_forum_topic_",
    "gift",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_a",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "unique_gift",
    "users_shared",
    "video_chat_",
];

/// Reads and understands an update.
///
/// People are listened to in private chats; in groups their commands are (`groups`). An edited message is not taken for a new answer.
///
/// # Errors
/// It can't be read.
pub(super) fn understood(raw: &RawValue) -> Result<Understood, Unreadable> {
    let Update { id, says } = Update::read(raw)?;
    let (mut press, mut puzzles) = (None, false);
    let incoming = match &says {
        Says::Message(message) => {
            puzzles = is_puzzling(message);
            wrote(id, message)
        }
        Says::Press(pressing) => {
            press = Some(CallbackQueryId(pressing.id.clone()));
            pressed(id, pressing)
        }
        Says::Member(member) => admitted(id, member),
        Says::Else => Err("we have not asked for its kind"),
    };
    puzzles &= incoming.is_ok();
    let group = groups::is_from_one(&says).then(|| groups::heard(id, &says));
    Ok(Understood { id, incoming, group, press, puzzles })
}

fn wrote(id: i64, message: &Message) -> Result<Incoming, &'static str> {
    if !message.chat.is_private() {
        return Err("it is not from a private chat");
    }
    let from = message.from.as_ref().filter(|from| !from.is_bot).ok_or("it is not from a person")?;
    let heard = match message.text.as_ref().or(message.caption.as_ref()) {
        Some(text) => Heard::Text(text.clone()),
        None if is_done(message) => return Err("it tells of something done in the chat"),
        None => Heard::Other,
    };
    let incoming = incoming(id, message.chat.id, message.message_id, from, heard);
    Ok(Incoming { album: message.media_group_id.clone(), ..incoming })
}

fn is_done(message: &Message) -> bool {
    // A message can hold a gift or a giveaway too; those are said.
    let is_said = CONTENT.iter().any(|content| message.parts.contains(*content));
    !is_said && message.parts.iter().any(|part| DEEDS.iter().any(|deed| part.starts_with(deed)))
}

/// Whether there is nothing in it that we know.
fn is_puzzling(message: &Message) -> bool {
    let has_words = message.text.is_some() || message.caption.is_some();
    !has_words && !is_done(message) && !CONTENT.iter().any(|content| message.parts.contains(*content))
}

fn pressed(id: i64, press: &Press) -> Result<Incoming, &'static str> {
    let message = press.message.as_ref().ok_or("nobody knows what was pressed on")?;
    if !message.chat.is_private() {
        return Err("it is not from a private chat");
    }
    if press.from.is_bot {
        return Err("it is not from a person");
    }
    let data = press.data.clone().ok_or("the button is none of ours")?;
    let incoming = incoming(id, message.chat.id, message.message_id, &press.from, Heard::Press(data));
    Ok(Incoming { reply_to: Some(message.message_id.to_string()), ..incoming })
}

/// The person has shut us out, or lets us write again.
fn admitted(id: i64, member: &Member) -> Result<Incoming, &'static str> {
    if !member.chat.is_private() {
        return Err("it is not from a private chat");
    }
    let heard = match member.new_chat_member.status.as_str() {
        "kicked" | "left" => Heard::Blocked,
        "member" => Heard::Unblocked,
        _ => return Err("nobody knows what we are in the chat now"),
    };
    Ok(incoming(id, member.chat.id, 0, &member.from, heard))
}

/// A chat's messages are numbered in their order for ever, and so are its turns by the newest message they know of.
/// The numbers of updates would not do: after a week without any they begin anew, anywhere.
fn incoming(update: i64, chat: i64, message: i64, from: &User, heard: Heard) -> Incoming {
    Incoming {
        address: chat.to_string(),
        update: update.to_string(),
        seq: message,
        name: from.name(),
        lang: from.language_code.clone(),
        heard,
        // Here people answer by buttons: what they say in reply to something is not about that.
        reply_to: None,
        thread: None,
        album: None,
        early: false,
    }
}

/// Whether this is JSON of an update that can be read: for `fuzz/`, which brings what nobody has thought of.
pub fn reads(update: &str) -> bool {
    serde_json::from_str::<Box<RawValue>>(update).is_ok_and(|raw| understood(&raw).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn understood(kind: &str, body: Value) -> Understood {
        let update = json!({ "update_id": 7, kind: body }).to_string();
        super::understood(&serde_json::from_str::<Box<RawValue>>(&update).expect("JSON")).expect("an update")
    }

    fn heard(understood: Understood) -> Option<Heard> {
        understood.incoming.ok().map(|incoming| incoming.heard)
    }

    fn message(changes: Value) -> Value {
        let mut message = json!({
            "message_id": 12, "date": 1_790_000_000,
            "from": { "id": 5, "is_bot": false, "first_name": "Anna", "last_name": "K.", "language_code": "ru" },
            "chat": { "id": 5, "type": "private", "first_name": "Anna" },
        });
        for (key, value) in changes.as_object().expect("an object") {
            message[key] = value.clone();
        }
        message
    }

    fn press(changes: Value) -> Value {
        let mut press = json!({
            "id": "99", "chat_instance": "1", "data": "7:confirm",
            "from": { "id": 5, "is_bot": false, "first_name": "Anna" },
            "message": message(json!({ "text": "a page", "from": { "id": 1, "is_bot": true, "first_name": "Bot" } })),
        });
        for (key, value) in changes.as_object().expect("an object") {
            press[key] = value.clone();
        }
        press
    }

    #[test]
    fn people_are_heard_in_private_chats_only() {
        let text = |text: &str| Some(Heard::Text(text.into()));
        let photo = json!([{ "file_id": "f", "file_unique_id": "u", "file_size": 1, "width": 1, "height": 1 }]);
        let group = json!({ "id": -100, "type": "supergroup", "title": "us" });
        let bot = json!({ "id": 6, "is_bot": true, "first_name": "Robot" });
        for (kind, changes, meant) in [
            ("message", json!({ "text": "/start abc" }), text("/start abc")),
            ("message", json!({ "text": "120,50" }), text("120,50")),
            ("message", json!({ "text": "120", "entities": [{ "type": "something_new" }] }), text("120")),
            ("message", json!({ "text": "120", "external_reply": { "origin": {} } }), text("120")),
            ("message", json!({ "photo": photo }), Some(Heard::Other)),
            ("message", json!({ "photo": photo, "caption": "500" }), text("500")),
            ("message", json!({ "dice": { "emoji": "🎲", "value": 3 } }), Some(Heard::Other)),
            ("message", json!({ "giveaway": {} }), Some(Heard::Other)),
            ("message", json!({ "something_new": {} }), Some(Heard::Other)),
            ("message", json!({}), Some(Heard::Other)),
            ("message", json!({ "text": "hi", "chat": group }), None),
            ("message", json!({ "text": "hi", "from": bot }), None),
            ("message", json!({ "text": "hi", "from": null }), None),
            ("message", json!({ "message_auto_delete_timer_changed": { "message_auto_delete_time": 5 } }), None),
            ("message", json!({ "pinned_message": message(json!({ "photo": [] })) }), None),
            ("message", json!({ "forum_topic_created": {} }), None),
            ("edited_message", json!({ "text": "hi", "edit_date": 1_790_000_001 }), None),
            ("something_new", json!({ "text": "hi" }), None),
        ] {
            let understood = understood(kind, message(changes.clone()));
            assert_eq!((understood.id, &understood.press), (7, &None));
            assert_eq!(heard(understood), meant, "{kind} {changes}");
        }
    }

    #[test]
    fn only_what_is_new_is_puzzling() {
        for (changes, puzzles) in [
            (json!({ "text": "500", "something_new": {} }), false),
            (json!({ "sticker": {} }), false),
            (json!({ "pinned_message": {} }), false),
            (json!({ "crystal_ball": {} }), true),
            (json!({ "crystal_ball": {}, "chat": { "id": -1, "type": "group" } }), false),
        ] {
            assert_eq!(understood("message", message(changes.clone())).puzzles, puzzles, "{changes}");
        }
    }

    #[test]
    fn who_said_it_and_when_is_kept() {
        let incoming = understood("message", message(json!({ "text": "hi" }))).incoming.expect("heard");
        assert_eq!((incoming.address.as_str(), incoming.update.as_str(), incoming.seq), ("5", "7", 12));
        assert_eq!((incoming.name.as_str(), incoming.lang.as_deref()), ("Anna K.", Some("ru")));
        assert_eq!(incoming.album, None);
        let picture = message(json!({ "photo": [], "media_group_id": "77" }));
        let incoming = understood("message", picture).incoming.expect("heard");
        assert_eq!(incoming.album.as_deref(), Some("77"));
    }

    #[test]
    fn every_press_is_answered_also_one_that_means_nothing() {
        let out_of_reach =
            json!({ "message_id": 3, "date": 0, "chat": { "id": 5, "type": "private", "first_name": "A" } });
        let in_a_group = json!({ "message_id": 3, "date": 0, "chat": { "id": -1, "type": "group", "title": "us" } });
        let meant = Some(Heard::Press("7:confirm".into()));
        for (changes, meant) in [
            (json!({}), meant.clone()),
            (json!({ "message": out_of_reach }), meant),
            (json!({ "message": in_a_group }), None),
            (json!({ "data": null, "game_short_name": "chess" }), None),
            (json!({ "message": null }), None),
        ] {
            let understood = understood("callback_query", press(changes.clone()));
            assert_eq!(understood.press, Some(CallbackQueryId("99".into())), "{changes}");
            assert_eq!(heard(understood), meant, "{changes}");
        }
    }

    #[test]
    fn who_shuts_us_out_and_lets_us_in_again_is_heard() {
        for (kind, status, meant) in [
            ("private", "kicked", Some(Heard::Blocked)),
            ("private", "member", Some(Heard::Unblocked)),
            ("private", "something_new", None),
            ("group", "kicked", None),
        ] {
            let member = json!({
                "chat": { "id": 5, "type": kind, "first_name": "Anna" }, "date": 1_790_000_000,
                "from": { "id": 5, "is_bot": false, "first_name": "Anna" },
                "old_chat_member": { "status": "something_new" }, "new_chat_member": { "status": status },
            });
            assert_eq!(heard(understood("my_chat_member", member)), meant, "{kind} {status}");
        }
    }
}
