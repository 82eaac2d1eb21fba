//! `exodus check`: whether the bot could run as it is configured, and what to mend when it could not.

use std::path::Path;

use super::config::Config;
use super::run::{NO_MESSENGER, missing_parts};
use super::{output, time_zones};
use crate::store;
use exodus_engine::conversation::Clock as _;
use exodus_engine::host::{Line, SystemClock};

/// Looks at everything, prints one line for each thing, and says whether all of it is well.
pub async fn check(file: Option<&Path>) -> bool {
    let zones = time_zones::take_newest();
    let (lines, warnings) = look(file).await;
    match zones.to_mend(SystemClock.now()) {
        None => output::say(format_args!("✓ time zones: {zones}")),
        Some(mend) => output::say(format_args!("! time zones: {mend}")),
    }
    for (what, found) in &lines {
        match found {
            Ok(found) => output::say(format_args!("✓ {what}: {found}")),
            Err(mend) => output::say(format_args!("✗ {what}: {mend}")),
        }
    }
    for warning in warnings {
        output::say(format_args!("! {warning}"));
    }
    lines.iter().all(|(_, found)| found.is_ok())
}

/// What was found, and what does no harm yet.
async fn look(file: Option<&Path>) -> (Vec<Line>, Vec<String>) {
    let config = match Config::load(file) {
        Ok(config) => config,
        Err(error) => return (error.0.into_iter().map(|fault| ("configuration", Err(fault))).collect(), Vec::new()),
    };
    let mut lines: Vec<Line> =
        missing_parts(&config).into_iter().map(|missing| ("configuration", Err(missing))).collect();
    if lines.is_empty() {
        let (zone, currency) = (&config.own.time_zone, &config.own.currency.0);
        lines.push(("configuration", Ok(format!("months in {zone}, sums in {currency}"))));
    }
    lines.extend(config.check(store::STEPS).await);
    if config.messengers.is_empty() {
        lines.push(("messengers", Err(NO_MESSENGER.to_owned())));
    }
    (lines, config.warnings())
}
