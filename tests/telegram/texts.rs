//! What people type and how they call themselves can't break or forge anything.

use std::time::Duration;

use serde_json::json;

use crate::bot::{Bot, Updates, is_told};

const NAMES: &[&str] = &[
    "<b>Anna</b>",
    "@room",
    "/start",
    "#tag $USD t.me/spam",
    "https://evil.example/x",
    "[x](https://evil.example)",
    "**Anna** _K_ `x`",
    "&amp;",
    "דוד בן גוריון",
    "\u{202e}annA",
    "A\u{0336}n\u{0336}n\u{0336}a\u{0336}",
    "Z̸̡̛̰̀̌a̷l̶g̴o̵",
    "👩🏽‍🚀👨‍👩‍👧‍👦",
    "    ",
    "\u{200b}\u{2060}",
    "\n\t\r",
];

#[tokio::test(flavor = "multi_thread")]
async fn any_name_can_be_shown() {
    let bot = Bot::start(Updates::Polled).await;
    for (number, name) in NAMES.iter().enumerate() {
        let user = bot.member(number as i64 + 1, name).await;
        user.presses_when_shown("Profile").await;
        let page = is_told(&user, "My profile").await;
        for entity in &page.entities {
            assert!(["bold", "italic", "code"].contains(&entity.kind.as_str()), "{name:?}: {entity:?}");
        }
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_name_becomes_a_link() {
    let bot = Bot::start(Updates::Polled).await;
    for (number, name) in ["@room", "/start", "#tag", "t.me/spam", "tg://x", "a@b.org", "$USD"].iter().enumerate() {
        let user = bot.member(number as i64 + 1, name).await;
        let text = user.last_message().text;
        assert!(!text.contains(name), "{name} stands there as it is: {text}");
        let to_the_eye = text.replace('\u{2060}', "");
        assert!(to_the_eye.contains(name), "{name} looks as it is: {text}");
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_text_gets_an_answer() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let long = "x".repeat(10_000);
    let emoji = "👩🏽‍🚀".repeat(1_500);
    let texts =
        [long.as_str(), &emoji, "   ", "<b>&</b>", "@room", "/nonsense", "/", "\u{202e}\u{0}\u{7}", "דוד", "٥٠٠"];
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    for text in texts {
        anna.writes(text);
        // A machine that is busy may take longer for it than the messenger is quiet when all is done.
        let answered = async {
            while !anna.messages().last().is_some_and(|last| last.from_bot) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let answered = tokio::time::timeout(Duration::from_secs(90), answered).await;
        assert!(answered.is_ok(), "no answer to {:.20?}", text);
        bot.api.settled().await;
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_is_answered_in_a_line_and_what_is_from_elsewhere_is_left_alone() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "file_size": 1, "width": 1, "height": 1 }]);
    anna.sends(&json!({ "photo": photo }));
    anna.sees("I can only read text").await;
    let before = anna.messages().len();
    bot.api.update(
        "message",
        &json!({
            "message_id": 9, "date": 1_790_000_000, "text": "/start",
            "from": { "id": 1, "is_bot": false, "first_name": "Anna" },
            "chat": { "id": -100, "type": "supergroup", "title": "a group" },
        }),
    );
    bot.api.update("something_new", &json!({ "chat": { "id": 1 } }));
    bot.api.update("message", &json!({ "chat": { "id": 1 }, "unreadable": true }));
    bot.api.settled().await;
    assert_eq!(anna.messages().len(), before, "{}", anna.transcript());
    anna.writes("/menu");
    anna.sees("Your status").await;
    bot.is_blameless().await;
}
