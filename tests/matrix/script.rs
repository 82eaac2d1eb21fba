//! People whose client is made of what Element Web is made of: matrix-js-sdk, in Node.

use std::process::Command;
use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::json;

use crate::bot::{Bot, Home};
use crate::foreign::{Foreigner, threads_and_edits};
use crate::server::{Server, shared};
use crate::unreadable::{MovedClock, Noted};

async fn person(server: &Server, name: &str) -> Foreigner {
    let installed = |name: &str| {
        std::env::var(name)
            .unwrap_or_else(|_| panic!("{name} is missing: run the tests with scripts/test, which sets it"))
    };
    let mut program = Command::new(installed("EXODUS_TEST_NODE"));
    program.env("EXODUS_TEST_JS", installed("EXODUS_TEST_JS"));
    program.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/testing/matrix/js/person.mjs"));
    Foreigner::by(program, server, &server.url(), name, tempfile::tempdir().unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_and_edits_of_matrix_js_sdk_in_rooms_of_each_version() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    for version in ["10", "11", "12"] {
        let mut anna = person(server, "Anna").await;
        threads_and_edits(&mut anna, &bot.home.id, version).await;
    }
}

/// It encrypts for those whom it knows to be in the room, and it does not know yet.
#[tokio::test(flavor = "multi_thread")]
async fn what_matrix_js_sdk_says_right_after_it_made_a_room_is_understood_or_asked_for_again() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let bot = Bot::by(clock.clone(), Home::on(server).await);
    bot.home.can_be_written_to(server).await;
    let noted = Noted::by(&bot).await;
    let mut anna = person(server, "Anna").await;
    anna.does(&json!({ "open": bot.home.id, "say": "start" }));
    let said = anna.waits("it is sent", |line| line["said"].is_string()).await;
    anna.waits("the bot comes", |line| line["opened"].is_string()).await;
    anna.sees("Please choose your language").await;
    if noted.is_about(said["said"].as_str().unwrap()).await {
        clock.moves_on(TimeDelta::seconds(60));
        anna.sees("Please send it again").await;
    }
    anna.asks("English", "Welcome").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_to_verified_devices_only_is_told_so_at_once() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let mut anna = person(server, "Anna").await;
    anna.opens_a_chat(&bot.home.id).await;
    anna.sees("Please choose your language").await;
    anna.asks("English", "Welcome").await;
    anna.does(&json!({ "verified_only": true }));
    for words in ["profile", "menu"] {
        anna.asks(words, "Your app writes only to devices that you have verified").await;
    }
    anna.does(&json!({ "verified_only": false }));
    anna.asks("profile", "My profile").await;
}
