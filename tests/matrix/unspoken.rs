//! Rooms that are somebody's and in which the bot may not speak any more: another one is made, and they are invited.

use serde_json::json;

use crate::bot::{Bot, nobody_is_untold};
use crate::cycle::asks_for_help;
use crate::person::{Kind, Person};
use crate::server::shared;
use crate::waiting::until_true;

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_may_not_speak_it_makes_another_room_and_what_waits_is_told_there() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let (anna, boris) = tokio::join!(Person::on(server, "Анна"), Person::on(server, "Boris"));
    let old = anna.opens(&bot.home.id, Kind::EncryptedForGood).await;
    old.sees("Please choose your language").await;
    old.asks("2", "Добро пожаловать").await;
    let token = asks_for_help(&old).await;
    let path = format!("/_matrix/client/v3/rooms/{}/state/m.room.power_levels", old.room.room_id());
    let mut levels = server.get(&path, &anna.token()).await;
    levels["events_default"] = json!(50);
    server.put(&path, &anna.token(), &levels).await;

    let chat = boris.opens_a_chat(&bot.home.id).await;
    chat.sees("Please choose your language").await;
    chat.asks(&format!("start {token}"), "Please choose your language").await;
    chat.asks("English", "Would you like to help").await;
    chat.asks("yes", "How much are you willing").await;
    chat.asks("50", "Your intention: help").await;
    chat.asks("1", "Thank you for your intention").await;

    let new = anna.joins_the_next_invite(&bot.home.id).await;
    old.is_left_by_the_bot().await;
    let told = new.sees("Boris хочет помочь вам: 50").await;
    assert!(told.encrypted);
    // The first word is the page that is open.
    new.sees("Ваше приглашение").await;
    new.asks("меню", "Ваш статус").await;
    nobody_is_untold(&bot.home.database().await).await;
    until_true("one new room is enough", async || anna.client.invited_rooms().is_empty()).await;
}
