use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

/// How many commands of one group are heard in a minute.
const COMMANDS: u32 = 6;

/// How many commands are heard in an hour of groups that nothing is kept in, all together.
const UNBOUND: u32 = 1_000;

/// What groups may cost. Anybody can add the bot to as many as they like, and write there as fast as a program does.
/// Beyond the limit nothing is heard, and nothing is written. Counted in memory, by each process for itself.
#[derive(Debug, Default)]
pub(in crate::conversation) struct Crowd {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    minute: i64,
    commands: HashMap<String, u32>,
    hour: i64,
    unbound: u32,
}

impl Crowd {
    /// Whether one more command of this group is heard.
    pub fn is_heard(&self, messenger: &str, address: &str, now: DateTime<Utc>) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.timestamp() / 60;
        if seen.minute != minute {
            seen.minute = minute;
            seen.commands.clear();
        }
        let commands = seen.commands.entry(format!("{messenger} {address}")).or_default();
        *commands += 1;
        *commands <= COMMANDS
    }

    /// Whether one more group that nothing is kept in is answered.
    pub fn is_answered(&self, messenger: &str, now: DateTime<Utc>) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let hour = now.timestamp() / 3600;
        if seen.hour != hour {
            seen.hour = hour;
            seen.unbound = 0;
        }
        seen.unbound += 1;
        if seen.unbound == UNBOUND + 1 {
            tracing::warn!(
                messenger,
                "more than {UNBOUND} commands came within an hour from groups that are not bound"
            );
        }
        seen.unbound <= UNBOUND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_group_is_heard_so_often_in_a_minute_and_takes_nothing_from_others() {
        let (crowd, now) = (Crowd::default(), at("2026-11-28T12:00:00Z"));
        assert_eq!((0..100).filter(|_| crowd.is_heard("m", "1", now)).count() as u32, COMMANDS);
        assert!(crowd.is_heard("m", "2", now) && crowd.is_heard("n", "1", now));
        assert!(crowd.is_heard("m", "1", at("2026-11-28T12:01:00Z")));
    }

    #[test]
    fn so_many_groups_that_are_not_bound_are_answered_in_an_hour() {
        let crowd = Crowd::default();
        let answered = |now| (0..2 * UNBOUND).filter(|_| crowd.is_answered("m", now)).count() as u32;
        assert_eq!(answered(at("2026-11-28T12:00:00Z")), UNBOUND);
        assert_eq!(answered(at("2026-11-28T13:00:00Z")), UNBOUND);
    }
}
