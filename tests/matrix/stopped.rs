//! The bot is told to stop while people wait for it: what has begun is brought to its end within seconds, and the rest is
//! answered after the next start.
#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]

use std::time::{Duration, Instant};

use futures::future::join_all;

use crate::bot::Bot;
use crate::person::Person;
use crate::server::shared;

/// How many people come at once.
const PEOPLE: usize = 8;

/// How long after they have spoken it is told to stop, in milliseconds.
const MOMENTS: [u64; 5] = [50, 200, 400, 700, 1200];

/// With these turns open. The SDK alone would wait for five seconds with each of them.
const SECONDS: Duration = Duration::from_secs(6);

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_while_many_wait_for_it_the_bot_ends_within_seconds_and_answers_all_after_the_next_start() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let mut took = Vec::new();
    for moment in MOMENTS {
        let people = join_all((0..PEOPLE).map(|_| Person::on(server, "Anna"))).await;
        let chats = join_all(people.iter().map(|person| person.opens_a_chat(&bot.home.id))).await;
        join_all(chats.iter().map(|chat| chat.is_joined_by_the_bot())).await;
        join_all(chats.iter().map(|chat| chat.says("start"))).await;
        tokio::time::sleep(Duration::from_millis(moment)).await;
        let began = Instant::now();
        bot.stops().await.unwrap();
        took.push(began.elapsed());
        let answered = chats.iter().filter(|chat| chat.count("Please choose your language") > 0).count();
        println!("told to stop after {moment} ms: {answered} had their answers; it took {:?}", began.elapsed());
        bot.starts();
        join_all(chats.iter().map(|chat| chat.sees("Please choose your language"))).await;
        assert!(chats.iter().all(|chat| chat.of_the_bot().len() == 1), "each has one answer");
    }
    assert!(took.iter().all(|took| *took < SECONDS), "{took:?}");
}
