//! What an update means, without doing anything about it.

use teloxide::types::{CallbackQuery, CallbackQueryId, Message, MessageKind, Update, UpdateKind, User};

use crate::conversation::{Heard, Incoming};

/// What an update asks of us.
#[derive(Debug, Default)]
pub(super) struct Understood {
    /// What the inbox has to hear; `None`: nothing.
    pub incoming: Option<Incoming>,
    /// The press that waits for an answer.
    pub press: Option<CallbackQueryId>,
}

/// Understands an update.
///
/// Only private chats are listened to, and only people. An edited message is not taken for a new answer. Of a picture
/// with a caption the caption is not taken either: the person would believe that we had seen the picture.
pub(super) fn heard(update: &Update) -> Understood {
    match &update.kind {
        UpdateKind::Message(message) => Understood { incoming: wrote(update, message), press: None },
        UpdateKind::CallbackQuery(press) => {
            Understood { incoming: pressed(update, press), press: Some(press.id.clone()) }
        }
        _ => Understood::default(),
    }
}

fn wrote(update: &Update, message: &Message) -> Option<Incoming> {
    let from = message.from.as_ref().filter(|from| !from.is_bot)?;
    // Everything else is not said but done in the chat: a pinned message, another picture of it.
    let is_said = matches!(message.kind, MessageKind::Common(_));
    if !message.chat.is_private() || !is_said {
        return None;
    }
    let heard = message.text().map_or(Heard::Other, |text| Heard::Text(text.to_owned()));
    Some(incoming(update, message.chat.id.0, message.id.0, from, heard))
}

fn pressed(update: &Update, press: &CallbackQuery) -> Option<Incoming> {
    let message = press.message.as_ref()?;
    if press.from.is_bot || !message.chat().is_private() {
        return None;
    }
    let heard = Heard::Press(press.data.clone()?);
    Some(incoming(update, message.chat().id.0, message.id().0, &press.from, heard))
}

/// A chat's messages are numbered in their order for ever, and so are its turns by the newest message they know of.
/// The numbers of updates would not do: after a week without any they begin anew, anywhere.
fn incoming(update: &Update, chat: i64, message: i32, from: &User, heard: Heard) -> Incoming {
    Incoming {
        address: chat.to_string(),
        update: update.id.0.to_string(),
        seq: message.into(),
        name: from.full_name(),
        lang: from.language_code.clone(),
        heard,
        // Here people answer by buttons.
        reply_to: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn understood(kind: &str, body: Value) -> Understood {
        let update = json!({ "update_id": 7, kind: body });
        heard(&serde_json::from_str(&update.to_string()).expect("an update"))
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
            ("message", json!({ "photo": photo }), Some(Heard::Other)),
            ("message", json!({ "photo": photo, "caption": "500" }), Some(Heard::Other)),
            ("message", json!({ "text": "hi", "chat": group }), None),
            ("message", json!({ "text": "hi", "from": bot }), None),
            ("message", json!({ "message_auto_delete_timer_changed": { "message_auto_delete_time": 5 } }), None),
            ("edited_message", json!({ "text": "hi", "edit_date": 1_790_000_001 }), None),
            ("something_new", json!({ "text": "hi" }), None),
        ] {
            let understood = understood(kind, message(changes.clone()));
            assert_eq!(understood.incoming.map(|incoming| incoming.heard), meant, "{kind} {changes}");
            assert_eq!(understood.press, None);
        }
    }

    #[test]
    fn who_said_it_and_when_is_kept() {
        let incoming = understood("message", message(json!({ "text": "hi" }))).incoming.expect("heard");
        assert_eq!((incoming.address.as_str(), incoming.update.as_str(), incoming.seq), ("5", "7", 12));
        assert_eq!((incoming.name.as_str(), incoming.lang.as_deref()), ("Anna K.", Some("ru")));
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
            assert_eq!(understood.incoming.map(|incoming| incoming.heard), meant, "{changes}");
        }
    }
}
