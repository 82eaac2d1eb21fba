//! The bot in a browser: the whole of it as `exodus run` runs it, over HTTP, beside a chat in Telegram. What a browser would do
//! without any script is done here: pages are read, forms are filled in and sent, and nothing else is known of them.
#![cfg(all(feature = "telegram", feature = "web"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "web/browser.rs"]
mod browser;
#[path = "web/cycle.rs"]
mod cycle;
#[path = "web/eyes.rs"]
mod eyes;
#[path = "web/forged.rs"]
mod forged;
#[path = "support/forged.rs"]
mod forged_presses;
#[path = "web/html.rs"]
mod html;
#[path = "web/invites.rs"]
mod invites;
#[path = "web/leaving.rs"]
mod leaving;
#[path = "web/looks.rs"]
mod looks;
#[path = "web/notices.rs"]
mod notices;
#[path = "web/others.rs"]
mod others;
#[path = "web/pictures.rs"]
mod pictures;
#[path = "web/program.rs"]
mod program;
#[path = "web/programs.rs"]
mod programs;
#[path = "web/signing_in.rs"]
mod signing_in;
#[path = "web/stale.rs"]
mod stale;
#[path = "web/strangers.rs"]
mod strangers;
#[path = "web/town.rs"]
mod town;
