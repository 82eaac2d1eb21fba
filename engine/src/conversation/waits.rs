use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::store;

/// For so long after a turn could not be played it counts as waiting: it is tried again by then, or nobody tries it.
const TRIED_AGAIN: Duration = Duration::from_secs(30);

/// A time that begins so soon after the one before it belongs to that one: what hangs on a dead connection fails after the
/// first turn on a new one has succeeded. It is told only if it lasts.
const THE_SAME: Duration = Duration::from_secs(30);
const LASTS: Duration = Duration::from_secs(10);

/// Nobody who waits for the database waits longer than this before the next try.
const LONGEST: Duration = Duration::from_secs(30);

/// What can wait for the database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// What people have said, and were not answered.
    Turns,
    /// What is to be sent through this messenger.
    Notices(&'static str),
    /// What is due.
    Calendar,
    /// What this messenger has to remember before it goes on.
    Memory(&'static str),
    /// What one process does at a time, by its name.
    Lease(String),
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Waiting::Turns => f.write_str("turns"),
            Waiting::Notices(messenger) => write!(f, "notices for {messenger}"),
            Waiting::Calendar => f.write_str("the calendar"),
            Waiting::Memory(messenger) => write!(f, "what {messenger} has to remember"),
            Waiting::Lease(name) => write!(f, "the lease {name}"),
        }
    }
}

/// What waits for the database: the operator is told when that begins and when it ends, once each, however many parts of
/// the program and how many people it is about. Whatever fails meanwhile because the database is away says nothing of it.
#[derive(Clone, Default)]
pub struct Waits(Arc<Shared>);

#[derive(Default)]
struct Shared {
    times: Mutex<Times>,
    /// The database has done something for somebody, while others wait.
    freed: Notify,
}

#[derive(Default)]
struct Times {
    /// What waits, and when it was last tried in vain.
    waiting: BTreeMap<Waiting, Instant>,
    /// When the first of it began to wait.
    since: Option<Instant>,
    /// The operator knows of it.
    told: bool,
    /// When the time before this one ended.
    ended: Option<Instant>,
}

#[allow(clippy::disallowed_methods, reason = "how long it took is for the operator alone")]
impl Waits {
    /// Whether turns wait now.
    pub fn are_on(&self) -> bool {
        self.times().waiting.contains_key(&Waiting::Turns)
    }

    /// This could not be done, because the database is away.
    pub fn begin(&self, what: Waiting, error: &impl fmt::Display) {
        let mut times = self.times();
        let now = Instant::now();
        times.waiting.insert(what, now);
        let since = *times.since.get_or_insert(now);
        let is_another = times.ended.is_none_or(|ended| ended.elapsed() >= THE_SAME);
        if !times.told && (is_another || since.elapsed() >= LASTS) {
            times.told = true;
            let what: Vec<String> = times.waiting.keys().map(ToString::to_string).collect();
            let why = match store::hindrance() {
                Some(hindrance) => format!("{hindrance} ({error})"),
                None => error.to_string(),
            };
            tracing::error!(what = what.join(", "), why, "waiting for the database");
        }
    }

    /// This was done, whether it has waited or not.
    pub fn end(&self, what: &Waiting) {
        let mut times = self.times();
        let Some(since) = times.since else { return };
        times.waiting.remove(what);
        times.waiting.retain(|what, latest| *what != Waiting::Turns || latest.elapsed() < TRIED_AGAIN);
        if times.waiting.is_empty() {
            if times.told {
                let seconds = since.elapsed().as_secs();
                tracing::info!(seconds, "nothing waits for the database any more");
            }
            *times = Times { ended: Some(Instant::now()), ..Times::default() };
        }
        drop(times);
        self.0.freed.notify_waiters();
    }

    /// The database takes changes again, though perhaps not those that a turn waits for. False: one still does.
    pub fn end_unless_tried(&self) -> bool {
        let latest = self.times().waiting.get(&Waiting::Turns).copied();
        let nobody_tries = latest.is_none_or(|latest| latest.elapsed() >= TRIED_AGAIN);
        if nobody_tries && latest.is_some() {
            self.end(&Waiting::Turns);
        }
        nobody_tries
    }

    /// Waits before the next try: for so long, or until the database has done something for somebody else.
    pub async fn rest(&self, pause: Duration) {
        let _ = tokio::time::timeout(pause.min(LONGEST), self.0.freed.notified()).await;
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.0.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the operator was told of what waits now; nothing waits.
    fn is_told(waits: &Waits) -> Option<bool> {
        let times = waits.times();
        times.since.map(|_| times.told)
    }

    #[test]
    fn what_fails_right_after_the_end_is_no_other_outage() {
        let waits = Waits::default();
        waits.begin(Waiting::Turns, &"away");
        waits.begin(Waiting::Turns, &"away");
        assert_eq!(is_told(&waits), Some(true));
        waits.end(&Waiting::Turns);
        assert!(!waits.are_on());
        // It hung on a dead connection: nobody is answered, but the operator has heard of it.
        waits.begin(Waiting::Turns, &"away");
        assert_eq!((waits.are_on(), is_told(&waits)), (true, Some(false)));
        waits.end(&Waiting::Turns);
        assert_eq!(is_told(&waits), None);
    }

    #[test]
    fn it_lasts_until_nothing_waits_any_more() {
        let waits = Waits::default();
        waits.begin(Waiting::Notices("m"), &"away");
        assert!(!waits.are_on(), "nobody who has said something");
        waits.begin(Waiting::Turns, &"away");
        waits.end(&Waiting::Calendar);
        waits.end(&Waiting::Notices("m"));
        assert_eq!((waits.are_on(), is_told(&waits)), (true, Some(true)));
        waits.end(&Waiting::Turns);
        assert_eq!(is_told(&waits), None);
    }

    #[tokio::test]
    async fn who_waits_tries_again_when_another_one_has_succeeded() {
        let waits = Waits::default();
        waits.begin(Waiting::Calendar, &"away");
        let rests = async { tokio::join!(waits.rest(LONGEST), async { waits.end(&Waiting::Turns) }) };
        assert!(tokio::time::timeout(LONGEST / 2, rests).await.is_ok());
    }
}
