//! Signs of life, and what becomes of the account itself: its name and picture, what was read, who else is signed in to it;
//! and of rooms in which nobody says anything.

use std::sync::Arc;

use chrono::TimeDelta;
use matrix_sdk::Client;
use matrix_sdk::config::SyncSettings;
use serde_json::{Value, json};

use crate::bot::{Bot, Home, PASSWORD, Program};
use crate::cycle::arrives;
use crate::person::{self, Kind, Person, fresh};
use crate::server::{Server, shared};
use crate::unreadable::MovedClock;
use crate::waiting::until_true;

/// One dot, as PNG.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

async fn profile(server: &Server, bot: &Home, token: &str) -> Value {
    server.get(&format!("/_matrix/client/v3/profile/{}", bot.id), token).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_is_called_and_looks_as_the_host_says_and_people_see_that_it_reads() {
    let server = shared().await;
    let picture = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(picture.path(), PICTURE).unwrap();
    let mut home = Home::on(server).await;
    home.more = format!("display_name = \"Mutual aid\"\npicture = \"{}\"", picture.path().display());
    let mut bot = Bot::at(home);
    bot.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let shown = profile(server, &bot.home, &anna.token()).await;
    assert_eq!(shown["displayname"], "Mutual aid");
    assert!(shown["avatar_url"].as_str().unwrap().starts_with("mxc://"), "{shown}");
    // At the next start there is nothing to be changed.
    bot.stops().await.unwrap();
    bot.starts();
    let said = chat.says("menu").await;
    chat.sees("Your status: Green").await;
    assert_eq!(profile(server, &bot.home, &anna.token()).await, shown);

    let room = chat.room.room_id().as_str();
    until_true("she sees that it was read", async || {
        let news = server.get("/_matrix/client/v3/sync", &anna.token()).await;
        let shown = news["rooms"]["join"][room]["ephemeral"]["events"].as_array().cloned().unwrap_or_default();
        shown.iter().any(|event| !event["content"][said.as_str()]["m.read"][bot.home.id.as_str()].is_null())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_in_which_a_stranger_says_nothing_for_a_day_is_left_and_others_are_not() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let mut bot = Bot::by(clock.clone(), Home::on(server).await);
    bot.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let stranger = Person::on(server, "Stranger").await;
    let silent = stranger.opens(&bot.home.id, Kind::Encrypted).await;
    silent.sees("Please choose your language").await;
    for (days, there) in [(0, "join"), (2, "leave")] {
        bot.stops().await.unwrap();
        clock.moves_on(TimeDelta::days(days));
        bot.starts();
        chat.asks("menu", "Your status: Green").await;
        until_true(there, async || silent.membership_of_the_bot().await == there).await;
    }
    assert_eq!(chat.membership_of_the_bot().await, "join");
    // Whoever was left can invite it again.
    let again = stranger.opens_a_chat(&bot.home.id).await;
    again.sees("Please choose your language").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_is_told_of_another_session_of_the_account() {
    let server = shared().await;
    let program = Program::at(Home::on(server).await);
    program.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &program.home.id, "English", "Welcome").await;
    let other = Client::builder().homeserver_url(server.url()).build().await.unwrap();
    other.matrix_auth().login_username(program.home.id.localpart(), PASSWORD).send().await.unwrap();
    for _ in 0..2 {
        other.sync_once(SyncSettings::default()).await.unwrap();
    }
    program.tells("the bot's account has another session").await;
    chat.asks("menu", "Your status: Green").await;
    assert_eq!(program.output().matches("has another session").count(), 1, "{}", program.output());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_invites_is_greeted_and_who_has_written_is_answered_alone() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    bot.stops().await.unwrap();
    let name = fresh("writer");
    server.register(&name, person::PASSWORD).await;
    let token = server.token(&name, person::PASSWORD).await;
    let new = json!({ "is_direct": true, "preset": "private_chat", "invite": [bot.home.id] });
    let made = server.post("/_matrix/client/v3/createRoom", Some(&token), &new).await;
    let room = made["room_id"].as_str().unwrap();
    let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/1");
    server.put(&path, &token, &json!({ "msgtype": "m.text", "body": "hello" })).await;
    bot.starts();
    let pages = async || {
        let events = crate::cycle::raw_events(server, &token, room).await;
        let pages = events.iter().filter(|event| event["content"]["msgtype"] == "m.text");
        pages.filter(|event| event["sender"] == bot.home.id.as_str()).count()
    };
    until_true("it answers", async || pages().await > 0).await;
    let anna = Person::on(server, "Anna").await;
    arrives(&anna, &bot.home.id, "English", "Welcome").await;
    assert_eq!(pages().await, 1);
}
