//! Every notice has arrived: in Telegram at least once, in Matrix once.

use std::collections::{BTreeMap, HashMap};

use exodus::app::config::Config;
use exodus::conversation::{Caps, render_notice};
use exodus::notices;
use exodus::store::outbox;
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::explained::Who;

/// What everybody's client has shown, as it was sent: how often each text.
pub type Shown = HashMap<Who, HashMap<String, usize>>;

#[derive(Default)]
pub struct Arrivals {
    pub notices: usize,
    /// More often than once, in Telegram.
    pub doubles: usize,
    pub faults: Vec<String>,
}

/// Holds the outbox against what arrived.
pub async fn arrivals(db: &DatabaseConnection, accounts: &BTreeMap<i64, Who>, shown: &Shown) -> Arrivals {
    let config = Config::read("none", "", []).unwrap();
    let locales = config.locales().unwrap();
    let mut arrivals = Arrivals::default();
    let mut due: HashMap<(Who, String), usize> = HashMap::new();
    for row in outbox::Entity::find().all(db).await.unwrap() {
        arrivals.notices += 1;
        if row.sent_at.is_none() || row.failed_at.is_some() {
            arrivals.faults.push(format!("not sent: {row:?}"));
        }
        let who = accounts[&row.recipient_id].clone();
        let page = notices::page(&row.kind, &row.facts, row.about).unwrap();
        let caps = Caps { buttons: who.0 == "telegram", longest_text: 4096 };
        let text = render_notice(&locales, "en", caps, &page, row.id).text.plain();
        *due.entry((who, text.trim().to_owned())).or_default() += 1;
    }
    for ((who, text), times) in due {
        let came = shown.get(&who).and_then(|texts| texts.get(&text)).copied().unwrap_or_default();
        let more = came.saturating_sub(times);
        if who.0 == "telegram" {
            arrivals.doubles += more;
        }
        if came < times || (more > 0 && who.0 == "matrix") {
            arrivals.faults.push(format!("{who:?} was told {came} times and not {times} times: {text:?}"));
        }
    }
    arrivals
}
