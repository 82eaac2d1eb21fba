//! Threads: what is said in the thread of a message is about that message, what answers it is shown there, and a number
//! never presses a page that stands elsewhere. In rooms of each version that people's clients make.

use matrix_sdk::ruma::{EventId, OwnedEventId, RoomVersionId};
use serde_json::{Value, json};

use crate::bot::Bot;
use crate::chat::Chat;
use crate::cycle::{arrives, arrives_in, asks_for_help};
use crate::heard::Message;
use crate::person::{Person, text};
use crate::server::shared;

impl Chat {
    /// Says something in the thread of this message, as clients do: each message there replies to the one before it, for
    /// those who know no threads.
    async fn says_in_thread(&self, root: &EventId, before: &EventId, words: &str) -> OwnedEventId {
        let mut content = text(words);
        content["m.relates_to"] = in_thread(root, before);
        self.sends(content).await
    }

    /// Says something there, and sees an answer there that contains these words.
    async fn asks_in_thread(&self, root: &EventId, words: &str, answer: &str) -> Message {
        let said = self.says_in_thread(root, root, words).await;
        let answer = self.sees(answer).await;
        assert_eq!(relation(&answer), in_thread(root, &said), "{answer:?}");
        answer
    }
}

fn in_thread(root: &EventId, before: &EventId) -> Value {
    json!({
        "rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": { "event_id": before },
    })
}

/// What a message stands beside.
fn relation(message: &Message) -> Value {
    message.content.as_ref().unwrap()["m.relates_to"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_in_the_thread_of_a_notice_answers_it_and_the_answer_stands_there() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    for version in [RoomVersionId::V10, RoomVersionId::V11, RoomVersionId::V12] {
        let (anna, boris) = tokio::join!(Person::on(server, "Анна"), Person::on(server, "Boris"));
        let anna_chat = arrives_in(&anna, &id, &version, "2", "Добро пожаловать").await;
        let token = asks_for_help(&anna_chat).await;
        let boris_chat = boris.opens_in(&id, &version).await;
        boris_chat.sees("Please choose your language").await;
        boris_chat.asks(&format!("start {token}"), "Please choose your language").await;
        boris_chat.asks("English", "Would you like to help Анна?").await;
        boris_chat.asks("yes", "How much are you willing").await;
        boris_chat.asks("200", "Your intention: help Анна with €200").await;
        boris_chat.asks("1.", "Анна has been told").await;
        let notice = anna_chat.sees("Boris хочет помочь вам: 200").await;
        anna_chat.replies(&notice.id, "попросить пообещать").await;
        anna_chat.sees("получит просьбу").await;
        let asked = boris_chat.sees("asks you to promise").await;
        assert_eq!(relation(&asked), Value::Null);

        // He has a form open, to which a number would be an answer.
        boris_chat.asks("menu", "Your status").await;
        boris_chat.asks("profile", "My profile").await;
        boris_chat.asks("status", "Green").await;
        boris_chat.asks("I need help every month", "How much do you need").await;
        boris_chat.asks_in_thread(&asked.id, "1", "You have promised").await;
        anna_chat.sees("теперь обещает помочь вам").await;
        // In the thread he goes on with what he sees there.
        boris_chat.asks_in_thread(&asked.id, "menu", "Your status").await;
        // What he writes beside it again is no answer to what stands in the thread.
        boris_chat.says("1").await;
        let beside = boris_chat.sees("That page is not open any more").await;
        assert_eq!(relation(&beside), Value::Null);
        assert!(beside.body().contains("Your status"), "{}", beside.body());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_thread_of_an_old_page_nothing_is_pressed_and_what_is_open_is_shown_there() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let menu = chat.asks("menu", "Your status: Green").await;
    let profile = chat.asks("profile", "My profile").await;
    chat.asks("status", "Your status: Green").await;
    let sum = chat.asks("I need help every month", "How much do you need").await;

    let shown = chat.asks_in_thread(&menu.id, "500", "That page is not open any more").await;
    assert!(shown.body().contains("How much do you need"), "{}", shown.body());
    // Now it stands there.
    let sure = chat.asks_in_thread(&menu.id, "500", "Is that right?").await;
    // In another thread it does not, nor beside them.
    let elsewhere = chat.asks_in_thread(&profile.id, "1", "That page is not open any more").await;
    assert!(elsewhere.body().contains("Is that right?"), "{}", elsewhere.body());
    chat.says("1").await;
    let beside = chat.sees("That page is not open any more").await;
    assert_eq!(relation(&beside), Value::Null);
    assert_eq!(chat.count("Your invite"), 0, "{}", chat.transcript());
    // A reply to the page itself, wherever it was written, is one.
    chat.replies(&beside.id, "cancel").await;
    chat.sees("Cancelled").await;
    for page in [&sum, &sure] {
        chat.replies(&page.id, "1").await;
        chat.sees("That page is not open any more").await;
    }
    // What can't be read there is answered there.
    let mut picture = json!({ "msgtype": "m.image", "body": "a.png", "url": "mxc://localhost/1" });
    picture["m.relates_to"] = in_thread(&menu.id, &menu.id);
    let sent = chat.sends(picture).await;
    let answer = chat.sees("I can only read text").await;
    assert_eq!(relation(&answer), in_thread(&menu.id, &sent));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_asked_for_in_a_thread_comes_there() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let menu = chat.asks("menu", "Your status: Green").await;
    chat.asks("profile", "My profile").await;
    let data = chat.asks("my data", "JSON").await;
    chat.asks_in_thread(&data.id, "1", "Here is everything").await;
    let file = chat.of_the_bot().into_iter().find(|message| message.kind() == "m.file").expect("a file");
    assert_eq!(relation(&file)["event_id"], data.id.as_str());
    assert_eq!(relation(&file)["rel_type"], "m.thread");
    assert_ne!(menu.id, data.id);
}
