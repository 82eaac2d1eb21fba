use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// For so long after a turn could not be played it counts as waiting: it is tried again by then, or nobody tries it.
const TRIED_AGAIN: Duration = Duration::from_secs(30);

/// A time that begins so soon after the one before it belongs to that one: what hangs on a dead connection fails after the
/// first turn on a new one has succeeded. It is told only if it lasts.
const THE_SAME: Duration = Duration::from_secs(30);
const LASTS: Duration = Duration::from_secs(10);

/// Whether turns wait for the database: the operator is told when that begins and when it ends, once each, however many
/// people it is about and through whichever messenger they come.
#[derive(Clone, Default)]
pub struct Waits(Arc<Mutex<Times>>);

#[derive(Default)]
struct Times {
    waiting: Option<Waiting>,
    /// When the last such time ended.
    ended: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Waiting {
    since: Instant,
    /// The operator knows of it.
    told: bool,
    /// When a turn was last tried in vain.
    latest: Instant,
}

#[allow(clippy::disallowed_methods, reason = "how long it took is for the operator alone")]
impl Waits {
    /// Whether they wait now.
    pub fn are_on(&self) -> bool {
        self.times().waiting.is_some()
    }

    /// A turn could not be played.
    pub fn begin(&self, update: &str, error: &impl std::fmt::Display) {
        let mut times = self.times();
        let now = Instant::now();
        let is_another = times.ended.is_none_or(|ended| ended.elapsed() >= THE_SAME);
        let waiting = times.waiting.get_or_insert(Waiting { since: now, told: false, latest: now });
        waiting.latest = now;
        if !waiting.told && (is_another || waiting.since.elapsed() >= LASTS) {
            waiting.told = true;
            tracing::error!(update, %error, "turns wait for the database");
        }
    }

    /// A turn was played.
    pub fn end(&self) {
        let mut times = self.times();
        let Some(waiting) = times.waiting.take() else { return };
        times.ended = Some(Instant::now());
        if waiting.told {
            tracing::info!(seconds = waiting.since.elapsed().as_secs(), "turns are played again");
        }
    }

    /// The database takes changes again, though perhaps not those that a turn waits for. False: one still does.
    pub fn end_unless_tried(&self) -> bool {
        let latest = self.times().waiting.map(|waiting| waiting.latest);
        let nobody_tries = latest.is_none_or(|latest| latest.elapsed() >= TRIED_AGAIN);
        if nobody_tries {
            self.end();
        }
        nobody_tries
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_right_after_the_end_is_no_other_outage() {
        let waits = Waits::default();
        let is_told = || waits.times().waiting.map(|waiting| waiting.told);
        waits.begin("1", &"away");
        waits.begin("2", &"away");
        assert_eq!(is_told(), Some(true));
        waits.end();
        assert!(!waits.are_on());
        // It hung on a dead connection: nobody is answered, but the operator has heard of it.
        waits.begin("3", &"away");
        assert_eq!((waits.are_on(), is_told()), (true, Some(false)));
        waits.end();
        assert_eq!(is_told(), None);
    }
}
