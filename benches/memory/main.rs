//! The memory of the whole bot as it runs for a community in both messengers: `exodus run`, a process of its own, on
//! SQLite, with a Bot API server and a real Synapse.
//!
//! Measured are its memory when nobody is there, and while 200 members at once live the cycle of help in Telegram, new
//! ones again and again, until 100,000 turns are played: it may grow at first, and has to stop growing.
//!
//! `scripts/bench` does all that is needed around it.

#![recursion_limit = "256"]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a measure that fails has nothing to say")]
#![allow(dead_code, reason = "what it shares with the tests and with other measures does more for them")]

#[path = "../telegram/bot.rs"]
mod bot;
#[path = "../../tests/support/disk.rs"]
mod disk;
#[path = "../telegram/load.rs"]
mod load;
#[path = "../../tests/matrix/plain.rs"]
mod plain;
#[path = "../matrix/program.rs"]
mod program;
#[path = "../../tests/matrix/server.rs"]
mod server;
#[path = "../../tests/support/waiting.rs"]
mod waiting;

use std::time::Duration;

use bot::Bot;
use bot_api::{BotApi, Settings};
use exodus::store;
use load::Load;
use matrix_sdk::ruma::OwnedUserId;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use server::{Limits, Server};

const TOKEN: &str = "42:TEST";

const TURNS: u64 = 100_000;

/// So often it is looked at.
const EVERY: u64 = 20_000;

/// Longer than so many turns take, in seconds.
const LONG: &str = "3600";

/// After its start it takes a breath.
const BREATH: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let server = Server::start(Limits::Off).await;
    let id: OwnedUserId = server.register("exodus", program::PASSWORD).await.try_into()?;
    let dir = tempfile::tempdir()?;
    let in_both = |telegram: &str| {
        let mut run = program::in_matrix(&server, &id, dir.path());
        run.env("EXODUS_TELEGRAM_TOKEN", TOKEN).env("EXODUS_TELEGRAM_API_URL", telegram);
        Bot::run(run)
    };
    println!("| turns | memory |\n|---:|---:|");

    let nobody = BotApi::launch(Settings::new(TOKEN)).await?;
    let bot = in_both(nobody.url())?;
    waiting::until_true("the bot has a device", async || !server.devices_of(id.as_str()).await.is_empty()).await;
    tokio::time::sleep(BREATH).await;
    println!("| none | {:.0} MB |", bot.megabytes("VmRSS")?);
    bot.stop()?;

    let load = Load::lasting(LONG)?;
    let bot = in_both(&load.url)?;
    let db = store::connect(&program::database_url(dir.path())).await?;
    for turns in (EVERY..=TURNS).step_by(EVERY as usize) {
        while played(&db).await? < turns {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        println!("| {turns} | {:.0} MB |", bot.megabytes("VmRSS")?);
    }
    println!("| at most | {:.0} MB |", bot.megabytes("VmHWM")?);
    load.breaks_off()?;
    db.close().await?;
    bot.stop()
}

/// How many updates have been played.
async fn played(db: &DatabaseConnection) -> anyhow::Result<u64> {
    Ok(store::seen_update::Entity::find().count(db).await?)
}
