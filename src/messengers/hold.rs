use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::backoff::backoff;

/// The distance between those who come back after a pause, so that they don't all come at once: about 30 a second.
const APART: Duration = Duration::from_millis(34);

/// How often it is noted how much of a pause is over.
const TICK: Duration = Duration::from_secs(1);

/// How many chats' failures are remembered at most.
const MOST_CHATS: usize = 10_000;

/// What holds letters back: a pause that the messenger asked for (it holds for all chats, because to write on makes it
/// longer), and chats to which nothing went through lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Hold {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    pause: Option<Pause>,
    /// Counts the pauses, so that the end of one does not end a longer one that has begun since.
    pauses: u64,
    failures: HashMap<String, u32>,
    /// The operator was told that a message waits, and nothing has been answered since.
    told: bool,
}

#[derive(Debug)]
struct Pause {
    left: Duration,
    held: u32,
}

impl Pause {
    /// When to come back: everybody a little later than the one before, so that they don't all come at once.
    fn next(&mut self) -> Duration {
        self.held += 1;
        self.left + APART * self.held
    }
}

impl Hold {
    /// How long to wait, if letters are held back now.
    pub fn now(&self) -> Option<Duration> {
        self.state().pause.as_mut().map(Pause::next)
    }

    /// The messenger, which is called so, asked for a pause. Says when to come back.
    pub fn pause(&self, messenger: &'static str, length: Duration) -> Duration {
        let length = length.max(Duration::from_secs(1));
        let mut state = self.state();
        if let Some(pause) = state.pause.as_mut().filter(|pause| pause.left >= length) {
            return pause.next();
        }
        tracing::warn!(messenger, seconds = length.as_secs(), "the messenger asks for a pause");
        state.pauses += 1;
        let (this, hold) = (state.pauses, self.clone());
        tokio::spawn(async move {
            let mut left = length;
            while hold.is_still(this, left) {
                let tick = left.min(TICK);
                tokio::time::sleep(tick).await;
                left -= tick;
            }
        });
        state.pause.insert(Pause { left: length, held: 0 }).next()
    }

    /// Notes how much is left of this pause. False: it is over, or a longer one has begun.
    fn is_still(&self, pause: u64, left: Duration) -> bool {
        let mut state = self.state();
        if state.pauses != pause {
            return false;
        }
        match state.pause.as_mut().filter(|_| !left.is_zero()) {
            Some(pause) => pause.left = left,
            None => state.pause = None,
        }
        state.pause.is_some()
    }

    /// A letter to this chat got no answer, for this reason. Says when to try again.
    ///
    /// The operator is told of a chat's first failure; and while nothing at all is answered, of the first chat's alone.
    pub fn failed(&self, chat: &str, trouble: &dyn Display) -> Duration {
        let mut state = self.state();
        if state.failures.len() >= MOST_CHATS {
            state.failures.clear();
        }
        let failures = state.failures.entry(chat.to_owned()).or_default();
        *failures = failures.saturating_add(1);
        let (is_first, pause) = (*failures == 1, backoff(*failures));
        if is_first && !std::mem::replace(&mut state.told, true) {
            tracing::warn!(%trouble, seconds = pause.as_secs(), "a message waits");
        }
        pause
    }

    /// Something was answered for this chat.
    pub fn answered(&self, chat: &str) {
        let mut state = self.state();
        if std::mem::take(&mut state.told) {
            tracing::info!("messages go out again");
        }
        if !state.failures.is_empty() {
            state.failures.remove(chat);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[tokio::test]
    async fn a_pause_holds_everybody_back_until_it_is_over() {
        let hold = Hold::default();
        assert_eq!(hold.now(), None);
        let first = hold.pause("m", seconds(30));
        assert_eq!(first, seconds(30) + APART);
        assert_eq!(hold.now(), Some(first + APART));
        assert!(hold.is_still(1, seconds(10)));
        assert_eq!(hold.now(), Some(seconds(10) + APART * 3), "what is left of it");
        assert!(!hold.is_still(1, Duration::ZERO));
        assert_eq!(hold.now(), None);
    }

    #[tokio::test]
    async fn the_longest_pause_counts() {
        let hold = Hold::default();
        hold.pause("m", seconds(2));
        hold.pause("m", seconds(10));
        hold.pause("m", seconds(1));
        assert!(!hold.is_still(1, Duration::ZERO), "a longer one has begun");
        assert!(hold.now().is_some());
        assert!(!hold.is_still(2, Duration::ZERO));
        assert_eq!(hold.now(), None);
    }

    #[test]
    fn a_chat_that_fails_again_waits_longer_and_others_do_not() {
        let hold = Hold::default();
        let failed = |chat: &str| hold.failed(chat, &"no answer");
        assert_eq!([failed("1"), failed("1"), failed("2")], [seconds(1), seconds(2), seconds(1)]);
        hold.answered("1");
        assert_eq!(failed("1"), seconds(1));
    }
}
