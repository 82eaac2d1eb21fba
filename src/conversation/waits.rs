use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// For so long after a turn could not be played it counts as waiting: it is tried again by then, or nobody tries it.
const TRIED_AGAIN: Duration = Duration::from_secs(30);

/// Whether turns wait for the database: the operator is told when that begins and when it ends, once each, however many
/// people it is about and through whichever messenger they come.
#[derive(Clone, Default)]
pub struct Waits(Arc<Mutex<Option<Waiting>>>);

#[derive(Clone, Copy)]
struct Waiting {
    since: Instant,
    /// When a turn was last tried in vain.
    latest: Instant,
}

#[allow(clippy::disallowed_methods, reason = "how long it took is for the operator alone")]
impl Waits {
    /// Whether they wait now.
    pub fn are_on(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// A turn could not be played.
    pub fn begin(&self, update: &str, error: &impl std::fmt::Display) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match waiting.as_mut() {
            Some(waiting) => waiting.latest = now,
            None => {
                *waiting = Some(Waiting { since: now, latest: now });
                tracing::error!(update, %error, "turns wait for the database");
            }
        }
    }

    /// A turn was played.
    pub fn end(&self) {
        if let Some(waiting) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            tracing::info!(seconds = waiting.since.elapsed().as_secs(), "turns are played again");
        }
    }

    /// The database takes changes again, though perhaps not those that a turn waits for. False: one still does.
    pub fn end_unless_tried(&self) -> bool {
        let latest = self.0.lock().unwrap_or_else(PoisonError::into_inner).map(|waiting| waiting.latest);
        let nobody_tries = latest.is_none_or(|latest| latest.elapsed() >= TRIED_AGAIN);
        if nobody_tries {
            self.end();
        }
        nobody_tries
    }
}
