use chrono::{DateTime, SubsecRound, Utc};

use crate::conversation::Clock;

/// The real clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl SystemClock {
    /// A number that is greater in each process that starts later: of microseconds since 1970.
    #[allow(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    pub(super) fn start_number() -> i64 {
        Utc::now().timestamp_micros()
    }
}

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(0)
    }
}
