//! The bot in Telegram: the real adapter, over HTTP, against a Bot API server that checks what Telegram checks.
#![cfg(feature = "telegram")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

#[path = "telegram/announcement.rs"]
mod announcement;
#[path = "telegram/bot.rs"]
mod bot;
#[path = "telegram/changed.rs"]
mod changed;
#[path = "telegram/cycle.rs"]
mod cycle;
#[path = "telegram/door.rs"]
mod door;
#[path = "telegram/examples.rs"]
mod examples;
#[path = "telegram/files.rs"]
mod files;
#[path = "telegram/groups.rs"]
mod groups;
#[path = "telegram/hanging.rs"]
mod hanging;
#[path = "telegram/lost.rs"]
mod lost;
#[path = "telegram/presses.rs"]
mod presses;
#[path = "telegram/reading.rs"]
mod reading;
#[path = "telegram/restored.rs"]
mod restored;
#[path = "telegram/sharing.rs"]
mod sharing;
#[path = "telegram/showing.rs"]
mod showing;
#[path = "telegram/signing_in.rs"]
mod signing_in;
#[path = "telegram/texts.rs"]
mod texts;
#[path = "telegram/topics.rs"]
mod topics;
#[path = "telegram/troubles.rs"]
mod troubles;
#[path = "telegram/writing.rs"]
mod writing;
