//! How often a program may ask for something.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// For so long it is counted.
pub const ROUND: Duration = Duration::from_secs(10);

/// So often one token may be shown in a round, and so often to do something.
pub const ASKS: u32 = 300;
pub const ACTS: u32 = 60;

/// So often whoever shows none that counts may ask, from one address, or all of them together where nothing says from which.
const UNKNOWN: u32 = 60;
const ALL_UNKNOWN: u32 = 300;

/// So many are told apart. Who comes beyond that has to wait for the next round.
const MOST: usize = 20_000;

/// Who asks, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Asks(String),
    Acts(String),
    /// Nobody who is known; from this address.
    From(Option<String>),
}

impl Who {
    fn may(&self) -> u32 {
        match self {
            Who::Asks(_) => ASKS,
            Who::Acts(_) => ACTS,
            Who::From(Some(_)) => UNKNOWN,
            Who::From(None) => ALL_UNKNOWN,
        }
    }
}

/// How often each has asked in this round.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<Who, u32>>);

impl Limits {
    /// Counts from now on, in rounds, for as long as somebody asks.
    pub fn begin() -> Arc<Limits> {
        let limits = Arc::new(Limits::default());
        let counts = Arc::downgrade(&limits);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(ROUND).await;
                match counts.upgrade() {
                    Some(limits) => limits.begin_anew(),
                    None => return,
                }
            }
        });
        limits
    }

    fn begin_anew(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Counts one more; false: it was too often.
    pub fn may_ask(&self, who: Who) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST && !counted.contains_key(&who) {
            return false;
        }
        let may = who.may();
        let count = counted.entry(who).or_default();
        *count = count.saturating_add(1);
        *count <= may
    }

    /// Whether this one has asked in this round.
    pub fn knows(&self, who: &Who) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(who)
    }

    /// Whether this one has asked too often already.
    pub fn is_over(&self, who: &Who) -> bool {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.get(who).is_some_and(|count| *count >= who.may())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_waits_and_nobody_else_does() {
        let limits = Limits::default();
        let one = || Who::Acts("one".into());
        assert!((0..ACTS).all(|_| limits.may_ask(one())));
        assert!(!limits.may_ask(one()) && limits.is_over(&one()));
        assert!(limits.may_ask(Who::Asks("one".into())) && limits.may_ask(Who::Acts("other".into())));
        limits.begin_anew();
        assert!(limits.may_ask(one()));
    }
}
