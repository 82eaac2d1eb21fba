use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

/// When each messenger may be sent the next notice.
///
/// So far a messenger is only left alone for as long as it asks. This is also the place for the limits that a
/// messenger is known to have (so many messages a second), so that it never has to ask.
#[derive(Debug, Default)]
pub(super) struct Pace {
    pauses: Mutex<HashMap<&'static str, DateTime<Utc>>>,
}

impl Pace {
    /// Leaves a messenger alone until then.
    pub fn pause(&self, messenger: &'static str, until: DateTime<Utc>) {
        let mut pauses = self.pauses.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = pauses.entry(messenger).or_insert(until);
        *pause = until.max(*pause);
    }

    /// Until when a messenger is left alone; `None` when it may be written to.
    pub fn paused_until(&self, messenger: &'static str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let pauses = self.pauses.lock().unwrap_or_else(PoisonError::into_inner);
        pauses.get(messenger).copied().filter(|until| *until > now)
    }
}
