//! Anna asks, Boris helps: the whole cycle, in both languages, in encrypted rooms.

use matrix_sdk::ruma::{RoomVersionId, UserId};
use serde_json::Value;

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::chat::Chat;
use crate::person::Person;
use crate::server::{Server, shared};

/// Somebody has come, chosen their language and stands in the main menu.
pub async fn arrives(person: &Person, bot: &UserId, language: &str, welcome: &str) -> Chat {
    let chat = person.opens_a_chat(bot).await;
    chat.sees("Please choose your language").await;
    chat.asks(language, welcome).await;
    chat
}

/// The same in a room of this version.
pub async fn arrives_in(person: &Person, bot: &UserId, version: &RoomVersionId, language: &str, welcome: &str) -> Chat {
    let chat = person.opens_in(bot, version).await;
    chat.sees("Please choose your language").await;
    chat.asks(language, welcome).await;
    chat
}

/// The word of the newest invite in this chat.
pub fn invite_in(text: &str) -> String {
    let token = text.split("start ").nth(1).unwrap_or_else(|| panic!("no invite in {text:?}"));
    token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

/// Anna needs 500 a month: from the main menu to the word of her invite.
pub async fn asks_for_help(anna: &Chat) -> String {
    anna.asks("Профиль", "Мой профиль").await;
    anna.asks("статус", "Ваш статус: Зелёный").await;
    anna.asks("Нужна ежемесячная помощь", "Сколько вам нужно в месяц").await;
    anna.asks("500", "каждый месяц. Всё верно").await;
    let invited = anna.asks("1️⃣", "Ваше приглашение").await;
    invite_in(invited.body())
}

/// What is typed to take this choice of a notice: its words and the notice's number, which is drawn.
fn choice_in(notice: &str, words: &str) -> String {
    let line = notice.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words} in {notice:?}"));
    let (_, number) = line.rsplit_once(' ').unwrap();
    format!("{words} {number}")
}

/// All that the homeserver has of what was sent in a room, as it has it.
pub async fn raw_events(server: &Server, token: &str, room: &str) -> Vec<Value> {
    let path = format!("/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=1000");
    server.get(&path, token).await["chunk"].as_array().unwrap().clone()
}

/// Whether these are only tags that every client shows.
fn all_clients_show(html: &str) -> bool {
    const TAGS: [&str; 4] = ["strong", "em", "code", "br"];
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ', '/']).find(|name| !name.is_empty()));
    tags.into_iter().all(|tag| TAGS.contains(&tag))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_in_encrypted_rooms() {
    let server = shared().await;
    let mut bot = Bot::at(Home::on(server).await);
    bot.home.can_be_written_to(server).await;
    let id = bot.home.id.clone();
    let (anna, boris) = tokio::join!(Person::on(server, "Анна"), Person::on(server, "Boris"));
    let anna_chat = arrives(&anna, &id, "2", "Добро пожаловать").await;
    let token = asks_for_help(&anna_chat).await;

    let boris_chat = boris.opens_a_chat(&id).await;
    boris_chat.says(&format!("start {token}")).await;
    boris_chat.sees("Please choose your language").await;
    boris_chat.asks("English", "Would you like to help Анна?").await;
    boris_chat.asks("yes", "How much are you willing").await;
    boris_chat.asks("120,50", "Your intention: help Анна with €120.50").await;
    boris_chat.asks("1.", "Анна has been told").await;

    let notice = anna_chat.sees("Boris хочет помочь вам: 120,50").await;
    anna_chat.replies(&notice.id, "попросить пообещать").await;
    anna_chat.sees("получит просьбу").await;
    // The page that Boris has open has such a choice too, so the notice's goes by its number.
    let asked = boris_chat.sees("asks you to promise").await;
    boris_chat.asks(&choice_in(asked.body(), "Promise"), "You have promised").await;
    anna_chat.sees("теперь обещает помочь вам").await;
    boris_chat.asks("done", "Marked as done").await;
    anna_chat.sees("Она дошла?").await;
    anna_chat.asks("не получено", "Сообщить, что помощь до вас не дошла").await;
    anna_chat.asks("да", "Теперь это обещание").await;
    boris_chat.sees("has not arrived yet").await;

    // Both get to it by their lists.
    anna_chat.asks("!меню", "Ваш статус").await;
    anna_chat.asks("органайзер", "ваша помощь другим и помощь вам").await;
    anna_chat.asks("мне помогают", "Помощь вам: 120,50").await;
    boris_chat.asks("menu", "Your status").await;
    boris_chat.asks("organizer", "all the help you give and get").await;
    boris_chat.asks("my help", "When you have helped, choose “Done”").await;

    boris_chat.asks("done", "Marked as done").await;
    anna_chat.sees("Она дошла?").await;
    anna_chat.asks("подтвердить", "120,50").await;
    boris_chat.sees("confirms that they received €120.50").await;
    anna_chat.asks("меню", "Ваш статус").await;
    anna_chat.asks("профиль", "Недостаёт: 379,50").await;

    nobody_is_untold(&bot.home.database().await).await;
    for (person, chat) in [(&anna, &anna_chat), (&boris, &boris_chat)] {
        for message in chat.of_the_bot() {
            assert!(message.encrypted, "{message:?}");
            assert_eq!(message.kind(), "m.text", "{message:?}");
            assert!(message.formatted().is_none_or(all_clients_show), "{message:?}");
            assert_eq!(message.content.as_ref().unwrap()["m.mentions"], serde_json::json!({}), "{message:?}");
        }
        let events = raw_events(server, &person.token(), chat.room.room_id().as_str()).await;
        let of_the_bot = events.iter().filter(|event| event["sender"] == id.as_str() && event["state_key"].is_null());
        let kinds: Vec<&str> = of_the_bot.map(|event| event["type"].as_str().unwrap()).collect();
        assert_eq!(kinds.len(), chat.of_the_bot().len());
        assert!(kinds.iter().all(|kind| *kind == "m.room.encrypted"), "{kinds:?}");
    }
    bot.stops().await.unwrap();
}
