//! How a test plays people.

mod bot;

use std::time::Duration;

use bot::{Bot, TOKEN};
use bot_api::BotApi;

#[tokio::test]
async fn a_person_writes_sees_the_answer_and_presses() {
    let api = BotApi::start(TOKEN).await;
    let _bot = tokio::spawn(Bot::new(&api).echo());
    let anna = api.user(7);
    anna.writes("hello");
    let shown = anna.sees("You said hello").await;
    anna.presses("More");
    anna.sees("2 more").await;
    let again = anna.presses_when_shown("Mo").await;
    anna.sees("3 more").await;
    api.settled().await;
    assert_eq!((anna.messages().len(), anna.last_message().id, anna.last_message().edits), (2, shown.id, 2));
    assert_eq!(anna.answered_presses().len(), 2);
    assert!(api.unanswered_presses().is_empty() && api.violations().is_empty());

    api.redeliver(again);
    api.settled().await;
    assert_eq!(anna.answered_presses()[1].answers, 2);
}

#[tokio::test]
async fn a_wait_that_fails_tells_what_the_person_saw() {
    let api = BotApi::start(TOKEN).await;
    let anna = api.user(7);
    anna.writes("hello?");
    let seen = anna.wait_for(Duration::from_millis(30), |messages| messages.iter().find(|m| m.from_bot).cloned()).await;
    assert!(seen.unwrap_err().contains("hello?"));
}

#[tokio::test]
#[should_panic(expected = "no button \"Yes\" to press")]
async fn a_button_that_is_not_there_cannot_be_pressed() {
    let api = BotApi::start(TOKEN).await;
    api.user(7).presses("Yes");
}
