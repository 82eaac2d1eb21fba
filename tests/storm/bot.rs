//! This program as the bot: `exodus run` by a clock that is moved by so many seconds.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use exodus::app::config::Config;
use exodus::app::run;
use exodus_engine::conversation::Clock;
use exodus_engine::host::SystemClock;
use exodus_engine::host::logs;
use tokio_util::sync::CancellationToken;

/// The word that makes this program the bot; behind it stands how far its clock is moved.
pub const WORD: &str = "be-the-bot";

/// By how many seconds the clock is moved, if the bot is meant.
pub fn is_meant(words: &[String]) -> Option<i64> {
    match words {
        [word, moved_by] if word == WORD => Some(moved_by.parse().unwrap()),
        _ => None,
    }
}

struct Moved(TimeDelta);

impl Clock for Moved {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.0
    }
}

/// Runs until nobody holds the other end of its standard input any more: so it never outlives the test.
pub async fn runs(moved_by: i64) {
    logs::start(logs::RUNNING).unwrap();
    let stop = CancellationToken::new();
    let told = stop.clone();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        told.cancel();
    });
    let clock = Arc::new(Moved(TimeDelta::seconds(moved_by)));
    run::until_by(clock, Config::load(None).unwrap(), stop).await.unwrap();
}
