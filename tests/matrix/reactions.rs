//! Choosing by a tap: where the host has asked for it, a keycap under a page chooses what has that number there.

use matrix_sdk::ruma::EventId;

use crate::bot::{Bot, Home};
use crate::chat::Chat;
use crate::cycle::{arrives, raw_events};
use crate::heard::Message;
use crate::person::Person;
use crate::server::{Server, shared};
use crate::waiting::until_true;

/// The keycaps that the bot has put under this message, as the homeserver has them.
async fn keycaps(server: &Server, person: &Person, chat: &Chat, under: &EventId) -> Vec<String> {
    let events = raw_events(server, &person.token(), chat.room.room_id().as_str()).await;
    let taps = events.iter().filter(|event| event["type"] == "m.reaction" && event["sender"] != person.id.as_str());
    let relations = taps.map(|tap| &tap["content"]["m.relates_to"]).filter(|to| to["event_id"] == under.as_str());
    let mut keys: Vec<String> = relations.map(|to| to["key"].as_str().unwrap().to_owned()).collect();
    keys.sort();
    keys
}

/// Taps a keycap, and sees an answer that contains these words.
async fn taps(chat: &Chat, on: &Message, key: &str, answer: &str) -> Message {
    chat.reacts(&on.id, key).await;
    chat.sees(answer).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_chooses_on_the_page_it_is_under() {
    let server = shared().await;
    let mut home = Home::on(server).await;
    home.more = "reactions = true".to_owned();
    let mut bot = Bot::at(home);
    bot.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;
    let menu = chat.asks("меню", "Ваш статус: Зелёный").await;
    let all = ["1️⃣", "2️⃣", "3️⃣", "4️⃣"];
    until_true("the first choices can be tapped", async || keycaps(server, &anna, &chat, &menu.id).await == all).await;

    let profile = taps(&chat, &menu, "2️⃣", "Мой профиль").await;
    let status = taps(&chat, &profile, "1️⃣", "Ваш статус: Зелёный").await;
    let sum = taps(&chat, &status, "2️⃣", "Сколько вам нужно в месяц").await;
    assert_eq!(keycaps(server, &anna, &chat, &sum.id).await, [""; 0], "digits are the answer here");
    let sure = chat.asks("500", "каждый месяц. Всё верно").await;

    // After a restart the page still knows what its numbers mean.
    bot.stops().await.unwrap();
    bot.starts();
    taps(&chat, &sure, "1️⃣", "Ваше приглашение").await;
    // A tap says which page it is for: the same one again does nothing, and shows what came of it.
    let before = chat.count("Ваше приглашение");
    taps(&chat, &sure, "1\u{20e3}", "Теперь ваш статус").await;
    assert_eq!(chat.count("Ваше приглашение"), before + 1, "the page as it stands now:\n{}", chat.transcript());
    taps(&chat, &menu, "9️⃣", "Вот как обстоят дела сейчас").await;

    // These say nothing to the bot.
    let said = chat.of_the_bot().len();
    let hers = chat.says("меню").await;
    chat.sees("Ваш статус").await;
    chat.reacts(&hers, "1️⃣").await;
    chat.reacts(&menu.id, "👍").await;
    chat.asks("профиль", "Мой профиль").await;
    assert_eq!(chat.of_the_bot().len(), said + 2, "{}", chat.transcript());
    assert!(chat.of_the_bot().iter().all(|message| message.encrypted));
}
