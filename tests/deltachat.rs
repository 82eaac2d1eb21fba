//! The bot in Delta Chat: the real adapter and the real program, against a real mail server, with people who use the same
//! program as their apps do.
//!
//! `scripts/test --test deltachat` installs what these tests need (`scripts/mailserver`) and says where it is.
#![cfg(feature = "deltachat")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "deltachat/bot.rs"]
mod bot;
#[path = "deltachat/chat.rs"]
mod chat;
#[path = "deltachat/checked.rs"]
mod checked;
#[path = "deltachat/cycle.rs"]
mod cycle;
#[path = "deltachat/described.rs"]
mod described;
#[path = "support/disk.rs"]
mod disk;
#[path = "deltachat/groups.rs"]
mod groups;
#[path = "deltachat/heard.rs"]
mod heard;
#[path = "deltachat/killed.rs"]
mod killed;
#[path = "deltachat/late.rs"]
mod late;
#[path = "deltachat/line.rs"]
mod line;
#[path = "deltachat/measured.rs"]
mod measured;
#[path = "deltachat/newcomers.rs"]
mod newcomers;
#[path = "deltachat/person.rs"]
mod person;
#[path = "deltachat/restored.rs"]
mod restored;
#[path = "deltachat/server.rs"]
mod server;
#[path = "deltachat/troubles.rs"]
mod troubles;
#[path = "support/waiting.rs"]
mod waiting;
