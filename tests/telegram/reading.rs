//! What people send, whatever Telegram makes of it: nobody is left without an answer, and nothing that can't be read keeps
//! anybody else from being heard.

use serde_json::{Value, json};

use crate::bot::{Bot, Updates, is_told};

/// So many lists in one another.
fn nested(depth: usize) -> Value {
    (0..depth).fold(json!([]), |inner, _| json!([inner]))
}

/// A message of Anna's that holds this.
fn message(fields: Value) -> Value {
    let mut message = json!({
        "message_id": 900, "date": 1_790_000_000,
        "from": { "id": 1, "is_bot": false, "first_name": "Anna", "language_code": "en" },
        "chat": { "id": 1, "type": "private", "first_name": "Anna" },
    });
    message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    message
}

async fn each_update_is_read_by_itself(updates: Updates) {
    let bot = Bot::start(updates).await;
    let anna = bot.member(1, "Anna").await;
    for unreadable in [
        ("message", message(json!({ "message_id": 1e20 }))),
        ("message", message(json!({ "chat": { "id": 1e20, "type": "private" } }))),
        ("message", message(json!({ "chat": nested(200) }))),
        ("message", json!({ "chat": { "id": 1 }, "unreadable": true })),
        ("callback_query", json!({ "chat": { "id": 1 } })),
        ("callback_query", nested(200)),
        ("something_new", nested(200)),
    ] {
        bot.api.update(unreadable.0, &unreadable.1);
    }
    let sent = anna.messages().len();
    anna.writes("/nonsense");
    is_told(&anna, "There is no such command").await;
    bot.is_blameless().await;
    assert_eq!((bot.api.pending_updates(), anna.messages().len()), (0, sent + 2), "{}", anna.transcript());

    // What we don't need of a message may be as it likes.
    bot.api.update("message", &message(json!({ "dice": nested(200) })));
    is_told(&anna, "I can only read text").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_update_that_was_asked_for_is_read_by_itself() {
    each_update_is_read_by_itself(Updates::Polled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_update_that_was_brought_is_read_by_itself() {
    each_update_is_read_by_itself(Updates::Brought).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_read_whatever_stands_beside_it() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    let date = json!([{ "type": "date_time", "offset": 0, "length": 3, "unix_time": 1_790_000_000 }]);
    let origin = json!({ "type": "user", "sender_user": { "id": 7, "is_bot": false, "first_name": "S" }, "date": 1 });
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "width": 1, "height": 1 }]);
    for (sum, fields) in [
        ("501", json!({ "text": "501", "entities": date })),
        ("502", json!({ "text": "502", "quote": { "text": "5 Jan", "position": 0, "entities": date } })),
        ("503", json!({ "text": "503", "external_reply": { "origin": origin, "something_new": {} } })),
        ("504", json!({ "caption": "504", "photo": photo, "media_group_id": "1" })),
    ] {
        anna.sends(&fields);
        is_told(&anna, &format!("€{sum} every month")).await;
        anna.presses_when_shown("Another sum").await;
        anna.sees("How much do you need").await;
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_is_answered_in_a_line_and_what_is_not_said_is_left_alone() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for fields in [
        json!({ "dice": { "emoji": "🎲", "value": 3 } }),
        json!({ "sticker": { "file_id": "f" } }),
        json!({ "poll": { "id": "1", "question": "?", "something_new": true } }),
        json!({ "crystal_ball": { "answer": "yes" } }),
        json!({}),
    ] {
        let sent = anna.messages().len();
        anna.sends(&fields);
        let answered = |messages: &[bot_api::ChatMessage]| messages.get(sent + 1).cloned();
        let answer = anna.wait_for(std::time::Duration::from_secs(10), answered).await.expect("an answer");
        assert!(answer.text.contains("I can only read text"), "{fields}: {answer}");
    }
    let before = anna.messages().len();
    for fields in [json!({ "pinned_message": message(json!({ "dice": {} })) }), json!({ "chat_background_set": {} })] {
        bot.api.update("message", &message(fields));
    }
    bot.api.settled().await;
    assert_eq!(anna.messages().len(), before, "{}", anna.transcript());
    bot.is_blameless().await;
}
