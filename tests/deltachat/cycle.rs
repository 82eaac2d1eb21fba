//! Anna asks, Boris helps: the whole cycle, in both languages, in encrypted chats.

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::chat::Chat;
use crate::person::Person;
use crate::server::shared;

/// Somebody has come by the bot's link, chosen their language and stands in the main menu.
pub async fn arrives(person: &Person, link: &str, language: &str, welcome: &str) -> Chat {
    let chat = person.joins(link).await;
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
    let invited = anna.asks("1", "Ваше приглашение").await;
    invite_in(&invited.text)
}

/// What is typed to take this choice of a notice: its words and the notice's number, which is drawn.
fn choice_in(notice: &str, words: &str) -> String {
    let line = notice.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words} in {notice:?}"));
    let (_, number) = line.rsplit_once(' ').unwrap();
    format!("{words} {number}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_in_encrypted_chats() {
    let server = shared();
    let mut bot = Bot::at(Home::on(server));
    let (anna, boris) = tokio::join!(Person::on(server, "Анна"), Person::on(server, "Boris"));
    let link = bot.home.link().await;
    let anna_chat = arrives(&anna, &link, "2", "Добро пожаловать").await;
    let token = asks_for_help(&anna_chat).await;

    let boris_chat = boris.joins(&link).await;
    boris_chat.sees("Please choose your language").await;
    boris_chat.asks(&format!("start {token}"), "Please choose your language").await;
    boris_chat.asks("English", "Would you like to help Анна?").await;
    boris_chat.asks("yes", "How much are you willing").await;
    boris_chat.asks("120,50", "Your intention: help Анна with €120.50").await;
    boris_chat.asks("1.", "Анна has been told").await;

    // A quote answers the notice that it is of.
    let notice = anna_chat.sees("Boris хочет помочь вам: 120,50").await;
    anna_chat.replies(notice.id, "попросить пообещать").await;
    anna_chat.sees("получит просьбу").await;
    // The page that Boris has open has such a choice too, so the notice's goes by its number.
    let asked = boris_chat.sees("asks you to promise").await;
    boris_chat.asks(&choice_in(&asked.text, "Promise"), "You have promised").await;
    anna_chat.sees("теперь обещает помочь вам").await;
    boris_chat.asks("done", "Marked as done").await;
    let claimed = anna_chat.sees("Она дошла?").await;
    anna_chat.replies(claimed.id, "подтвердить").await;
    anna_chat.sees("120,50").await;
    boris_chat.sees("confirms that they received €120.50").await;
    anna_chat.asks("меню", "Ваш статус").await;
    anna_chat.asks("профиль", "Недостаёт: 379,50").await;

    nobody_is_untold(&bot.home.database().await).await;
    for message in anna_chat.messages().await.into_iter().chain(boris_chat.messages().await) {
        if message["isInfo"] == false {
            assert_eq!(message["showPadlock"], true, "{message}");
            assert_eq!(message["hasHtml"], false, "an app shows all of it: {message}");
        }
    }
    bot.stops().await;
}
