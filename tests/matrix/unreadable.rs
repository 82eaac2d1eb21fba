//! Messages whose keys have not come: their sender is told once, and when the keys come, each is handled once. Where a key
//! never comes, the room heals, or another takes its place.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use exodus::store::matrix::{Memory, Undecrypted};
use exodus_engine::conversation::Clock;
use exodus_engine::host::SystemClock;
use matrix_sdk::ruma::events::room::history_visibility::HistoryVisibility;

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::chat::Chat;
use crate::cycle::arrives;
use crate::line::Line;
use crate::person::{Kind, Person};
use crate::server::{Server, shared};
use crate::waiting::{until, until_true};

const HINT: &str = "Если это не поможет, я приглашу вас в новый чат";
const INVITED: &str = "примите, пожалуйста, приглашение";
const KEYS: &str = "/sendToDevice/m.room.encrypted";

/// The real time, and so many seconds later as the test wants it to be.
#[derive(Default)]
pub struct MovedClock(AtomicI64);

impl MovedClock {
    pub fn moves_on(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::seconds(self.0.load(Ordering::SeqCst))
    }
}

/// What the bot has noted as what it can't read.
pub struct Noted(Memory);

impl Noted {
    pub async fn by(bot: &Bot) -> Noted {
        Noted(Memory::new(bot.home.database().await))
    }

    async fn about(&self, event: &str) -> Option<Undecrypted> {
        self.0.undecrypted().await.unwrap().into_iter().find(|message| message.event_id == event)
    }

    /// Whether it has noted this message by now.
    pub async fn is_about(&self, event: &str) -> bool {
        self.about(event).await.is_some()
    }

    /// Waits until it has noted this message.
    pub async fn has(&self, event: &str) -> Undecrypted {
        until("it is noted", async || self.about(event).await).await
    }

    /// Waits until its sender was asked to send it again, or was asked lately.
    pub async fn is_dealt_with(&self, event: &str) {
        let dealt_with = async || self.about(event).await.is_some_and(|message| message.hinted_at.is_some());
        until_true("it is dealt with", dealt_with).await;
    }

    async fn is_empty(&self) {
        until_true("all is read", async || self.0.undecrypted().await.unwrap().is_empty()).await;
    }
}

/// Says something whose key does not come.
async fn says_secretly(chat: &Chat, line: &Line, words: &str) -> String {
    line.holds(KEYS);
    chat.room.discard_room_key().await.unwrap();
    let event = chat.says(words).await;
    line.passes_all();
    event.to_string()
}

/// Says something whose key is lost for good, and waits until the bot has done what it can about it.
async fn says_in_vain(chat: &Chat, line: &Line, noted: &Noted, clock: &MovedClock, words: &str) {
    line.loses(KEYS);
    chat.room.discard_room_key().await.unwrap();
    let event = chat.says(words).await;
    line.passes_all();
    noted.has(event.as_str()).await;
    clock.moves_on(TimeDelta::seconds(60));
    noted.is_dealt_with(event.as_str()).await;
    // Nobody answers within the same second, by which the bot counts.
    clock.moves_on(TimeDelta::seconds(1));
}

/// A bot whose time the test makes, and somebody behind a line.
async fn apart(server: &Server, clock: &Arc<MovedClock>) -> (Bot, Noted, Line, Person) {
    let bot = Bot::by(clock.clone(), Home::on(server).await);
    bot.home.can_be_written_to(server).await;
    let line = Line::to(server).await;
    let anna = Person::behind(server, &line.url(), "Анна").await;
    let noted = Noted::by(&bot).await;
    (bot, noted, line, anna)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_can_not_be_read_is_told_once_an_hour_and_is_understood_when_the_key_comes() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let (mut bot, noted, line, anna) = apart(server, &clock).await;
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;

    let first = says_secretly(&chat, &line, "профиль").await;
    let message = noted.has(&first).await;
    assert_eq!((message.sender.as_str(), message.hinted_at), (anna.id.as_str(), None));
    assert_eq!(chat.count(HINT), 0, "the key may still come");
    // Encrypted with the same key as the first.
    let second = chat.says("статус").await;
    noted.has(second.as_str()).await;
    clock.moves_on(TimeDelta::seconds(60));
    let hint = chat.sees(HINT).await;
    assert!(hint.encrypted && hint.kind() == "m.text", "{hint:?}");

    noted.is_dealt_with(second.as_str()).await;

    line.releases().await;
    // From the profile alone one comes there; what waited together has one page.
    chat.sees("Вы можете помогать, а вам самим").await;
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
    for (words, answers) in [("Сколько вам нужно в месяц", 1), ("каждый месяц. Всё верно", 1), (HINT, 2)]
    {
        assert_eq!(chat.count(words), answers, "{words}:\n{}", chat.transcript());
    }
    bot.stops().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_whose_key_is_lost_for_good_is_renewed_and_what_is_sent_again_can_be_read() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let (bot, noted, line, anna) = apart(server, &clock).await;
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;
    assert_eq!(chat.room.history_visibility_or_default(), HistoryVisibility::Shared);

    says_in_vain(&chat, &line, &noted, &clock, "профиль").await;
    chat.sees(HINT).await;
    assert_eq!(chat.room.history_visibility_or_default(), HistoryVisibility::Invited);
    chat.asks("профиль", "Мой профиль").await;

    // Another one within the hour: nobody is asked again, but it heals.
    says_in_vain(&chat, &line, &noted, &clock, "статус").await;
    until_true("it heals", async || chat.room.history_visibility_or_default() == HistoryVisibility::Joined).await;
    chat.asks("статус", "Ваш статус: Зелёный").await;
    chat.asks("меню", "Ваш статус").await;
    assert_eq!(chat.count(HINT), 1, "{}", chat.transcript());
    assert_eq!(chat.count(INVITED), 0, "{}", chat.transcript());
    assert_eq!(chat.membership_of_the_bot().await, "join");
    assert!(anna.client.invited_rooms().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_may_not_renew_a_room_it_invites_to_a_new_one_and_goes_on_there() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let (bot, noted, line, anna) = apart(server, &clock).await;
    let old = anna.opens(&bot.home.id, Kind::EncryptedForGood).await;
    old.sees("Please choose your language").await;
    old.asks("2", "Добро пожаловать").await;

    says_in_vain(&old, &line, &noted, &clock, "профиль").await;
    old.sees(INVITED).await;
    until_true("she is invited", async || anna.client.invited_rooms().len() == 1).await;
    // Until she comes, all stays as it is.
    assert_eq!(old.membership_of_the_bot().await, "join");
    old.room.discard_room_key().await.unwrap();
    old.asks("меню", "Ваш статус: Зелёный").await;

    let new = anna.joins_the_next_invite(&bot.home.id).await;
    old.is_left_by_the_bot().await;
    let page = new.asks("профиль", "Мой профиль").await;
    assert!(page.encrypted);
    new.asks("меню", "Ваш статус").await;
    assert_eq!(old.count(HINT), 0, "{}", old.transcript());
    assert_eq!(old.count(INVITED), 1, "{}", old.transcript());
    assert!(anna.client.invited_rooms().is_empty(), "one new room is enough");
    nobody_is_untold(&bot.home.database().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_on_with_a_lost_key_is_invited_to_a_new_room_also_by_a_bot_that_was_off_meanwhile() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let (mut bot, noted, line, anna) = apart(server, &clock).await;
    let old = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;
    says_in_vain(&old, &line, &noted, &clock, "профиль").await;
    old.sees(HINT).await;
    bot.stops().await.unwrap();
    bot.starts();

    // What her client would not do by itself: it takes the renewal back before it writes.
    let shared = old.room.privacy_settings();
    shared.update_room_history_visibility(HistoryVisibility::Shared).await.unwrap();
    let seen = async || old.room.history_visibility_or_default() == HistoryVisibility::Shared;
    until_true("her client knows", seen).await;
    let event = old.says("профиль").await;
    noted.has(event.as_str()).await;
    clock.moves_on(TimeDelta::seconds(60));
    old.sees(INVITED).await;
    let new = anna.joins_the_next_invite(&bot.home.id).await;
    new.asks("профиль", "Мой профиль").await;
    old.is_left_by_the_bot().await;
}
