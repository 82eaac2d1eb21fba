use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

/// How many pages a stranger gets in a minute.
const PAGES: u32 = 30;

/// How many strangers are heard for the first time in an hour.
const NEWCOMERS: u32 = 2_000;

/// What strangers may cost: whoever is not known to the bot can write as fast as a program does, from as many accounts as
/// a program makes. Beyond the limit they get no answer, and leave nothing in the database. Counted in memory, by each
/// process for itself.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// The minute since 1970 in which these got so many pages.
    minute: i64,
    pages: HashMap<String, u32>,
    /// The hour since 1970 in which so many came.
    hour: i64,
    newcomers: u32,
    /// The hour in which it was last told that strangers get no answer.
    told: Option<i64>,
}

impl Strangers {
    /// Whether this chat is one of a stranger who has had all pages of this minute.
    pub fn is_silenced(&self, messenger: &str, address: &str, now: DateTime<Utc>) -> bool {
        let mut seen = self.at(now);
        let silenced = seen.pages.get(&chat(messenger, address)).is_some_and(|pages| *pages >= PAGES);
        if silenced {
            seen.tell(messenger);
        }
        silenced
    }

    /// Whether a stranger who writes for the first time is heard.
    pub fn may_come(&self, messenger: &str, now: DateTime<Utc>) -> bool {
        let mut seen = self.at(now);
        let may_come = seen.newcomers < NEWCOMERS;
        if may_come {
            seen.newcomers += 1;
        } else {
            seen.tell(messenger);
        }
        may_come
    }

    /// A stranger gets a page.
    pub fn note(&self, messenger: &str, address: &str, now: DateTime<Utc>) {
        *self.at(now).pages.entry(chat(messenger, address)).or_default() += 1;
    }

    fn at(&self, now: DateTime<Utc>) -> std::sync::MutexGuard<'_, Seen> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (minute, hour) = (now.timestamp() / 60, now.timestamp() / 3600);
        if seen.minute != minute {
            seen.minute = minute;
            seen.pages.clear();
        }
        if seen.hour != hour {
            seen.hour = hour;
            seen.newcomers = 0;
        }
        seen
    }
}

impl Seen {
    /// Once an hour: whoever floods us does not get to flood the log.
    fn tell(&mut self, messenger: &str) {
        if self.told != Some(self.hour) {
            self.told = Some(self.hour);
            tracing::warn!(
                messenger,
                "strangers write more than they are answered ({PAGES} pages a minute to each, {NEWCOMERS} of them an hour)"
            );
        }
    }
}

fn chat(messenger: &str, address: &str) -> String {
    format!("{messenger} {address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_stranger_gets_so_many_pages_a_minute_and_takes_none_from_others() {
        let (strangers, now) = (Strangers::default(), at("2026-11-28T12:00:00Z"));
        for _ in 0..PAGES {
            assert!(!strangers.is_silenced("post", "7", now));
            strangers.note("post", "7", now);
        }
        assert!(strangers.is_silenced("post", "7", at("2026-11-28T12:00:59Z")));
        assert!(!strangers.is_silenced("pigeon", "7", now));
        assert!(!strangers.is_silenced("post", "8", now));
        assert!(!strangers.is_silenced("post", "7", at("2026-11-28T12:01:00Z")));
        // Also with a clock that is set back.
        assert!(!strangers.is_silenced("post", "7", at("2026-11-28T11:00:00Z")));
    }

    #[test]
    fn so_many_strangers_come_in_an_hour() {
        let strangers = Strangers::default();
        let heard = |now| (0..NEWCOMERS + 10).filter(|_| strangers.may_come("post", now)).count();
        assert_eq!(heard(at("2026-11-28T12:10:00Z")), NEWCOMERS as usize);
        assert_eq!(heard(at("2026-11-28T12:59:59Z")), 0);
        assert_eq!(heard(at("2026-11-28T13:00:00Z")), NEWCOMERS as usize);
    }
}
