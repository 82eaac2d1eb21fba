//! The engine's examples in encrypted rooms: what their first lines tell is what people see.

use std::collections::HashMap;
use std::sync::Arc;

use exodus_engine::conversation::Bot;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::messengers::matrix::Matrix;
use exodus_engine::store::matrix::Memory;
use exodus_engine::testing::{ChatStep, Running, chat_of, chat_steps};

use crate::bot::Home;
use crate::person::Person;
use crate::server::shared;

#[path = "../../engine/examples/greeter.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod greeter;
#[path = "../../engine/examples/reminder.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod reminder;

async fn goes_as_told<B: Bot>(example: &str, words: &str, bot: B) {
    let server = shared().await;
    let home = Home::on(server).await;
    let settings = home.settings();
    let memory = Memory::new(home.database().await);
    let locales = Locales::from_texts(&[("en", words)], Format::default()).unwrap();
    let bot =
        Running::start(bot, locales, async |clock| Arc::new(Matrix::new(settings, memory, clock)) as _).await.unwrap();
    home.can_be_written_to(server).await;

    let mut chats = HashMap::new();
    for step in chat_steps(&chat_of(example)).unwrap() {
        match step {
            ChatStep::Waits(by) => bot.waits(by),
            ChatStep::Says { who, words } => {
                if !chats.contains_key(&who) {
                    let person = Person::on(server, &who).await;
                    let chat = person.opens_a_chat(&home.id).await;
                    chats.insert(who.clone(), (person, chat));
                }
                chats[&who].1.says(&words).await;
            }
            ChatStep::Sees { who, paragraphs } => {
                chats[&who].1.sees(&paragraphs.join("\n\n")).await;
            }
        }
    }
    bot.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_greeter_goes_as_told() {
    goes_as_told(include_str!("../../engine/examples/greeter.rs"), greeter::WORDS, greeter::greeter()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reminder_goes_as_told() {
    goes_as_told(include_str!("../../engine/examples/reminder.rs"), reminder::WORDS, reminder::reminder()).await;
}
