use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::{Watched, within_patience};
use crate::store;
use crate::store::outbox::Waiting;

/// The form in which [`all`] writes.
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What stands for the messenger of people who can't be reached at present.
const NONE: &str = "none";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Through {
    messenger: String,
}

/// All figures as text: what was counted since the start, and what waits now.
pub(super) async fn all(watched: &Watched) -> Result<String, std::fmt::Error> {
    let mut shown = Registry::with_prefix("exodus");
    shown.register("build", "Which release this is", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
    // Asked first, so that an error of the database is counted in what is shown.
    match waiting(watched).await {
        Some(waiting) => show_waiting(watched, waiting, &mut shown),
        None => watched.meters.database_error("metrics"),
    }
    watched.meters.register(&mut shown);
    let mut text = String::new();
    encode(&mut text, &shown)?;
    Ok(text)
}

async fn waiting(watched: &Watched) -> Option<Vec<Waiting>> {
    let (db, now) = (watched.db.clone(), watched.clock.now());
    within_patience(async move { store::outbox::by_messenger(&db, now).await }).await?.ok()
}

fn show_waiting(watched: &Watched, waiting: Vec<Waiting>, shown: &mut Registry) {
    let (rows, oldest): (Family<Through, Gauge>, Family<Through, Gauge>) = Default::default();
    let none = Through { messenger: NONE.to_owned() };
    // Those with nothing to wait for are shown too, so that a figure which falls to none is seen to.
    let known = watched.messengers.iter().map(|messenger| Through { messenger: messenger.name().to_owned() });
    for through in known.chain([none.clone()]) {
        rows.get_or_create(&through).set(0);
        oldest.get_or_create(&through).set(0);
    }
    let now = watched.clock.now();
    for waits in waiting {
        let through = waits.messenger.map_or(none.clone(), |messenger| Through { messenger });
        rows.get_or_create(&through).set(i64::try_from(waits.rows).unwrap_or(i64::MAX));
        let age = waits.due_since.map_or(0, |since| (now - since).num_seconds().max(0));
        oldest.get_or_create(&through).set(age);
    }
    let about = "Notices that wait, by messenger; none: for people who can't be reached at present";
    shown.register("outbox_waiting", about, rows);
    let about = "For how long the oldest of them could have been sent";
    shown.register_with_unit("outbox_oldest", about, Unit::Seconds, oldest);
}
