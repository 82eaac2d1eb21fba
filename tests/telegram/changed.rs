//! What people change after they have sent it, and what they say in reply to something.

use serde_json::json;

use crate::bot::{Bot, Updates, is_told};

/// Anna is asked how much she needs.
async fn asked(bot: &Bot) -> bot_api::User {
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna
}

async fn what_is_changed_before_it_is_answered_counts_as_it_is_now(updates: Updates) {
    let mut bot = Bot::start(updates).await;
    let anna = asked(&bot).await;
    bot.stop().await.unwrap();
    let before = anna.messages().len();
    anna.writes("5000");
    let slip = anna.messages().last().unwrap().id;
    anna.edits(slip, "500");
    anna.edits(slip, "700");
    bot.start_again();
    anna.sees("€700 every month").await;
    bot.is_blameless().await;
    assert_eq!(anna.messages().len(), before + 2, "one answer:\n{}", anna.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_changed_while_the_bot_is_off_counts_as_it_is_now() {
    what_is_changed_before_it_is_answered_counts_as_it_is_now(Updates::Polled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_changed_after_its_answer_gets_one_line_and_changes_nothing() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asked(&bot).await;
    anna.writes("500");
    anna.sees("€500 every month").await;
    let sum = anna.messages().iter().rev().find(|message| !message.from_bot).unwrap().id;
    anna.edits(sum, "700");
    let told = anna.sees("before you changed it").await;
    assert!(told.text.contains("€500 every month") && !told.text.contains("700"), "{told}");
    // Where somebody is, Telegram tells anew every few seconds.
    let written = anna.messages().len();
    bot.api.update("edited_message", &json!({
        "message_id": 3, "date": 1_790_000_000, "edit_date": 1_790_000_001, "location": { "latitude": 1.0, "longitude": 2.0 },
        "from": { "id": 1, "is_bot": false, "first_name": "Anna" }, "chat": { "id": 1, "type": "private" },
    }));
    bot.is_blameless().await;
    assert_eq!(anna.messages().len(), written);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_to_a_page_of_before_presses_nothing_on_the_open_one() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let menu = anna.last_message().id;
    anna.writes("/help");
    anna.sees("Exodus helps people").await;
    anna.writes("/menu");
    anna.sees("Your status").await;
    bot.api.settled().await;
    anna.replies(menu, "Profile");
    let told = is_told(&anna, "nothing").await;
    assert!(!told.text.contains("My profile"), "{told}");
    // In reply to what is open, it is as if it were to nothing; and to something of one's own too.
    bot.api.settled().await;
    anna.replies(anna.last_message().id, "Profile");
    anna.sees("My profile").await;
    anna.writes("/menu");
    anna.sees("Your status").await;
    bot.api.settled().await;
    let own = anna.messages().iter().rev().find(|message| !message.from_bot).unwrap().id;
    anna.replies(own, "Profile");
    anna.sees("My profile").await;
    bot.is_blameless().await;
}
