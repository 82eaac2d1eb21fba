//! Bot and program, killed without warning (`kill -9`) in turn at any moment: each message is handled once, and each notice
//! comes once. `EXODUS_TEST_KILLS` is how often; by default seldom enough for every run of the tests.

use std::time::Duration;

use crate::bot::{Home, Process, nobody_is_untold, noted};
use crate::cycle::{arrives, invite_in};
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until_true;

fn kills() -> usize {
    std::env::var("EXODUS_TEST_KILLS").map_or(8, |kills| kills.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn killed_at_any_moment_each_message_is_handled_once_and_each_notice_comes_once() {
    let server = shared();
    let mut bot = Process::at(Home::on(server));
    let link = bot.home.link().await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let hers = arrives(&anna, &link, "English", "Welcome").await;
    for (said, answer) in [
        ("profile", "My profile"),
        ("status", "Green"),
        ("I need help every month", "How much"),
        ("500", "Is that right?"),
    ] {
        hers.asks(said, answer).await;
    }
    let token = invite_in(&hers.asks("yes", "Your invite").await.text);
    let his = arrives(&boris, &link, "English", "Welcome").await;
    his.asks(&format!("start {token}"), "Would you like to help").await;
    his.asks("yes", "How much are you willing").await;
    his.asks("50", "Your intention: help").await;
    his.asks("1", "Thank you for your intention").await;
    his.asks("menu", "Your status").await;
    his.asks("organizer", "all the help").await;
    his.asks("my help", "You can change or withdraw").await;
    his.asks("promise", "can’t be taken back").await;
    his.asks("yes, I promise", "You have promised").await;
    hers.sees("now promises to help you").await;
    let db = bot.home.database().await;
    nobody_is_untold(&db).await;
    for round in 0..kills() {
        his.asks("menu", "Your status").await;
        his.asks("organizer", "all the help").await;
        his.asks("my help", "choose “Done”").await;
        his.says("done").await;
        // From before it has come until after its answer and its notice.
        tokio::time::sleep(Duration::from_millis(200 + 97 * (round as u64 % 17))).await;
        if round % 2 == 0 {
            bot.is_killed();
            bot.starts();
        } else {
            bot.its_program_is_killed();
        }
        until_true("the deed is noted", async || noted(&db, "claimed").await > round).await;
        his.is_said("Marked as done", round + 1).await;
        let claimed = hers.sees("Did it reach you?").await;
        // Before the bot knows which message it has become, a reply to it is one to an old page.
        nobody_is_untold(&db).await;
        hers.replies(claimed.id, "not received").await;
        hers.sees("has not reached you").await;
        hers.asks("yes", "It is a promise 🤝 now").await;
        his.is_said("has not arrived yet", round + 1).await;
    }
    nobody_is_untold(&db).await;
    assert_eq!(noted(&db, "claimed").await, kills(), "each once");
    for (chat, words) in [(&his, "Marked as done"), (&his, "has not arrived yet"), (&hers, "Did it reach you?")] {
        assert_eq!(chat.count(words).await, kills(), "{words}: {}", chat.transcript().await);
    }
}
