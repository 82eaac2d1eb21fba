//! The outbox worker: each notice arrives, in order, as often as it has to, and as fast as its messenger likes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that breaks off has said what it had to"
)]

mod support;

#[path = "outbox/currencies.rs"]
mod currencies;
#[path = "outbox/desk.rs"]
mod desk;
#[path = "outbox/faults.rs"]
mod faults;
#[path = "outbox/groups.rs"]
mod groups;
#[path = "outbox/lease.rs"]
mod lease;
#[path = "outbox/news.rs"]
mod news;
#[path = "outbox/pace.rs"]
mod pace;
#[path = "outbox/quiet.rs"]
mod quiet;
#[path = "outbox/refused.rs"]
mod refused;
#[path = "outbox/sending.rs"]
mod sending;
#[path = "outbox/ways.rs"]
mod ways;
