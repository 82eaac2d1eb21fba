//! What is counted, for whoever watches over the bot. Nothing here tells of a person: labels name messengers, parts of
//! the program and reasons, never people, chats or words.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// By messenger.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Through {
    messenger: String,
}

/// By messenger, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    messenger: String,
    outcome: &'static str,
}

/// By reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Because {
    reason: String,
}

/// By the name of what was due.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Due {
    name: String,
}

/// Where a part of the program met an error of the database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Part {
    part: &'static str,
}

/// The figures of this process, counted since its start. A copy counts the same figures.
#[derive(Clone, Debug)]
pub struct Meters {
    turns: Family<Outcome, Counter>,
    turn_seconds: Family<Through, Histogram>,
    sent: Family<Through, Counter>,
    put_off: Family<Through, Counter>,
    failed: Family<Because, Counter>,
    fired: Family<Due, Counter>,
    fired_late_seconds: Family<Due, Histogram>,
    database_errors: Family<Part, Counter>,
}

impl Default for Meters {
    fn default() -> Meters {
        Meters {
            turns: Family::default(),
            turn_seconds: Family::new_with_constructor(turn_seconds),
            sent: Family::default(),
            put_off: Family::default(),
            failed: Family::default(),
            fired: Family::default(),
            fired_late_seconds: Family::new_with_constructor(late_seconds),
            database_errors: Family::default(),
        }
    }
}

/// A turn takes a few milliseconds; what takes a second is noticed.
fn turn_seconds() -> Histogram {
    Histogram::new([0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0])
}

/// What is due is done within seconds; after a time in which the bot did not run, within days.
fn late_seconds() -> Histogram {
    Histogram::new([1.0, 5.0, 15.0, 60.0, 300.0, 3600.0, 86_400.0])
}

impl Meters {
    /// Puts all of it among the figures that are shown.
    pub fn register(&self, shown: &mut Registry) {
        shown.register("turns", "Updates played, by what became of them: done, failed", self.turns.clone());
        let turn = "From an update to the end of its turn, after which its page is shown";
        shown.register_with_unit("turn", turn, Unit::Seconds, self.turn_seconds.clone());
        shown.register("outbox_sent", "Notices that a messenger has taken", self.sent.clone());
        shown.register("outbox_put_off", "Attempts to send a notice that are made again later", self.put_off.clone());
        shown.register("outbox_failed", "Notices that were given up, by reason", self.failed.clone());
        shown.register("schedule_fired", "What was due and has been done", self.fired.clone());
        let late = "How long after it was due it was done";
        shown.register_with_unit("schedule_delay", late, Unit::Seconds, self.fired_late_seconds.clone());
        shown.register("database_errors", "Errors of the database, by who met them", self.database_errors.clone());
    }

    /// An update was played, or could not be, and it took so long.
    pub fn turn(&self, messenger: &str, outcome: &'static str, took: Duration) {
        let messenger = messenger.to_owned();
        self.turn_seconds.get_or_create(&Through { messenger: messenger.clone() }).observe(took.as_secs_f64());
        self.turns.get_or_create(&Outcome { messenger, outcome }).inc();
    }

    /// A messenger has taken a notice.
    pub fn sent(&self, messenger: &str) {
        self.sent.get_or_create(&Through { messenger: messenger.to_owned() }).inc();
    }

    /// A notice is sent later.
    pub fn put_off(&self, messenger: &str) {
        self.put_off.get_or_create(&Through { messenger: messenger.to_owned() }).inc();
    }

    /// So many notices were given up.
    pub fn failed(&self, reason: &str, notices: u64) {
        self.failed.get_or_create(&Because { reason: reason.to_owned() }).inc_by(notices);
    }

    /// What was due under this name (of a kind of work, never of a person) was done so long after it was due.
    pub fn fired(&self, name: &str, late: Duration) {
        let due = Due { name: name.to_owned() };
        self.fired_late_seconds.get_or_create(&due).observe(late.as_secs_f64());
        self.fired.get_or_create(&due).inc();
    }

    /// The database did not do what this part of the program asked of it.
    pub fn database_error(&self, part: &'static str) {
        self.database_errors.get_or_create(&Part { part }).inc();
    }
}
