//! What people's clients send beside words, and words beyond measure: it is answered, it changes nothing, and the chat
//! goes on.

use serde_json::json;

use crate::bot::Bot;
use crate::cycle::arrives;
use crate::person::{Person, text};
use crate::server::shared;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_is_answered_and_the_open_question_stays() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    for (said, answer) in
        [("profile", "My profile"), ("status", "Green"), ("I need help every month", "How much do you need")]
    {
        chat.asks(said, answer).await;
    }
    for (kind, content) in [
        ("m.room.message", json!({ "msgtype": "org.example.unheard", "body": "500" })),
        ("m.sticker", json!({ "body": "500", "info": {}, "url": "mxc://localhost/500" })),
        ("m.room.message", json!({ "msgtype": "m.image", "body": "500.png", "url": "mxc://localhost/500" })),
        ("m.room.message", json!({ "msgtype": "m.location", "body": "500", "geo_uri": "geo:50,0" })),
        ("m.room.message", json!({ "msgtype": "m.audio", "body": "500.ogg", "url": "mxc://localhost/500" })),
    ] {
        chat.sends_of_type(kind, content.clone()).await;
        let answer = chat.sees("I can only read text").await;
        assert!(answer.body().contains("How much do you need"), "{content}: {}", answer.body());
    }
    chat.asks("500", "Is that right?").await;
}

/// About what fits an event of 64 KiB when it is encrypted.
const LONG: usize = 46_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_sixty_kilobytes_is_answered_like_any_other() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    for (word, said, answer) in [
        ("a", "profile", "My profile"),
        ("<&\"\n", "status", "Green"),
        ("7", "I need help every month", "How much do you need"),
    ] {
        // What is escaped takes more room.
        let escaped = json!(word).to_string().len() - 2;
        let event = chat.sends(text(&word.repeat(LONG / escaped))).await;
        let path = format!("/_matrix/client/v3/rooms/{}/event/{event}", chat.room.room_id());
        let raw = server.get(&path, &anna.token()).await.to_string();
        assert!(raw.len() > 60 * 1024, "{}", raw.len());
        chat.sees("That is not one of the choices here").await;
        chat.asks(said, answer).await;
    }
    chat.says(&"7".repeat(LONG)).await;
    let answer = chat.sees("How much do you need").await;
    assert!(answer.encrypted && answer.body().len() < 5_000, "{}", answer.body());
    chat.asks("500", "Is that right?").await;
}
