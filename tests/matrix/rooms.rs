//! Which rooms the bot talks in, and what becomes of the others.

use std::collections::BTreeSet;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use matrix_sdk::ruma::UserId;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::bot::{Bot, Home, PASSWORD, nobody_is_untold, the_first_is_told_of_clara};
use crate::cycle::{arrives, asks_for_help, raw_events};
use crate::person::{Kind, Person, fresh};
use crate::server::{Server, shared};
use crate::waiting::until_true;

const STRANGERS: usize = 50;

/// The rooms that the bot's account is in, as the homeserver knows it.
async fn rooms_of(server: &Server, home: &Home) -> BTreeSet<String> {
    let token = server.token(home.id.localpart(), PASSWORD).await;
    let joined = server.get("/_matrix/client/v3/joined_rooms", &token).await;
    server.post("/_matrix/client/v3/logout", Some(&token), &json!({})).await;
    joined["joined_rooms"].as_array().unwrap().iter().map(|room| room.as_str().unwrap().to_owned()).collect()
}

/// Who is spoken with where, as the bot remembers it.
async fn remembered(home: &Home) -> BTreeSet<(String, Option<String>)> {
    let all = Statement::from_string(DbBackend::Sqlite, "SELECT user_id, room_id FROM matrix_room");
    let rows = home.database().await.query_all_raw(all).await.unwrap();
    rows.iter().map(|row| (row.try_get("", "user_id").unwrap(), row.try_get("", "room_id").unwrap())).collect()
}

/// Somebody who only invites the bot: their user id and the room.
async fn invites(server: &Server, bot: &UserId) -> (String, Option<String>) {
    let name = fresh("stranger");
    let id = server.register(&name, PASSWORD).await;
    let token = server.token(&name, PASSWORD).await;
    let new = json!({ "is_direct": true, "preset": "trusted_private_chat", "invite": [bot] });
    let room = server.post("/_matrix/client/v3/createRoom", Some(&token), &new).await;
    (id, room["room_id"].as_str().map(str::to_owned))
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_invites_at_once_are_all_followed() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let inviting: FuturesUnordered<_> = (0..STRANGERS).map(|_| invites(server, &id)).collect();
    let invited: BTreeSet<_> = inviting.collect().await;
    let wanted: BTreeSet<String> = invited.iter().filter_map(|(_, room)| room.clone()).collect();
    assert_eq!(wanted.len(), STRANGERS);
    until_true("all are followed", async || rooms_of(server, &bot.home).await == wanted).await;
    until_true("all are remembered", async || remembered(&bot.home).await == invited).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_is_left_and_forgotten_and_can_come_back() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    chat.room.leave().await.unwrap();
    until_true("it is in no room", async || rooms_of(server, &bot.home).await.is_empty()).await;
    until_true("nor remembers one", async || remembered(&bot.home).await.is_empty()).await;
    let forgotten = async |room: &str| {
        let token = server.token(bot.home.id.localpart(), PASSWORD).await;
        let path = format!("/_matrix/client/v3/rooms/{room}/messages?dir=b");
        crate::plain::get(&server.url(), &path, Some(&token)).await.unwrap().status == 403
    };
    let room = chat.room.room_id().to_string();
    until_true("it is forgotten", async || forgotten(&room).await).await;

    let again = anna.opens_a_chat(&bot.home.id).await;
    again.asks("menu", "Your status: Green").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_bans_the_bot_is_written_to_no_more() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    // In a room where the bot has as much to say as she, she could not.
    let chat = anna.opens(&bot.home.id, Kind::PlainForGood).await;
    chat.asks("start", "Please choose your language").await;
    chat.room.ban_user(&bot.home.id, None).await.unwrap();
    until_true("it remembers no room", async || remembered(&bot.home).await.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_room_of_the_same_person_takes_the_place_of_the_first() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let first = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let second = anna.opens_a_chat(&bot.home.id).await;
    second.asks("profile", "My profile").await;
    first.is_left_by_the_bot().await;
    second.asks("menu", "Your status").await;
    assert_eq!(rooms_of(server, &bot.home).await, BTreeSet::from([second.room.room_id().to_string()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_third_person_comes_in_the_bot_goes_and_writes_in_a_room_of_its_own() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let (anna, boris) = tokio::join!(Person::on(server, "Анна"), Person::on(server, "Boris"));
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;
    let token = asks_for_help(&chat).await;
    chat.room.invite_user_by_id(&boris.id).await.unwrap();
    chat.is_left_by_the_bot().await;
    // The homeserver knows that it left before this client has heard what it said.
    until_true("it says why", async || chat.of_the_bot().last().is_some_and(|last| last.kind() == "m.notice")).await;

    let boris_chat = boris.opens_a_chat(&bot.home.id).await;
    boris_chat.asks(&format!("start {token}"), "Please choose your language").await;
    boris_chat.asks("English", "Would you like to help").await;
    boris_chat.asks("yes", "How much are you willing").await;
    boris_chat.asks("50", "Your intention: help").await;
    boris_chat.asks("1", "Thank you for your intention").await;
    let another = anna.joins_the_next_invite(&bot.home.id).await;
    let told = another.sees("Boris хочет помочь вам: 50").await;
    assert!(told.encrypted);
    another.asks("меню", "Ваш статус").await;
    nobody_is_untold(&bot.home.database().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_somebody_is_not_told_before_those_who_came_in_while_the_bot_was_off() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    bot.stops().await.unwrap();
    chat.room.invite_user_by_id(&boris.id).await.unwrap();
    let db = bot.home.database().await;
    the_first_is_told_of_clara(&db).await;
    bot.starts();
    let another = anna.joins_the_next_invite(&bot.home.id).await;
    another.sees("Clara").await;
    chat.is_left_by_the_bot().await;
    assert_eq!(chat.count("Clara"), 0, "{}", chat.transcript());
    nobody_is_untold(&db).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_only_invited_is_not_spoken_with_in_a_strangers_room() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    chat.room.leave().await.unwrap();
    until_true("she is spoken with nowhere", async || remembered(&bot.home).await.is_empty()).await;
    // A stranger makes a room that everybody may read, asks both to come, and is gone as soon as the bot is there.
    let name = fresh("stranger");
    server.register(&name, PASSWORD).await;
    let token = server.token(&name, PASSWORD).await;
    let open = json!({ "type": "m.room.history_visibility", "content": { "history_visibility": "world_readable" } });
    let new = json!({ "preset": "private_chat", "invite": [anna.id, bot.home.id], "initial_state": [open] });
    let made = server.post("/_matrix/client/v3/createRoom", Some(&token), &new).await;
    let room = made["room_id"].as_str().unwrap();
    let of_the_bot = async || {
        let events = raw_events(server, &token, room).await;
        let of_the_bot = |event: &&Value| event["state_key"] == bot.home.id.as_str();
        let newest = events.iter().find(of_the_bot).map(|event| event["content"]["membership"].clone());
        newest.unwrap_or_default()
    };
    until_true("the bot comes", async || of_the_bot().await != "invite").await;
    server.post(&format!("/_matrix/client/v3/rooms/{room}/leave"), Some(&token), &json!({})).await;

    let again = anna.opens_a_chat(&bot.home.id).await;
    again.asks("menu", "Your status: Green").await;
    let spoken = BTreeSet::from([(anna.id.to_string(), Some(again.room.room_id().to_string()))]);
    assert_eq!(remembered(&bot.home).await, spoken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_of_several_is_told_so_and_left() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let boris = server.register(&fresh("boris"), PASSWORD).await;
    let new = json!({ "preset": "private_chat", "invite": [bot.home.id, boris] });
    let made = server.post("/_matrix/client/v3/createRoom", Some(&anna.token()), &new).await;
    let room = made["room_id"].as_str().unwrap();
    let said = async || {
        let events = raw_events(server, &anna.token(), room).await;
        let of_the_bot = events.into_iter().filter(|event| event["sender"] == bot.home.id.as_str());
        of_the_bot.collect::<Vec<Value>>()
    };
    until_true("it leaves", async || said().await.iter().any(|event| event["content"]["membership"] == "leave")).await;
    let said = said().await;
    let words: Vec<&Value> = said.iter().filter(|event| event["type"] == "m.room.message").collect();
    assert_eq!(words.len(), 1, "{said:?}");
    assert_eq!(words[0]["content"]["msgtype"], "m.notice");
    assert!(remembered(&bot.home).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_room_is_encrypted_where_the_bot_may() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = anna.opens(&bot.home.id, Kind::Plain).await;
    chat.is_joined_by_the_bot().await;
    until_true("the room is encrypted", async || chat.room.latest_encryption_state().await.unwrap().is_encrypted())
        .await;
    let page = chat.asks("start", "Please choose your language").await;
    assert!(page.encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_an_open_room_that_stays_open_it_serves_and_says_once_what_that_means() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = anna.opens(&bot.home.id, Kind::PlainForGood).await;
    chat.asks("start", "Please choose your language").await;
    chat.asks("English", "Welcome").await;
    let hints = || chat.of_the_bot().into_iter().filter(|message| message.kind() == "m.notice").count();
    until_true("it says that the room is open", async || hints() == 1).await;
    chat.asks("menu", "Your status").await;
    assert_eq!(hints(), 1, "{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_answers_everything_with_a_notice_makes_no_loop() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let robot = Person::on(server, "Robot").await;
    let chat = arrives(&robot, &bot.home.id, "English", "Welcome").await;
    for page in chat.of_the_bot() {
        chat.sends(json!({ "msgtype": "m.notice", "body": format!("menu? {}", page.body()) })).await;
    }
    chat.sends(json!({ "msgtype": "m.notice", "body": "menu" })).await;
    let mut edit = json!({ "msgtype": "m.notice", "body": "* menu" });
    edit["m.new_content"] = json!({ "msgtype": "m.notice", "body": "menu" });
    edit["m.relates_to"] = json!({ "rel_type": "m.replace", "event_id": chat.says("profile").await });
    chat.sends(edit).await;
    chat.reacts(&chat.of_the_bot()[0].id, "1️⃣").await;
    chat.sees("My profile").await;
    // Whatever was sent before this has been heard when this is answered.
    chat.asks("help", "").await;
    assert_eq!(chat.of_the_bot().len(), 4, "{}", chat.transcript());
}
