use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::backoff::backoff;
use crate::conversation::SendError;

/// The distance between those who come back after a pause, so that they don't all come at once: about 30 a second.
const APART: Duration = Duration::from_millis(34);

/// How often it is noted how much of a pause is over.
const TICK: Duration = Duration::from_secs(1);

/// How many chats' failures are remembered at most.
const MOST_CHATS: usize = 10_000;

/// A chat to which nothing was tried for so long is not waited for any more: its page was replaced, or its notice given up.
const FORGOTTEN: Duration = Duration::from_secs(30 * 60);

/// A longer pause is not believed: it is asked again after this time.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// When so many chats are refused within so short a time, it is not about them.
const SEVERAL: usize = 3;
const TOGETHER: Duration = Duration::from_secs(5);

/// What holds letters back: pauses that the messenger asked for, of one chat, or of all (to write on makes them longer), and
/// chats to which nothing went through lately.
#[derive(Clone, Debug)]
pub(super) struct Hold {
    messenger: &'static str,
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
    /// The chats to which nothing went through.
    failures: HashMap<String, Failures>,
    /// Since when; the operator was told so.
    told: Option<Instant>,
}

#[derive(Debug)]
struct Failures {
    in_a_row: u32,
    latest: Instant,
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
    /// What holds back letters of this messenger.
    pub fn of(messenger: &'static str) -> Hold {
        Hold { messenger, state: Arc::default() }
    }

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
    pub fn limited(&self, chat: &str, length: Duration) -> SendError {
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
            return SendError::Pause(self.pause(length));
        }
        SendError::Wait(self.begin(Some(chat.to_owned()), length))
    }

    /// The messenger asked for a pause. Says when to come back.
    pub fn pause(&self, length: Duration) -> Duration {
        self.begin(None, length)
    }

    fn begin(&self, of: Option<String>, length: Duration) -> Duration {
        let length = length.clamp(Duration::from_secs(1), LONGEST);
        let mut state = self.state();
        if let Some(pause) = state.pauses.get_mut(&of).filter(|pause| pause.left >= length) {
            return pause.next();
        }
        let (messenger, seconds) = (self.messenger, length.as_secs());
        match of {
            Some(_) => tracing::warn!(messenger, seconds, "the messenger asks for a pause in one chat"),
            None => tracing::warn!(messenger, seconds, "the messenger asks for a pause"),
        }
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
    /// The operator is told of the first, and when none of those waits any more that came meanwhile.
    #[allow(clippy::disallowed_methods, reason = "how long it took is for the operator alone")]
    pub fn failed(&self, chat: &str, trouble: &dyn Display) -> Duration {
        let mut state = self.state();
        if state.failures.len() >= MOST_CHATS {
            state.failures.clear();
        }
        let now = Instant::now();
        let failures = state.failures.entry(chat.to_owned()).or_insert(Failures { in_a_row: 0, latest: now });
        *failures = Failures { in_a_row: failures.in_a_row.saturating_add(1), latest: now };
        let pause = backoff(failures.in_a_row);
        if state.told.is_none() {
            state.told = Some(now);
            tracing::warn!(messenger = self.messenger, %trouble, "messages wait");
        }
        pause
    }

    /// Something was answered for this chat.
    pub fn answered(&self, chat: &str) {
        let mut state = self.state();
        let Some(since) = state.told else { return };
        state.failures.remove(chat);
        state.failures.retain(|_, failures| failures.latest.elapsed() < FORGOTTEN);
        if state.failures.is_empty() {
            state.told = None;
            let seconds = since.elapsed().as_secs();
            tracing::info!(messenger = self.messenger, seconds, "no message waits any more");
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
        let hold = Hold::of("m");
        assert_eq!(hold.now("1"), None);
        let first = hold.pause(seconds(30));
        assert_eq!(first, seconds(30) + APART);
        assert_eq!(paused(&hold, "1"), Some(first + APART));
        assert!(hold.is_still(&None, 1, seconds(10)));
        assert_eq!(paused(&hold, "2"), Some(seconds(10) + APART * 3), "what is left of it");
        assert!(!hold.is_still(&None, 1, Duration::ZERO));
        assert_eq!(hold.now("1"), None);
    }

    #[tokio::test]
    async fn the_longest_pause_counts() {
        let hold = Hold::of("m");
        hold.pause(seconds(2));
        hold.pause(seconds(10));
        hold.pause(seconds(1));
        assert!(!hold.is_still(&None, 1, Duration::ZERO), "a longer one has begun");
        assert!(hold.now("1").is_some());
        assert!(!hold.is_still(&None, 2, Duration::ZERO));
        assert_eq!(hold.now("1"), None);
    }

    #[tokio::test]
    async fn no_pause_is_believed_for_longer_than_an_hour() {
        let hold = Hold::of("m");
        assert_eq!(hold.pause(seconds(86_400)), LONGEST + APART);
    }

    #[cfg(feature = "telegram")]
    #[tokio::test]
    async fn a_chat_that_is_refused_waits_alone_and_several_at_once_are_the_messenger() {
        let hold = Hold::of("m");
        let refused = |chat: &str| hold.limited(chat, seconds(30));
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
        let hold = Hold::of("m");
        let failed = |chat: &str| hold.failed(chat, &"no answer");
        assert_eq!([failed("1"), failed("1"), failed("2")], [seconds(1), seconds(2), seconds(1)]);
        hold.answered("1");
        assert_eq!(failed("1"), seconds(1));
    }

    #[test]
    fn messages_wait_until_each_that_waited_was_answered_or_is_not_tried_any_more() {
        let hold = Hold::of("m");
        let is_told = || hold.state().told.is_some();
        hold.failed("1", &"no answer");
        hold.failed("2", &"no answer");
        hold.answered("3");
        hold.answered("1");
        assert!(is_told(), "one still waits");
        hold.answered("2");
        assert!(!is_told());
        hold.failed("1", &"no answer");
        hold.state().failures.get_mut("1").unwrap().latest -= FORGOTTEN;
        hold.answered("2");
        assert!(!is_told(), "what is not tried any more");
    }
}
