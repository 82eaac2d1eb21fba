use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};

use crate::conversation::Clock;

/// A clock that stands still until it is moved (by each line of a played chat a second), and only ever forward: what has happened stays in the past.
#[derive(Debug)]
pub struct HandClock(Mutex<DateTime<Utc>>);

impl HandClock {
    /// A clock that stands at this time.
    pub fn at(now: DateTime<Utc>) -> HandClock {
        HandClock(Mutex::new(now.trunc_subsecs(0)))
    }

    /// Moves the clock; false when it shows a later time already.
    pub fn move_to(&self, then: DateTime<Utc>) -> bool {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let forward = *now <= then;
        if forward {
            *now = then;
        }
        forward
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
