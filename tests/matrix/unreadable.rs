//! Messages whose keys have not come: their sender is told once, and when the keys come, each is handled once.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use exodus::app::clock::SystemClock;
use exodus::conversation::Clock;
use exodus::store::matrix::{Memory, Undecrypted};

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::chat::Chat;
use crate::cycle::arrives;
use crate::line::Line;
use crate::person::Person;
use crate::server::shared;
use crate::waiting::{until, until_true};

const HINT: &str = "Мне не удалось расшифровать";

/// The real time, and so many seconds later as the test wants it to be.
#[derive(Default)]
struct MovedClock(AtomicI64);

impl MovedClock {
    fn moves_on(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::seconds(self.0.load(Ordering::SeqCst))
    }
}

/// What the bot has noted as what it can't read.
struct Noted(Memory);

impl Noted {
    async fn about(&self, event: &str) -> Option<Undecrypted> {
        self.0.undecrypted().await.unwrap().into_iter().find(|message| message.event_id == event)
    }

    /// Waits until it has noted this message.
    async fn has(&self, event: &str) -> Undecrypted {
        until("it is noted", async || self.about(event).await).await
    }

    async fn is_empty(&self) {
        until_true("all is read", async || self.0.undecrypted().await.unwrap().is_empty()).await;
    }
}

/// Says something whose key does not come.
async fn says_secretly(chat: &Chat, line: &Line, words: &str) -> String {
    line.holds("/sendToDevice/m.room.encrypted");
    chat.room.discard_room_key().await.unwrap();
    let event = chat.says(words).await;
    line.passes_all();
    event.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_can_not_be_read_is_told_once_an_hour_and_is_understood_when_the_key_comes() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let mut bot = Bot::by(clock.clone(), Home::on(server).await);
    let noted = Noted(Memory::new(bot.home.database().await));
    bot.home.can_be_written_to(server).await;
    let line = Line::to(server).await;
    let anna = Person::behind(server, &line.url(), "Анна").await;
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;

    let first = says_secretly(&chat, &line, "профиль").await;
    let message = noted.has(&first).await;
    assert_eq!((message.sender.as_str(), message.hinted_at), (anna.id.as_str(), None));
    assert_eq!(chat.count(HINT), 0, "the key may still come");
    clock.moves_on(TimeDelta::seconds(60));
    let hint = chat.sees(HINT).await;
    assert!(hint.encrypted && hint.kind() == "m.text", "{hint:?}");

    // Encrypted with the same key as the first.
    let second = chat.says("статус").await;
    noted.has(second.as_str()).await;
    clock.moves_on(TimeDelta::seconds(60));
    until_true("the second is old enough", async || {
        noted.about(second.as_str()).await.is_some_and(|message| message.hinted_at.is_some())
    })
    .await;

    line.releases().await;
    chat.sees("Мой профиль").await;
    chat.sees("Ваш статус: Зелёный").await;
    noted.is_empty().await;
    assert_eq!(chat.count(HINT), 1, "once an hour:\n{}", chat.transcript());

    // The key comes while the bot is not there.
    clock.moves_on(TimeDelta::hours(1));
    let third = says_secretly(&chat, &line, "Нужна ежемесячная помощь").await;
    noted.has(&third).await;
    clock.moves_on(TimeDelta::seconds(60));
    chat.sees(HINT).await;
    bot.stops().await.unwrap();
    line.releases().await;
    bot.starts();
    chat.sees("Сколько вам нужно в месяц").await;
    chat.asks("500", "каждый месяц. Всё верно").await;
    noted.is_empty().await;

    nobody_is_untold(&bot.home.database().await).await;
    for (words, answers) in
        [("Мой профиль", 1), ("Сколько вам нужно в месяц", 1), ("каждый месяц. Всё верно", 1), (HINT, 2)]
    {
        assert_eq!(chat.count(words), answers, "{words}:\n{}", chat.transcript());
    }
    bot.stops().await.unwrap();
}
