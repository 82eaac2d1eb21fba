//! The whole bot as it runs for a community, against a real Synapse without limits: `exodus run`, a process of its own,
//! with a store that is encrypted, and rooms that are.
//!
//! Measured are its memory without and with rooms, the time from a message to its answer, decrypted by a client that is
//! a process away, what notices to all these people cost at the pace that is kept, and how long a start takes until what
//! was written meanwhile is answered.
//!
//! `scripts/bench` does all that is needed around it. `EXODUS_BENCH_ROOMS` says how many rooms there are (300).

#![recursion_limit = "256"]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a measure that fails has nothing to say")]
#![allow(dead_code, reason = "what it shares with the tests does more for them")]
#![allow(clippy::disallowed_methods, reason = "to measure is to read the clock")]

#[path = "../telegram/bot.rs"]
mod bot;
#[path = "../../tests/matrix/chat.rs"]
mod chat;
#[path = "../../tests/support/disk.rs"]
mod disk;
#[path = "../../tests/matrix/heard.rs"]
mod heard;
#[path = "notices.rs"]
mod notices;
#[path = "../../tests/matrix/person.rs"]
mod person;
#[path = "../../tests/matrix/plain.rs"]
mod plain;
#[path = "program.rs"]
mod program;
#[path = "rooms.rs"]
mod rooms;
#[path = "../../tests/matrix/server.rs"]
mod server;
#[path = "../../tests/support/waiting.rs"]
mod waiting;
#[path = "../outbox/waiting.rs"]
mod waiting_notices;

use std::time::{Duration, Instant};

use matrix_sdk::ruma::OwnedUserId;

use bot::Bot;
use chat::Chat;
use person::Person;
use server::{Limits, Server};

/// How many messages are sent, one after another, for the time to an answer.
const MESSAGES: usize = 200;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let rooms = std::env::var("EXODUS_BENCH_ROOMS").ok().and_then(|rooms| rooms.parse().ok()).unwrap_or(300);
    let server = Server::start(Limits::Off).await;
    let id: OwnedUserId = server.register("exodus", program::PASSWORD).await.try_into()?;
    let dir = tempfile::tempdir()?;
    let bot = Bot::run(program::in_matrix(&server, &id, dir.path()))?;
    waiting::until_true("the bot has a device", async || !server.devices_of(id.as_str()).await.is_empty()).await;

    let anna = Person::on(&server, "Anna").await;
    let chat = anna.opens_a_chat(&id).await;
    chat.asks("start", "Please choose your language").await;
    chat.asks("English", "Welcome").await;
    let idle = bot.megabytes("VmRSS")?;
    println!("| | with one room | with {rooms} rooms |\n|---|---:|---:|");
    let alone = answers(&chat).await;

    rooms::open(&server, &id, rooms).await;
    let full = bot.megabytes("VmRSS")?;
    let crowded = answers(&chat).await;
    println!("| memory | {idle:.0} MB | {full:.0} MB |");
    for (name, share) in [("median", 0.5), ("95 %", 0.95)] {
        println!("| from a message to its answer, {name} | {} | {} |", at(&alone, share), at(&crowded, share));
    }
    println!("| memory at most | | {:.0} MB |", bot.megabytes("VmHWM")?);

    let notices = notices::measure(&bot, dir.path()).await?;
    println!("| notices a second | | {:.1} |", notices.a_second);
    println!("| and what they take of a core | | {:.1} % |", notices.of_a_core * 100.0);

    bot.stop()?;
    chat.says("menu").await;
    let began = Instant::now();
    let bot = Bot::run(program::in_matrix(&server, &id, dir.path()))?;
    chat.sees("Your status").await;
    println!("| from a start to the answer to what was written before it | | {:.1} s |", began.elapsed().as_secs_f64());
    println!("| memory after a start | | {:.0} MB |", bot.megabytes("VmRSS")?);
    bot.stop()
}

/// How long each message takes to its answer, the quickest first.
async fn answers(chat: &Chat) -> Vec<Duration> {
    let mut times = Vec::new();
    for message in 0..MESSAGES {
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
    format!("{:.0} ms", times[place].as_secs_f64() * 1000.0)
}
