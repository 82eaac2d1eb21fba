//! The bot is told to stop while people wait for it: what has begun is brought to its end within seconds, and the rest is
//! answered after the next start.
#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]

use std::time::{Duration, Instant};

use futures::future::join_all;

use crate::bot::Bot;
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until_true;

/// How many people come at once.
const PEOPLE: usize = 8;

/// It is told to stop when so many of them have their answers: the turns of the others are open, or on their way.
const ANSWERED: [usize; 3] = [0, 1, 4];

/// With these turns open. The SDK alone would wait for five seconds with each of them.
const SECONDS: Duration = Duration::from_secs(6);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn told_to_stop_while_many_wait_for_it_the_bot_ends_within_seconds_and_answers_all_after_the_next_start() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let mut took = Vec::new();
    for so_many in ANSWERED {
        let people = join_all((0..PEOPLE).map(|_| Person::on(server, "Anna"))).await;
        let chats = join_all(people.iter().map(|person| person.opens_a_chat(&bot.home.id))).await;
        join_all(chats.iter().map(|chat| chat.is_joined_by_the_bot())).await;
        join_all(chats.iter().map(|chat| chat.says("start"))).await;
        let answered = || chats.iter().filter(|chat| chat.count("Please choose your language") > 0).count();
        until_true("some are answered", async || answered() >= so_many).await;
        let began = Instant::now();
        bot.stops().await.unwrap();
        took.push(began.elapsed());
        println!(
            "told to stop after {so_many} answers, when it had ended there were {}; it took {:?}",
            answered(),
            began.elapsed()
        );
        bot.starts();
        join_all(chats.iter().map(|chat| chat.sees("Please choose your language"))).await;
        // Who came before the first word was said has that above it.
        assert!(chats.iter().all(|chat| chat.of_the_bot().len() <= 2), "each has one answer");
    }
    assert!(took.iter().all(|took| *took < SECONDS), "{took:?}");
}
