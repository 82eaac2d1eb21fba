//! What people got done: enough of each deed that the storm was one.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use exodus::store;
use exodus::store::outbox::Waiting;
use sea_orm::DatabaseConnection;

use crate::journal::Noted;
use crate::records;

const MOMENT: Duration = Duration::from_millis(500);

/// So many moments are waited at most.
pub const PATIENCE: usize = 240;

/// How often each of these must have happened at least, by the journal's names.
pub type Least = &'static [(&'static str, usize)];

/// Of 200 members.
pub const OF_MANY: Least = &[
    ("declared", 100),
    ("promised", 30),
    ("claimed", 20),
    ("confirmed", 10),
    ("not_received", 3),
    ("withdrawn", 5),
    ("carried_over", 5),
    ("lapsed", 5),
    ("went_overdue", 5),
];

/// Of 60 members.
pub const OF_FEW: Least = &[
    ("declared", 25),
    ("promised", 8),
    ("claimed", 5),
    ("confirmed", 3),
    ("withdrawn", 2),
    ("carried_over", 1),
    ("lapsed", 1),
    ("went_overdue", 1),
];

/// How often each thing happened.
pub fn counted(journal: &[Noted]) -> BTreeMap<&str, usize> {
    let mut times = BTreeMap::new();
    for noted in journal {
        *times.entry(noted.what.as_str()).or_default() += 1;
    }
    times
}

/// Waits until so much help was confirmed that the month's end has something to carry over.
pub async fn enough_is_confirmed(db: &DatabaseConnection, least: Least) {
    let confirmed: Vec<_> = least.iter().copied().filter(|(what, _)| *what == "confirmed").collect();
    enough_is_done(db, &confirmed).await;
}

/// Waits until that much was done: a machine that has a lot to do needs longer for it.
pub async fn enough_is_done(db: &DatabaseConnection, least: &[(&'static str, usize)]) {
    for _ in 0..PATIENCE {
        if too_few(&counted(&records::journal(db).await), least).is_empty() {
            return;
        }
        tokio::time::sleep(MOMENT).await;
    }
}

/// Waits until nothing that waits to be told has become due longer than a day ago: on a machine that has a lot to do it
/// would become too old to be told at all.
pub async fn nothing_old_waits(db: &DatabaseConnection, now: DateTime<Utc>) {
    let is_old = |waiting: &Waiting| waiting.due_since.is_some_and(|since| now - since > TimeDelta::days(1));
    for _ in 0..PATIENCE {
        if !store::outbox::by_messenger(db, now).await.unwrap().iter().any(is_old) {
            return;
        }
        tokio::time::sleep(MOMENT).await;
    }
}

/// What happened too seldom for anything to be shown by it.
pub fn too_few(counted: &BTreeMap<&str, usize>, least: &[(&'static str, usize)]) -> Vec<String> {
    let times = |what: &str| counted.get(what).copied().unwrap_or_default();
    let few = least.iter().filter(|(what, least)| times(what) < *least);
    few.map(|(what, least)| format!("{what} {} times, and at least {least} were expected", times(what))).collect()
}
