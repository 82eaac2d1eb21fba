//! Somebody who talks with the bot all the time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use exodus::screens::{Exodus, Reading, Settings};
use exodus_engine::conversation::{Caps, Engine, Heard, OsChance};
use exodus_engine::locale::Format;
use exodus_engine::testing::HandClock;
use sea_orm::DatabaseConnection;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::said::incoming;

/// A member who looks at their lists again and again, with a breath in between.
pub struct Visitor(JoinHandle<anyhow::Result<Vec<(Instant, Duration)>>>);

/// Between two turns: some forty a second, far more than a community of this size makes.
const BREATH: Duration = Duration::from_millis(20);

impl Visitor {
    pub fn comes(db: &DatabaseConnection, stop: CancellationToken) -> anyhow::Result<Visitor> {
        let locales = Arc::new(exodus::texts::locales(Format { currency: "EUR".to_owned() })?);
        let exodus = Exodus::new(Settings {
            rules: super::rules(),
            ways_in: Vec::new().into(),
            support_contact: None,
            locales: locales.clone(),
            reading: Reading::of(&locales),
        });
        let clock = Arc::new(HandClock::at(super::midnight()));
        let engine = Engine::new(Arc::new(exodus), db.clone(), locales, clock, Arc::new(OsChance));
        Ok(Visitor(tokio::spawn(async move {
            let mut waits = Vec::new();
            for turn in 1.. {
                if stop.is_cancelled() {
                    break;
                }
                let begun = Instant::now();
                let words = if turn % 2 == 0 { "/menu" } else { "1" };
                engine.turn("terminal", Caps::NUMBERED, &incoming("2", turn, Heard::Text(words.to_owned()))).await?;
                waits.push((begun, begun.elapsed()));
                tokio::time::sleep(BREATH).await;
            }
            Ok(waits)
        })))
    }

    /// How long each turn took that began since then.
    pub async fn leaves(self, since: Instant) -> anyhow::Result<Vec<Duration>> {
        let waits = self.0.await??;
        let waits: Vec<Duration> =
            waits.into_iter().filter(|(begun, _)| *begun >= since).map(|(_, took)| took).collect();
        anyhow::ensure!(!waits.is_empty(), "nobody came");
        Ok(waits)
    }
}
