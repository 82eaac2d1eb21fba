//! What an update means, without doing anything about it.

use serde_json::value::RawValue;
use teloxide::types::CallbackQueryId;

use super::content::{is_done, is_puzzling};
use super::groups;
use super::update::{Member, Message, Press, Pressed, Question, Says, Unreadable, Update, User};
use crate::conversation::{Asked, FromGroup, Heard, Incoming};

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
    /// What somebody wants to send into another chat.
    pub asked: Option<Asked>,
    /// What a message says since it was changed.
    pub changed: Option<String>,
    /// The topic of the private chat that it is from.
    pub topic: Option<i64>,
    /// Nothing is done about it, and it comes so often that nobody is told.
    pub is_usual: bool,
    /// It holds what this release does not know.
    pub puzzles: bool,
}

/// Reads and understands an update.
///
/// People are listened to in private chats; in groups their commands are (`groups`).
///
/// # Errors
/// It can't be read.
pub(super) fn understood(raw: &RawValue) -> Result<Understood, Unreadable> {
    let Update { id, says } = Update::read(raw)?;
    let (mut press, mut puzzles, mut asked, mut changed, mut is_usual) = (None, false, None, None, false);
    let incoming = match &says {
        Says::Message(message) => {
            puzzles = is_puzzling(message);
            wrote(id, message)
        }
        Says::Edited(message) => {
            // Where somebody is tells Telegram anew every few seconds.
            changed = words(message).cloned();
            is_usual = changed.is_none();
            edited(id, message)
        }
        Says::Asked(question) => {
            (asked, is_usual) = (Some(asks(question)), true);
            Err("it is answered at once")
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
    let topic = match &says {
        Says::Message(message) | Says::Edited(message) => message.topic(),
        Says::Press(press) => press.message.as_ref().and_then(Pressed::topic),
        Says::Member(_) | Says::Asked(_) | Says::Else => None,
    };
    Ok(Understood { id, incoming, group, press, asked, changed, topic, is_usual, puzzles })
}

/// What is read of a message.
fn words(message: &Message) -> Option<&String> {
    message.text.as_ref().or(message.caption.as_ref())
}

fn wrote(id: i64, message: &Message) -> Result<Incoming, &'static str> {
    if !message.chat.is_private() {
        return Err("it is not from a private chat");
    }
    let from = message.from.as_ref().filter(|from| !from.is_bot).ok_or("it is not from a person")?;
    let heard = match words(message) {
        Some(text) => Heard::Text(text.clone()),
        None if is_done(message) => return Err("it tells of something done in the chat"),
        None => Heard::Other,
    };
    let incoming = incoming(id, message.chat.id, message.message_id, from, heard);
    // In reply to something of the person's own, it is said as if it were to nothing.
    let replied = message.reply_to_message.as_ref();
    let replied = replied.filter(|replied| replied.from.as_ref().is_some_and(|from| from.is_bot));
    let reply_to = replied.map(|replied| replied.message_id.to_string());
    Ok(Incoming { album: message.media_group_id.clone(), reply_to, ..incoming })
}

/// Words that were changed after they had been sent.
fn edited(id: i64, message: &Message) -> Result<Incoming, &'static str> {
    words(message).ok_or("no words of it were changed")?;
    let wrote = wrote(id, message)?;
    Ok(Incoming { heard: Heard::Edited, album: None, ..wrote })
}

fn asks(question: &Question) -> Asked {
    let Question { id, from, query } = question;
    Asked {
        question: id.clone(),
        address: from.id.to_string(),
        name: from.name(),
        lang: from.language_code.clone(),
        words: query.clone(),
    }
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
        reply_to: None,
        thread: None,
        album: None,
        tab: String::new(),
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
            ("message", json!({ "rich_message": { "blocks": [{ "type": "paragraph", "text": "500" }] } }), text("500")),
            ("message", json!({ "rich_message": { "blocks": [] } }), Some(Heard::Other)),
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
            ("edited_message", json!({ "text": "hi", "edit_date": 1_790_000_001 }), Some(Heard::Edited)),
            ("edited_message", json!({ "caption": "hi", "photo": photo }), Some(Heard::Edited)),
            ("edited_message", json!({ "location": {} }), None),
            ("edited_message", json!({ "text": "hi", "chat": group }), None),
            ("business_message", json!({ "text": "hi", "business_connection_id": "b" }), None),
            ("channel_post", json!({ "text": "hi", "chat": { "id": -5, "type": "channel" } }), None),
            ("guest_message", json!({ "text": "hi", "guest_query_id": "g" }), None),
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
    fn what_is_said_in_reply_to_the_bot_is_known() {
        for (from, replied) in [(json!({ "id": 42, "is_bot": true }), Some("7")), (json!({ "id": 5 }), None)] {
            let to = json!({ "message_id": 7, "from": from });
            let incoming = understood("message", message(json!({ "text": "hi", "reply_to_message": to }))).incoming;
            assert_eq!(incoming.expect("heard").reply_to.as_deref(), replied);
        }
    }

    #[test]
    fn the_topic_of_a_private_chat_is_known() {
        for (changes, topic) in [
            (json!({ "text": "hi", "message_thread_id": 77, "is_topic_message": true }), Some(77)),
            (json!({ "text": "hi", "message_thread_id": 77 }), None),
            (json!({ "text": "hi" }), None),
        ] {
            assert_eq!(understood("message", message(changes.clone())).topic, topic, "{changes}");
        }
        let page = json!({ "text": "a page", "message_thread_id": 77, "is_topic_message": true });
        let pressed = understood("callback_query", press(json!({ "message": message(page) })));
        assert_eq!(pressed.topic, Some(77));
    }

    #[test]
    fn what_somebody_wants_to_send_elsewhere_is_heard_and_where_somebody_is_is_not_told() {
        let from = json!({ "id": 5, "is_bot": false, "first_name": "Anna", "language_code": "ru" });
        let question = understood("inline_query", json!({ "id": "9", "from": from, "query": "Boris", "offset": "" }));
        let asked = question.asked.expect("a question");
        assert_eq!((asked.question.as_str(), asked.address.as_str(), asked.words.as_str()), ("9", "5", "Boris"));
        let moving = understood("edited_message", message(json!({ "location": {} })));
        assert!(question.is_usual && moving.is_usual);
        let changed = understood("edited_message", message(json!({ "text": "hi" })));
        assert_eq!((changed.is_usual, changed.changed.as_deref()), (false, Some("hi")));
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
