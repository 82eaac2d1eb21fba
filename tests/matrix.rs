//! The bot in Matrix: the real adapter against a real homeserver, with a second client that encrypts as people's do.
//!
//! `scripts/test --test matrix` installs the homeserver (Synapse) and sets what these tests need.
#![cfg(feature = "matrix")]
#![recursion_limit = "256"]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

// The one part that needs a second messenger.
#[cfg(feature = "telegram")]
#[path = "matrix/across.rs"]
mod across;
#[path = "matrix/announcement.rs"]
mod announcement;
#[path = "matrix/bot.rs"]
mod bot;
#[path = "matrix/chat.rs"]
mod chat;
#[path = "matrix/checked.rs"]
mod checked;
#[path = "matrix/cycle.rs"]
mod cycle;
#[path = "support/disk.rs"]
mod disk;
#[path = "matrix/edited.rs"]
mod edited;
#[path = "matrix/example.rs"]
mod example;
#[path = "matrix/foreign.rs"]
mod foreign;
#[path = "matrix/groups.rs"]
mod groups;
#[path = "matrix/heard.rs"]
mod heard;
#[path = "matrix/killed.rs"]
mod killed;
#[path = "matrix/line.rs"]
mod line;
#[path = "matrix/lives.rs"]
mod lives;
#[path = "matrix/lost.rs"]
mod lost;
#[path = "matrix/new_device.rs"]
mod new_device;
#[path = "matrix/person.rs"]
mod person;
#[path = "matrix/pictures.rs"]
mod pictures;
#[path = "matrix/plain.rs"]
mod plain;
#[path = "matrix/played.rs"]
mod played;
#[path = "matrix/reactions.rs"]
mod reactions;
#[path = "matrix/refused.rs"]
mod refused;
#[path = "matrix/rooms.rs"]
mod rooms;
#[path = "matrix/ruled.rs"]
mod ruled;
#[path = "matrix/script.rs"]
mod script;
#[path = "matrix/server.rs"]
mod server;
#[path = "matrix/stopped.rs"]
mod stopped;
#[path = "matrix/strange.rs"]
mod strange;
#[path = "matrix/threads.rs"]
mod threads;
#[path = "matrix/together.rs"]
mod together;
#[path = "matrix/unreadable.rs"]
mod unreadable;
#[path = "matrix/unspoken.rs"]
mod unspoken;
#[path = "matrix/upgraded.rs"]
mod upgraded;
#[path = "matrix/verified.rs"]
mod verified;
#[path = "support/waiting.rs"]
mod waiting;
#[path = "matrix/watched.rs"]
mod watched;
