//! A file in a chat: what is kept about somebody, their network as a picture, and what Telegram makes difficult about sending it.

use std::time::Duration;

use bot_api::{Fault, FaultRule, User};
use exodus::domain::MemberId;
use exodus::store;
use serde_json::Value;

use crate::bot::{Bot, Updates};

async fn asks_for_their_data(bot: &Bot) -> User {
    let anna = bot.api.user(101).named("Anna").lang("ru");
    anna.start(None);
    anna.presses_when_shown("Русский").await;
    anna.sees("Добро пожаловать").await;
    anna.presses_when_shown("Профиль").await;
    anna.presses_when_shown("Мои данные").await;
    anna.sees("файл JSON").await;
    anna.presses_when_shown("Прислать файл").await;
    anna
}

#[tokio::test(flavor = "multi_thread")]
async fn my_data_comes_as_a_document_with_its_page_below_it() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asks_for_their_data(&bot).await;
    let message = anna.sees("Вот всё, что о вас хранится").await;
    let document = message.document.clone().expect("a document");
    assert_eq!((document.file_name.as_str(), document.mime_type.as_str()), ("exodus-my-data.json", "application/json"));
    let data: Value = serde_json::from_str(&document.content).expect("JSON");
    assert_eq!(data["tables"]["member"][0]["name"], "Anna");
    assert_eq!(data["tables"]["account"][0]["address"], "101");
    assert!(message.button("Назад").is_some(), "{message}");
    // The file stays as it is: what comes next is a new message.
    anna.presses_when_shown("Меню").await;
    anna.sees("Ваш статус").await;
    let kept = anna.messages().into_iter().filter(|message| message.document.is_some()).count();
    assert_eq!((kept, bot.api.requests("sendDocument")), (1, 1));
    assert_eq!(bot.api.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pressed_under_a_file_is_answered_below_it_though_telegram_is_slow_to_say_that_it_was_sent() {
    let bot = Bot::start(Updates::Polled).await;
    bot.api.fault(FaultRule::new(Fault::AnswerLate(Duration::from_secs(2))).method("sendDocument"));
    let anna = asks_for_their_data(&bot).await;
    let file = anna.sees("Вот всё, что о вас хранится").await;
    anna.presses_on(file.id, "Меню");
    let menu = anna.sees("Ваш статус").await;
    assert!(menu.id > file.id, "{}", anna.transcript());
    let before: Vec<_> = anna.messages().into_iter().filter(|message| message.id < file.id).collect();
    assert!(before.iter().all(|message| !message.text.contains("Ваш статус")), "{}", anna.transcript());
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_telegram_puts_off_is_made_anew_and_sent_later() {
    let bot = Bot::start(Updates::Polled).await;
    bot.api.fault(FaultRule::new(Fault::RetryAfter(1)).method("sendDocument"));
    let anna = asks_for_their_data(&bot).await;
    let message = anna
        .wait_for(Duration::from_secs(90), |messages| {
            messages.iter().find(|message| message.document.is_some()).cloned()
        })
        .await
        .unwrap_or_else(|chat| panic!("no file:\n{chat}"));
    assert!(message.text.contains("Вот всё"), "{message}");
    assert_eq!(bot.api.violations(), []);
}

/// Two who are near each other; the first asks for the picture.
async fn asks_for_the_picture(bot: &Bot) -> User {
    let (anna, _boris) = (bot.member(101, "Anna").await, bot.member(102, "Boris").await);
    let now = "2026-11-03T12:00:00Z".parse().unwrap();
    store::guarantee::make(&bot.database().await, (MemberId::new(1), MemberId::new(2)), now).await.unwrap();
    anna.writes("/menu");
    for label in ["Members", "My network", "Picture of my network"] {
        anna.presses_when_shown(label).await;
    }
    anna
}

#[tokio::test(flavor = "multi_thread")]
async fn my_network_comes_as_a_picture_with_its_page_below_it() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asks_for_the_picture(&bot).await;
    let message = anna.sees("Your network as a picture").await;
    let photo = message.photo.clone().expect("a picture");
    assert_eq!(photo.size.0, 1280);
    assert!(photo.size.1 > 600 && photo.bytes.len() > 10_000, "{:?}, {} bytes", photo.size, photo.bytes.len());
    assert!(message.text.contains("In your near circle: 1; further on: 0") && message.document.is_none(), "{message}");
    // It stays as it is: what comes next is a new message.
    anna.presses_when_shown("Menu").await;
    anna.sees("Your status").await;
    assert_eq!((bot.api.requests("sendPhoto"), bot.api.requests("sendDocument")), (1, 0));
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_telegram_puts_off_is_painted_anew_and_sent_later() {
    let bot = Bot::start(Updates::Polled).await;
    bot.api.fault(FaultRule::new(Fault::RetryAfter(1)).method("sendPhoto"));
    let anna = asks_for_the_picture(&bot).await;
    let message = anna
        .wait_for(Duration::from_secs(90), |messages| messages.iter().find(|message| message.photo.is_some()).cloned())
        .await
        .unwrap_or_else(|chat| panic!("no picture:\n{chat}"));
    assert!(message.button("Back").is_some(), "{message}");
    assert_eq!(bot.api.violations(), []);
}
