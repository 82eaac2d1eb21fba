use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::backoff::backoff;
use crate::conversation::SendError;

/// The distance between those who come back after a pause, so that they don't all come at once: about 30 a second.
const APART: Duration = Duration::from_millis(34);

/// How often it is noted how much of a pause is over.
const TICK: Duration = Duration::from_secs(1);

/// How many chats' failures are remembered at most.
const MOST_CHATS: usize = 10_000;

/// A longer pause is not believed: it is asked again after this time.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// When so many chats are refused within so short a time, it is not about them.
const SEVERAL: usize = 3;
const TOGETHER: Duration = Duration::from_secs(5);

/// What holds letters back: pauses that the messenger asked for, of one chat, or of all (to write on makes them longer), and
/// chats to which nothing went through lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Hold {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// By the chat; `None`: of all.
    pauses: HashMap<Option<String>, Pause>,
    /// Counts the pauses, so that the end of one does not end a longer one that has begun since.
    begun: u64,
    /// The chats that were refused a moment ago.
    refused: HashSet<String>,
    failures: HashMap<String, u32>,
    /// The operator was told that a message waits, and nothing has been answered since.
    told: bool,
}

#[derive(Debug)]
struct Pause {
    number: u64,
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
    /// Why a letter to this chat is held back now, if it is.
    pub fn now(&self, chat: &str) -> Option<SendError> {
        let mut state = self.state();
        if let Some(pause) = state.pauses.get_mut(&None) {
            return Some(SendError::Pause(pause.next()));
        }
        if state.pauses.is_empty() {
            return None;
        }
        let pause = state.pauses.get_mut(&Some(chat.to_owned()));
        pause.map(|pause| SendError::Wait(pause.next()))
    }

    /// A letter to this chat was refused because of too many. It is the chat that waits; when several are refused within
    /// seconds, it is the messenger.
    #[cfg_attr(not(feature = "telegram"), allow(dead_code, reason = "a homeserver limits whoever writes, not a chat"))]
    pub fn limited(&self, messenger: &'static str, chat: &str, length: Duration) -> SendError {
        let several = {
            let mut state = self.state();
            if state.refused.insert(chat.to_owned()) {
                let (hold, chat) = (self.clone(), chat.to_owned());
                tokio::spawn(async move {
                    tokio::time::sleep(TOGETHER).await;
                    hold.state().refused.remove(&chat);
                });
            }
            state.refused.len() >= SEVERAL
        };
        if several {
            return SendError::Pause(self.pause(messenger, length));
        }
        SendError::Wait(self.begin(Some(chat.to_owned()), length, |seconds| {
            tracing::warn!(messenger, seconds, "the messenger asks for a pause in one chat");
        }))
    }

    /// The messenger, which is called so, asked for a pause. Says when to come back.
    pub fn pause(&self, messenger: &'static str, length: Duration) -> Duration {
        self.begin(None, length, |seconds| tracing::warn!(messenger, seconds, "the messenger asks for a pause"))
    }

    fn begin(&self, of: Option<String>, length: Duration, tell: impl FnOnce(u64)) -> Duration {
        let length = length.clamp(Duration::from_secs(1), LONGEST);
        let mut state = self.state();
        if let Some(pause) = state.pauses.get_mut(&of).filter(|pause| pause.left >= length) {
            return pause.next();
        }
        tell(length.as_secs());
        state.begun += 1;
        let (number, hold, whose) = (state.begun, self.clone(), of.clone());
        tokio::spawn(async move {
            let mut left = length;
            while hold.is_still(&whose, number, left) {
                let tick = left.min(TICK);
                tokio::time::sleep(tick).await;
                left -= tick;
            }
        });
        state.pauses.entry(of).insert_entry(Pause { number, left: length, held: 0 }).get_mut().next()
    }

    /// Notes how much is left of this pause. False: it is over, or a longer one has begun.
    fn is_still(&self, of: &Option<String>, number: u64, left: Duration) -> bool {
        let mut state = self.state();
        let Some(pause) = state.pauses.get_mut(of).filter(|pause| pause.number == number) else { return false };
        pause.left = left;
        if left.is_zero() {
            state.pauses.remove(of);
        }
        !left.is_zero()
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

    fn paused(hold: &Hold, chat: &str) -> Option<Duration> {
        match hold.now(chat) {
            Some(SendError::Pause(left)) => Some(left),
            _ => None,
        }
    }

    #[tokio::test]
    async fn a_pause_holds_everybody_back_until_it_is_over() {
        let hold = Hold::default();
        assert_eq!(hold.now("1"), None);
        let first = hold.pause("m", seconds(30));
        assert_eq!(first, seconds(30) + APART);
        assert_eq!(paused(&hold, "1"), Some(first + APART));
        assert!(hold.is_still(&None, 1, seconds(10)));
        assert_eq!(paused(&hold, "2"), Some(seconds(10) + APART * 3), "what is left of it");
        assert!(!hold.is_still(&None, 1, Duration::ZERO));
        assert_eq!(hold.now("1"), None);
    }

    #[tokio::test]
    async fn the_longest_pause_counts() {
        let hold = Hold::default();
        hold.pause("m", seconds(2));
        hold.pause("m", seconds(10));
        hold.pause("m", seconds(1));
        assert!(!hold.is_still(&None, 1, Duration::ZERO), "a longer one has begun");
        assert!(hold.now("1").is_some());
        assert!(!hold.is_still(&None, 2, Duration::ZERO));
        assert_eq!(hold.now("1"), None);
    }

    #[tokio::test]
    async fn no_pause_is_believed_for_longer_than_an_hour() {
        let hold = Hold::default();
        assert_eq!(hold.pause("m", seconds(86_400)), LONGEST + APART);
    }

    #[cfg(feature = "telegram")]
    #[tokio::test]
    async fn a_chat_that_is_refused_waits_alone_and_several_at_once_are_the_messenger() {
        let hold = Hold::default();
        let refused = |chat: &str| hold.limited("m", chat, seconds(30));
        assert_eq!(refused("1"), SendError::Wait(seconds(30) + APART));
        assert_eq!(refused("1"), SendError::Wait(seconds(30) + APART * 2), "however often it asks");
        assert!(matches!(hold.now("1"), Some(SendError::Wait(_))));
        assert_eq!(hold.now("2"), None, "others are written to");
        assert!(matches!(refused("2"), SendError::Wait(_)));
        assert_eq!(hold.now("3"), None);
        assert!(matches!(refused("3"), SendError::Pause(_)));
        assert!(matches!(hold.now("4"), Some(SendError::Pause(_))));
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
