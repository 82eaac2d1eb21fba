//! The engine's examples in Telegram: what their first lines tell is what people see.

use std::collections::HashMap;
use std::sync::Arc;

use exodus_engine::conversation::Bot;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::messengers::telegram::{Settings, Telegram};
use exodus_engine::testing::bot_api::{BotApi, User};
use exodus_engine::testing::{ChatStep, Running, chat_of, chat_steps};

use crate::bot::TOKEN;

#[path = "../../engine/examples/greeter.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod greeter;
#[path = "../../engine/examples/guestbook.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod guestbook;
#[path = "../../engine/examples/reminder.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod reminder;

async fn goes_as_told<B: Bot>(example: &str, words: &str, bot: B) {
    let api = BotApi::start(TOKEN).await;
    let settings = Settings { api_url: Some(api.url().parse().unwrap()), ..Settings::new(TOKEN.to_owned()) };
    let telegram = Telegram::new(settings).unwrap();
    let locales = Locales::from_texts(&[("en", words)], Format::default()).unwrap();
    let bot = Running::start(bot, locales, async |_| Arc::new(telegram) as _).await.unwrap();
    let mut people: HashMap<String, User> = HashMap::new();
    for step in chat_steps(&chat_of(example)).unwrap() {
        match step {
            ChatStep::Waits(by) => bot.waits(by),
            ChatStep::Sees { who, paragraphs } => {
                for paragraph in paragraphs {
                    people[&who].sees(&paragraph).await;
                }
            }
            ChatStep::Says { who, words } => {
                let id = 101 + i64::try_from(people.len()).unwrap();
                let person = people.entry(who.clone()).or_insert_with(|| api.user(id).named(&name(&who)).lang("en"));
                does(person, &words).await;
            }
        }
    }
    assert!(api.violations().is_empty(), "{:?}", api.violations());
    bot.stop().await.unwrap();
}

/// Presses what is called so, and else writes it. Where there are buttons, no number stands behind them.
async fn does(person: &User, words: &str) {
    let label = words.split(" № ").next().unwrap_or(words).to_lowercase();
    let messages = person.messages();
    let buttons = messages.iter().rev().flat_map(|message| message.rows.iter().flatten());
    let found = buttons.map(|button| button.text.clone()).find(|text| text.to_lowercase().contains(&label));
    match found {
        _ if words == "start" => person.start(None),
        Some(text) => person.reads_and_presses(&text).await,
        None => person.writes(words),
    };
}

/// As the messenger knows them.
fn name(who: &str) -> String {
    let mut letters = who.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_greeter_goes_as_told() {
    goes_as_told(include_str!("../../engine/examples/greeter.rs"), greeter::WORDS, greeter::greeter()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guestbook_goes_as_told() {
    goes_as_told(include_str!("../../engine/examples/guestbook.rs"), guestbook::WORDS, guestbook::guestbook()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reminder_goes_as_told() {
    goes_as_told(include_str!("../../engine/examples/reminder.rs"), reminder::WORDS, reminder::reminder()).await;
}
