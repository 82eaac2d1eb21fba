//! Pages are shown beside the turns: one that hangs is nobody else's trouble, and what waits together gets one.

use std::time::Duration;

use bot_api::{Fault, FaultRule, User};
use serde_json::json;

use crate::bot::{Bot, Updates, written_to};

/// Long enough on a slow machine.
const PATIENCE: Duration = Duration::from_secs(90);

async fn is_asked(bot: &Bot, method: &str, times: u64) {
    while bot.api.requests(method) < times {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Waits until nothing of theirs is unanswered, and everything was heard.
async fn is_answered(bot: &Bot, user: &User) {
    assert!(user.is_answered(PATIENCE).await, "{}", user.transcript());
    bot.api.settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_120_updates_behind_a_page_that_hangs_each_is_answered_without_waiting_for_it() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let before = (bot.api.requests("sendMessage"), written_to(&anna));
    bot.api.fault(FaultRule::new(Fault::Stuck).method("sendMessage").chat(1).always());
    anna.writes("/menu");
    is_asked(&bot, "sendMessage", before.0 + 1).await;
    while bot.api.pending_updates() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(bot.api.worked_on(), 1, "it is confirmed while its page hangs, and not when that is given up");
    let others: Vec<User> = (2..122).map(|id| bot.api.user(id).lang("en")).collect();
    for other in &others {
        other.start(None);
    }
    for other in &others {
        assert!(other.is_answered(PATIENCE).await, "{} was not answered", other.id());
    }
    assert_eq!(written_to(&anna), before.1, "it hangs still");
    while bot.api.pending_updates() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bot.api.heal();
    is_answered(&bot, &anna).await;
    assert_eq!(written_to(&anna), before.1 + 1, "{}", anna.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_together_in_a_chat_gets_one_page() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let before = written_to(&anna);
    for count in 0..100 {
        anna.writes(&format!("forwarded {count}"));
    }
    is_answered(&bot, &anna).await;
    // The first of them may have come alone.
    let pages = written_to(&anna) - before;
    assert!((1..=3).contains(&pages), "{pages} pages:\n{}", anna.transcript());
    assert!(anna.messages().last().is_some_and(|last| last.from_bot), "below all that she wrote");
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_album_is_answered_once_and_its_words_are_heard() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let photo = json!([{ "file_id": "f", "file_unique_id": "u", "file_size": 1, "width": 1, "height": 1 }]);
    for (album, caption, answer) in [("1", None, "I can only read text"), ("2", Some("/menu"), "Your status")] {
        let before = written_to(&anna);
        for number in 0..10 {
            let mut picture = json!({ "photo": photo, "media_group_id": album });
            if let (0, Some(caption)) = (number, caption) {
                picture["caption"] = json!(caption);
            }
            anna.sends(&picture);
            if number == 4 {
                // Not all of it comes at once.
                bot.api.settled().await;
            }
        }
        anna.sees(answer).await;
        bot.api.settled().await;
        assert_eq!(written_to(&anna), before + 1, "{}", anna.transcript());
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_said_also_when_its_page_was_never_shown() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    let asked = anna.sees("You ask for").await;
    // The page that says so hangs, and does not arrive; meanwhile she goes on.
    let before = bot.api.requests("editMessageText");
    bot.api.fault(FaultRule::new(Fault::Stuck).method("editMessageText").chat(1));
    anna.presses_on(asked.id, "Yes, ask");
    is_asked(&bot, "editMessageText", before + 1).await;
    anna.presses_data(asked.id, "/organizer");
    while bot.api.pending_updates() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bot.api.heal();
    let page = anna.sees("all the help you give and get").await;
    assert!(page.text.starts_with("You are now Orange"), "{}", page.text);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_taps_is_drawn_once_a_second_and_sees_the_last_page() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let (live, before) = (anna.last_message().id, bot.api.requests("editMessageText"));
    let places = ["/profile", "/organizer", "/faq"];
    for tap in 0..40 {
        anna.presses_data(live, places[tap % 3]);
        if tap % 4 == 3 {
            // Each few reach the bot alone.
            bot.api.settled().await;
        }
    }
    anna.presses_data(live, "/members");
    anna.sees("near circle").await;
    let drawn = bot.api.requests("editMessageText") - before;
    assert!(drawn <= 10, "{drawn} times");
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_shows_what_is_committed_before_the_end() {
    let mut bot = Bot::start(Updates::Polled).await;
    let members = [bot.member(1, "Anna").await, bot.member(2, "Boris").await];
    let before = bot.api.requests("sendMessage");
    bot.api.fault(FaultRule::new(Fault::Stuck).method("sendMessage").chat(1).always());
    let written: Vec<usize> = members.iter().map(written_to).collect();
    members[0].writes("/menu");
    is_asked(&bot, "sendMessage", before + 1).await;
    // Telegram takes its time over the other one.
    bot.api.fault(FaultRule::new(Fault::Slow(Duration::from_millis(500))).method("sendMessage").chat(2));
    members[1].writes("/menu");
    is_asked(&bot, "sendMessage", before + 2).await;
    bot.stop().await.unwrap();
    assert_eq!(bot.api.pending_updates(), 0, "all is confirmed");
    assert_eq!(written_to(&members[1]), written[1] + 1, "{}", members[1].transcript());
    assert_eq!(written_to(&members[0]), written[0]);
    // What could not be shown is shown at the next start, once.
    bot.api.heal();
    bot.start_again();
    assert!(members[0].is_answered(PATIENCE).await, "{}", members[0].transcript());
    members[0].presses_when_shown("Profile").await;
    members[0].sees("My profile").await;
    assert_eq!(written_to(&members[0]), written[0] + 1, "{}", members[0].transcript());
}
