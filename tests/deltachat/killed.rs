//! Bot and program, killed without warning (`kill -9`) in turn at any moment: each message is handled once, and each notice
//! comes once. A few times in every run of the tests, and in the long one as often as `EXODUS_TEST_KILLS` says.

use std::time::Duration;

use crate::bot::{Home, Process, nobody_is_untold, noted};
use crate::chat::Chat;
use crate::cycle::{arrives, invite_in};
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until_true;

/// One of the bot, and one of its program.
const A_FEW: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn killed_a_few_times_each_message_is_handled_once_and_each_notice_comes_once() {
    are_killed(A_FEW).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn killed_at_any_moment_each_message_is_handled_once_and_each_notice_comes_once() {
    are_killed(std::env::var("EXODUS_TEST_KILLS").map_or(20, |kills| kills.parse().unwrap())).await;
}

/// So often one of them is killed while Boris says that he has helped, and Anna is told.
async fn are_killed(times: usize) {
    let server = shared();
    let mut bot = Process::at(Home::on(server));
    let link = bot.home.link().await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let (hers, his) =
        tokio::join!(arrives(&anna, &link, "English", "Welcome"), arrives(&boris, &link, "English", "Welcome"));
    promises(&his, &hers).await;
    let db = bot.home.database().await;
    nobody_is_untold(&db).await;
    let mut asked = None;
    for round in 0..times {
        match asked {
            None => his.says("done").await,
            Some(notice) => his.replies(notice, "done").await,
        };
        tokio::time::sleep(moment(round)).await;
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
        asked = Some(his.sees("has not arrived yet").await.id);
        nobody_is_untold(&db).await;
    }
    assert_eq!(noted(&db, "claimed").await, times, "each once");
    for (chat, words) in [(&his, "Marked as done"), (&his, "has not arrived yet"), (&hers, "Did it reach you?")] {
        assert_eq!(chat.count(words).await, times, "{words}: {}", chat.transcript().await);
    }
}

/// How long after a message: from before it has come until after its answer and its notice, in no order.
fn moment(round: usize) -> Duration {
    Duration::from_millis(300 + round as u64 * 485 % 1650)
}

/// Anna needs help, and Boris has promised her some; his page is that of his promise.
async fn promises(his: &Chat, hers: &Chat) {
    for (said, answer) in [
        ("profile", "My profile"),
        ("status", "Green"),
        ("I need help every month", "How much"),
        ("500", "Is that right?"),
    ] {
        hers.asks(said, answer).await;
    }
    let token = invite_in(&hers.asks("yes", "Your invite").await.text);
    his.asks(&format!("start {token}"), "Would you like to help").await;
    his.asks("yes", "How much are you willing").await;
    his.asks("50", "Your intention: help").await;
    his.asks("1", "Thank you for your intention").await;
    his.asks("promise", "can’t be taken back").await;
    his.asks("yes, I promise", "You have promised").await;
    hers.sees("now promises to help you").await;
}
