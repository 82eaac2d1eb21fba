//! How long an answer takes, alone and when many ask at once, and what memory it takes: printed as a table for
//! `docs/performance.md`. It proves nothing, so it is not run with the tests:
//!
//! ```text
//! scripts/test --release --test deltachat -- --ignored --nocapture measured
//! ```

#![allow(clippy::disallowed_methods, reason = "to measure is to read the clock")]

use std::time::{Duration, Instant};

use futures::future::join_all;

use crate::bot::{Home, Process};
use crate::chat::Chat;
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::shared;

/// How many messages are sent, one after another.
const MESSAGES: usize = 100;

/// How many ask at once.
const PEOPLE: usize = 50;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it measures, and proves nothing"]
async fn measured() {
    let server = shared();
    let bot = Process::at(Home::on(server));
    let link = bot.home.link().await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &link, "English", "Welcome").await;
    let idle = bot.megabytes();
    let alone = answers(&chat, MESSAGES).await;
    let people = join_all((0..PEOPLE).map(|_| Person::on(server, "Somebody"))).await;
    let mut chats = Vec::new();
    for person in &people {
        chats.push(arrives(person, &link, "English", "Welcome").await);
    }
    let mut together: Vec<Duration> =
        join_all(chats.iter().map(|chat| answers(chat, 1))).await.into_iter().flatten().collect();
    together.sort();
    println!("| | one asks | {PEOPLE} ask at once |\n|---|---:|---:|");
    for (name, share) in [("median", 0.5), ("95 %", 0.95), ("last", 1.0)] {
        println!("| from a message to its answer, {name} | {} | {} |", at(&alone, share), at(&together, share));
    }
    let full = bot.megabytes();
    println!("| memory of the bot | {:.0} MB | {:.0} MB |", idle.0, full.0);
    println!("| memory of deltachat-rpc-server | {:.0} MB | {:.0} MB |", idle.1, full.1);
}

/// How long each message takes to its answer, the quickest first.
async fn answers(chat: &Chat, messages: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    for message in 0..messages {
        let (words, answer) = if message % 2 == 0 { ("profile", "My profile") } else { ("menu", "Your status") };
        let began = Instant::now();
        chat.asks(words, answer).await;
        times.push(began.elapsed());
    }
    times.sort();
    times
}

fn at(times: &[Duration], share: f64) -> String {
    let place = ((times.len() - 1) as f64 * share) as usize;
    format!("{:.2} s", times[place].as_secs_f64())
}
