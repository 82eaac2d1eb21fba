//! Presses that come late, twice, or from somebody who makes them up.

use crate::bot::{Bot, Updates, invite_of, is_told, written_to};

/// Boris is asked whether he is willing to help Anna with 50. Gives the message that asks it.
async fn asked(bot: &Bot) -> (bot_api::User, bot_api::User, bot_api::ChatMessage) {
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    anna.presses_when_shown("Yes, ask").await;
    anna.sees("Your invite").await;
    let boris = bot.member(2, "Boris").await;
    boris.start(Some(&invite_of(&anna)));
    boris.presses_when_shown("Yes, I want to help").await;
    boris.sees("How much are you willing").await;
    boris.writes("50");
    let asked = boris.sees("Your intention").await;
    (anna, boris, asked)
}

/// What the answer to their press said.
fn said_in_passing(user: &bot_api::User, update: u32) -> Option<String> {
    let press = user.answered_presses().into_iter().find(|press| press.update == update).expect("answered");
    press.answer.and_then(|answer| answer.text)
}

fn data(message: &bot_api::ChatMessage, label: &str) -> String {
    message.button(label).and_then(|button| button.callback_data.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tap_changes_nothing_and_shows_the_page_with_its_line() {
    let bot = Bot::start(Updates::Polled).await;
    let (anna, boris, asked) = asked(&bot).await;
    let yes = data(&asked, "Yes, I intend to");
    boris.presses_data(asked.id, &yes);
    boris.sees("Thank you").await;
    boris.presses_data(asked.id, &yes);
    boris.presses_data(asked.id, &yes);
    is_told(&anna, "Boris").await;
    bot.is_blameless().await;
    boris.sees("Thank you").await;
    assert!(!boris.transcript().contains("This has changed"), "{}", boris.transcript());
    let told = anna.messages().into_iter().filter(|message| message.text.contains("wants to help you")).count();
    assert_eq!(told, 1, "{}", anna.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_button_changes_nothing_and_says_what_is_true() {
    let bot = Bot::start(Updates::Polled).await;
    let (_, boris, asked) = asked(&bot).await;
    boris.writes("/menu");
    boris.sees("Your status").await;
    let press = boris.presses_on(asked.id, "Yes, I intend to");
    boris.sees("This has changed in the meantime").await;
    bot.is_blameless().await;
    // The page that says so may be far below; so the answer to the press says it too.
    assert_eq!(
        said_in_passing(&boris, press).as_deref(),
        Some("This button is from an older page. Nothing has changed.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_link_to_what_is_open_already_says_where_it_is() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let old = anna.last_message();
    anna.writes("/menu");
    let menu = anna.sees("Your status").await;
    let press = anna.presses_on(menu.id, "Profile");
    anna.sees("My profile").await;
    bot.api.settled().await;
    assert_eq!(said_in_passing(&anna, press), None, "the page says it all");
    let press = anna.presses_on(old.id, "Profile");
    bot.api.settled().await;
    assert_eq!(said_in_passing(&anna, press).as_deref(), Some("This page is open already, further down."));
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_somebody_made_up_reveals_and_does_nothing() {
    let bot = Bot::start(Updates::Polled).await;
    let (anna, boris, asked) = asked(&bot).await;
    let yes = data(&asked, "Yes, I intend to");
    boris.presses_data(asked.id, &yes);
    is_told(&anna, "Boris").await;
    let eve = bot.member(3, "Eve").await;
    let page = eve.last_message().id;
    for forged in [
        "/commitment/1",
        "/change/1",
        "/card/1",
        "/help/1",
        "n1:ask_to_promise",
        "n1:confirm",
        "n1/commitment/1",
        "7:confirm",
        "1:x",
        "",
        "no press at all",
        "/../../etc",
        "n999999999999999999999:x",
    ] {
        eve.presses_data(page, forged);
        bot.api.settled().await;
    }
    bot.is_blameless().await;
    let seen: Vec<String> = eve.messages().into_iter().map(|message| message.text).collect();
    assert!(
        !seen.iter().any(|text| text.contains("Boris") || text.contains("Anna") || text.contains("50")),
        "{seen:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_comes_again_does_nothing_again() {
    let bot = Bot::start(Updates::Polled).await;
    let (anna, boris, asked) = asked(&bot).await;
    let update = boris.presses_on(asked.id, "Yes, I intend to");
    is_told(&anna, "wants to help you").await;
    bot.api.settled().await;
    let before = (written_to(&anna), written_to(&boris));
    bot.api.redeliver(update);
    bot.api.redeliver(update);
    bot.is_blameless().await;
    assert_eq!((written_to(&anna), written_to(&boris)), before);
    boris.sees("Your help: €50").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_too_old_to_be_answered_is_still_done() {
    let bot = Bot::start(Updates::Polled).await;
    let (anna, boris, asked) = asked(&bot).await;
    boris.presses_too_late(asked.id, &data(&asked, "Yes, I intend to"));
    is_told(&anna, "wants to help you").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_press_is_answered_once() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "Menu", "Organizer", "Menu", "Members"] {
        anna.presses_when_shown(label).await;
        bot.api.settled().await;
    }
    assert!(anna.answered_presses().iter().all(|press| press.answers == 1));
    assert_eq!(anna.answered_presses().len(), 7);
    assert_eq!(written_to(&anna), 1, "{}", anna.transcript());
    bot.is_blameless().await;
}
