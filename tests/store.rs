//! The store, on every kind of database: what it refuses, what two at once do to it, and what it adds up.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

#[path = "store/asking.rs"]
mod asking;
#[path = "store/claims.rs"]
mod claims;
#[path = "store/community.rs"]
mod community;
#[path = "store/connections.rs"]
mod connections;
#[path = "store/constraints.rs"]
mod constraints;
#[path = "store/copying.rs"]
mod copying;
#[path = "store/effort.rs"]
mod effort;
#[path = "store/guarantees.rs"]
mod guarantees;
#[path = "store/heard.rs"]
mod heard;
#[path = "store/helping.rs"]
mod helping;
#[path = "store/lists.rs"]
mod lists;
#[path = "store/many_chats.rs"]
mod many_chats;
#[path = "store/many_due.rs"]
mod many_due;
#[path = "store/many_waiting.rs"]
mod many_waiting;
#[path = "store/migrations.rs"]
mod migrations;
#[path = "store/much_told.rs"]
mod much_told;
#[path = "store/namesakes.rs"]
mod namesakes;
#[path = "store/network.rs"]
mod network;
#[path = "store/notifications.rs"]
mod notifications;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/parts.rs"]
mod parts;
#[path = "store/planning.rs"]
mod planning;
#[path = "store/rooms.rs"]
mod rooms;
#[path = "store/sessions.rs"]
mod sessions;
#[path = "store/star.rs"]
mod star;
#[path = "store/star_network.rs"]
mod star_network;
#[path = "store/star_trust.rs"]
mod star_trust;
#[path = "store/ties.rs"]
mod ties;
#[path = "store/words.rs"]
mod words;
