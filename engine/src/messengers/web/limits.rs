//! How often somebody may ask for something.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;

/// For so long it is counted.
pub(super) const ROUND: Duration = Duration::from_secs(10);

/// So often somebody who is signed in may ask in one round: much more often than they can read.
const KNOWN: u32 = 120;

/// So often others may, each address for itself where what stands in front of us says it; else all together.
const UNKNOWN: u32 = 120;
const ALL_UNKNOWN: u32 = 600;

/// So many are told apart. Who comes beyond that has to wait for the next round.
const MOST: usize = 20_000;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// Whoever has this account.
    Known(String),
    /// Whoever comes from this address.
    From(String),
    /// Somebody.
    Unknown,
}

impl Who {
    /// Somebody who is not signed in.
    pub fn unknown(headers: &HeaderMap) -> Who {
        // What stands in front of us adds the address that it was asked from at the end; what is before that, anybody can write.
        let told = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
        let address =
            told.and_then(|told| told.rsplit(',').next()).map(str::trim).filter(|address| !address.is_empty());
        address.map_or(Who::Unknown, |address| Who::From(address.chars().take(64).collect()))
    }

    fn may(&self) -> u32 {
        match self {
            Who::Known(_) => KNOWN,
            Who::From(_) => UNKNOWN,
            Who::Unknown => ALL_UNKNOWN,
        }
    }
}

/// How often each has asked in this round.
#[derive(Debug, Default)]
pub(super) struct Counted(Mutex<HashMap<Who, u32>>);

impl Counted {
    /// A new round begins.
    pub fn begin_anew(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Counts one more; false: it was too often.
    pub fn may_ask(&self, who: &Who) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST && !counted.contains_key(who) {
            return false;
        }
        let count = counted.entry(who.clone()).or_default();
        *count = count.saturating_add(1);
        *count <= who.may()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_waits_and_nobody_else_does() {
        let counted = Counted::default();
        let (one, other) = (Who::Known("one".into()), Who::Known("other".into()));
        assert!((0..KNOWN).all(|_| counted.may_ask(&one)));
        assert!(!counted.may_ask(&one));
        assert!(counted.may_ask(&other));
        counted.begin_anew();
        assert!(counted.may_ask(&one));
    }

    #[test]
    fn the_last_address_counts_because_the_others_may_be_made_up() {
        let from = |told: &str| {
            Who::unknown(&HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), told.parse().unwrap())]))
        };
        assert_eq!(from("1.1.1.1, 2.2.2.2"), Who::From("2.2.2.2".into()));
        assert_eq!(from(""), Who::Unknown);
        assert_eq!(Who::unknown(&HeaderMap::new()), Who::Unknown);
    }
}
