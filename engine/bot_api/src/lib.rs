//! A Telegram Bot API server for tests and benchmarks.
//!
//! It takes the requests of a real bot over HTTP, checks what Telegram checks, and answers with
//! Telegram's own words, so that a bot that lives here lives there. The people who talk to the bot
//! are played by the test:
//!
//! ```no_run
//! # async fn story() {
//! let api = bot_api::BotApi::start("42:secret").await;
//! // ... start the bot with `api.url()` and "42:secret" ...
//! let anna = api.user(1).named("Anna").lang("ru");
//! anna.start(None);
//! anna.sees("Привет").await;
//! anna.presses("Русский");
//! api.settled().await;
//! assert!(api.violations().is_empty());
//! # }
//! ```
//!
//! Every call is held against the public description of Bot API 10.1 (`description/10.1.txt`): a method, parameter, field or
//! type that is not in it is a violation, also where Telegram would pass it over.
//!
//! To add a method: a variant in [`methods::Method`], a function beside its kin under `methods/`,
//! and a line in its table of names.
//!
//! Being a tool of tests, the calls that play a person panic when the test asks for something
//! impossible (a button that is not there), and say what the person saw instead.

#![allow(clippy::disallowed_methods, reason = "a server for real bots keeps real time: it paces, waits and measures")]

mod bot_api;
mod description;
pub mod driver;
mod faults;
mod group;
mod group_chat;
mod history;
mod inline;
mod keyboard;
mod message;
mod methods;
mod pace;
mod params;
mod person;
mod press;
mod queue;
mod refusal;
mod seen;
mod server;
mod settings;
mod shared;
mod telegram;
mod text;
mod user;
mod webhook;
mod wire;

pub use bot_api::BotApi;
pub use faults::{Fault, FaultRule};
pub use group_chat::GroupChat;
pub use inline::{Card, Question};
pub use keyboard::Button;
pub use message::{ChatMessage, Document, Photo};
pub use methods::Command;
pub use pace::{Pace, Rate};
pub use press::{Press, PressAnswer};
pub use refusal::{Refusal, RefusalKind};
pub use settings::Settings;
pub use text::Entity;
pub use user::User;
