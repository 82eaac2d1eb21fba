use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

/// How many codes that don't count may be typed at one address in a while.
const OF_ONE: u32 = 10;

/// How many may be in all.
const OF_ALL: u32 = 1_000;

/// How long such a while is, in seconds: as long as a code counts.
const WHILE: i64 = 600;

/// How often codes were typed that don't count, so that nobody gets to one by trying.
///
/// A code is one of 200,000 million ([`super::chance::CODE`]). Whoever makes all guesses that there may be, without an end and
/// from as many accounts as they like, while somebody always has a code that counts, makes fifty million a year, and would
/// be right once in four thousand years. They are counted in memory, by each process for itself: with ten processes it is
/// once in four hundred.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    made: Mutex<Made>,
}

#[derive(Debug, Default)]
struct Made {
    /// Which while since 1970 it is.
    when: i64,
    by_chat: HashMap<String, u32>,
    in_all: u32,
    /// It was told of this while that there are too many.
    is_told: bool,
}

impl Guesses {
    /// Whether a code that is typed here is looked at.
    pub fn may_try(&self, (messenger, address): (&str, &str), now: DateTime<Utc>) -> bool {
        let mut made = self.at(now);
        if made.in_all >= OF_ALL {
            if !std::mem::replace(&mut made.is_told, true) {
                tracing::warn!(messenger, "somebody guesses codes for linking accounts: none counts for a few minutes");
            }
            return false;
        }
        made.by_chat.get(&chat(messenger, address)).is_none_or(|made| *made < OF_ONE)
    }

    /// So many codes that don't count were typed here.
    pub fn note(&self, (messenger, address): (&str, &str), now: DateTime<Utc>, count: usize) {
        let mut made = self.at(now);
        let count = u32::try_from(count).unwrap_or(OF_ONE);
        made.in_all = made.in_all.saturating_add(count);
        let here = made.by_chat.entry(chat(messenger, address)).or_default();
        *here = here.saturating_add(count);
    }

    fn at(&self, now: DateTime<Utc>) -> MutexGuard<'_, Made> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let when = now.timestamp().div_euclid(WHILE);
        if made.when != when {
            *made = Made { when, ..Made::default() };
        }
        made
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
    fn guesses_are_bounded_for_each_and_for_all() {
        let (guesses, now) = (Guesses::default(), at("2026-11-28T12:00:00Z"));
        for _ in 0..OF_ONE {
            assert!(guesses.may_try(("post", "7"), now));
            guesses.note(("post", "7"), now, 1);
        }
        assert!(!guesses.may_try(("post", "7"), at("2026-11-28T12:09:59Z")));
        assert!(guesses.may_try(("post", "8"), now) && guesses.may_try(("pigeon", "7"), now));
        for other in 0..OF_ALL {
            guesses.note(("post", &format!("other {other}")), now, 1);
        }
        assert!(!guesses.may_try(("post", "8"), now));
        assert!(guesses.may_try(("post", "7"), at("2026-11-28T12:10:00Z")));
        // Also with a clock that is set back.
        assert!(guesses.may_try(("post", "7"), at("2026-11-28T11:00:00Z")));
    }
}
