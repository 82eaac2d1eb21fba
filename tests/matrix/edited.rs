//! Messages that people change afterwards, and what is no message but looks like one.

use matrix_sdk::ruma::EventId;
use serde_json::{Value, json};

use crate::bot::Bot;
use crate::chat::Chat;
use crate::cycle::arrives;
use crate::person::{Person, text};
use crate::server::shared;

impl Chat {
    async fn edits(&self, original: &EventId, words: &str) {
        let mut content = text(&format!("* {words}"));
        content["m.new_content"] = text(words);
        content["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": original });
        self.sends(content).await;
    }
}

async fn asked_for_a_sum(chat: &Chat) {
    for (said, answer) in
        [("profile", "My profile"), ("status", "Green"), ("I need help every month", "How much do you need")]
    {
        chat.asks(said, answer).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_before_it_was_heard_counts_as_it_is_now() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    asked_for_a_sum(&chat).await;
    bot.stops().await.unwrap();
    let said = chat.says("5000").await;
    chat.edits(&said, "50").await;
    chat.edits(&said, "500").await;
    bot.starts();
    chat.sees("You ask for €500 every month").await;
    chat.asks("menu", "Your status: Green").await;
    assert_eq!(chat.count("€5,000") + chat.count("before you changed it"), 0, "{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_before_it_was_changed_stays_so_and_that_is_said() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    asked_for_a_sum(&chat).await;
    let said = chat.says("500").await;
    chat.sees("You ask for €500 every month").await;
    chat.edits(&said, "5000").await;
    let line = chat.sees("before you changed it").await;
    assert!(line.body().contains("You ask for €500 every month"), "{}", line.body());
    // Nobody else's words are changed by it.
    let page = chat.of_the_bot().remove(0);
    let before = chat.of_the_bot().len();
    chat.edits(&page.id, "menu").await;
    chat.asks("cancel", "Cancelled").await;
    assert_eq!(chat.of_the_bot().len(), before + 1, "{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_below_a_picture_is_read_and_a_poll_is_not() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    asked_for_a_sum(&chat).await;
    let question = |key: &str| json!({ key: { "question": { "m.text": [{ "body": "500?" }] }, "answers": [] } });
    for kind in ["m.poll.start", "org.matrix.msc3381.poll.start"] {
        chat.sends_of_type(kind, question(kind)).await;
        let answer = chat.sees("I can only read text").await;
        assert!(answer.body().contains("How much do you need"), "{kind}: {}", answer.body());
    }
    let picture: Value =
        json!({ "msgtype": "m.image", "body": "500", "filename": "receipt.png", "url": "mxc://localhost/1" });
    chat.sends(picture).await;
    chat.sees("You ask for €500 every month").await;
}
