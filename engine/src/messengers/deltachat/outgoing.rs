//! What is on its way: messages that the program has, and the mail server does not, as far as we have heard.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::instant;

/// When nothing at all was taken for so long, nothing new is given to the program: each new message would cost the first that
/// waits one of its few tries.
const STUCK: Duration = Duration::from_secs(2);

/// Of how many messages it is kept at most what became of them, until somebody asks.
const MOST_KEPT: usize = 10_000;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Became {
    /// The mail server has it.
    Delivered,
    /// The program has given it up.
    Failed,
}

/// Messages that are on their way.
#[derive(Debug, Default)]
pub(super) struct Outgoing {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Nothing yet, or what became of it while nobody looked.
    by_message: HashMap<i64, Option<Became>>,
    pending: usize,
    /// Since when nothing has moved, while something waits.
    still_since: Option<Instant>,
}

impl Outgoing {
    /// This message is about to be given to the program.
    pub fn begins(&self, message: i64) {
        let mut state = self.state();
        if state.by_message.len() >= MOST_KEPT {
            state.by_message.retain(|_, became| became.is_none());
        }
        if state.by_message.insert(message, None) != Some(None) {
            state.pending += 1;
        }
        state.still_since.get_or_insert_with(instant);
    }

    /// It was not given after all, or nobody asks what became of it.
    pub fn forget(&self, message: i64) {
        let mut state = self.state();
        if state.by_message.remove(&message) == Some(None) {
            state.one_less();
        }
    }

    /// Whether the program was given it in this life of its.
    pub fn knows(&self, message: i64) -> bool {
        self.state().by_message.contains_key(&message)
    }

    /// This is what became of it. What nobody gave in this life of the program is of no interest.
    pub fn became(&self, message: i64, became: Became) {
        let mut state = self.state();
        if state.by_message.get(&message) == Some(&None) {
            state.by_message.insert(message, Some(became));
            state.one_less();
        }
        drop(state);
        self.changed.notify_waiters();
    }

    /// Waits until something has become of it, for so long at most. Then it is forgotten.
    pub async fn outcome(&self, message: i64, within: Duration) -> Option<Became> {
        let outcome = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                // What happens between the look and the wait is heard.
                changed.as_mut().enable();
                let became = self.state().by_message.get(&message).copied().flatten();
                if let Some(became) = became {
                    self.state().by_message.remove(&message);
                    return became;
                }
                changed.await;
            }
        };
        tokio::time::timeout(within, outcome).await.ok()
    }

    /// Whether something has waited for too long while nothing moved.
    pub fn is_stuck(&self) -> bool {
        self.state().still_since.is_some_and(|since| since.elapsed() >= STUCK)
    }

    /// The program has begun a new life: what it has of before has to be given to it again.
    pub fn begin_anew(&self) {
        *self.state() = State::default();
        self.changed.notify_waiters();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn one_less(&mut self) {
        self.pending = self.pending.saturating_sub(1);
        self.still_since = (self.pending > 0).then(instant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So much time goes by.
    fn waits(outgoing: &Outgoing, by: Duration) {
        let mut state = outgoing.state();
        state.still_since = state.still_since.and_then(|since| since.checked_sub(by));
    }

    #[tokio::test]
    async fn it_is_stuck_while_something_waits_and_nothing_moves() {
        let outgoing = Outgoing::default();
        assert!(!outgoing.is_stuck());
        outgoing.begins(1);
        outgoing.begins(2);
        assert!(!outgoing.is_stuck());
        waits(&outgoing, STUCK);
        assert!(outgoing.is_stuck());
        outgoing.became(1, Became::Delivered);
        assert!(!outgoing.is_stuck(), "one has moved");
        waits(&outgoing, STUCK);
        assert!(outgoing.is_stuck());
        outgoing.became(2, Became::Failed);
        assert!(!outgoing.is_stuck(), "nothing waits");
    }

    #[tokio::test]
    async fn what_became_of_a_message_is_told_whoever_was_first() {
        let outgoing = Outgoing::default();
        outgoing.begins(1);
        outgoing.became(1, Became::Delivered);
        assert_eq!(outgoing.outcome(1, STUCK).await, Some(Became::Delivered));
        outgoing.begins(2);
        let (waits, ()) = tokio::join!(outgoing.outcome(2, STUCK), async { outgoing.became(2, Became::Failed) });
        assert_eq!(waits, Some(Became::Failed));
        outgoing.begins(3);
        assert_eq!(outgoing.outcome(3, Duration::ZERO).await, None);
        assert!(outgoing.knows(3) && !outgoing.knows(2));
        outgoing.forget(3);
        assert!(!outgoing.knows(3) && !outgoing.is_stuck());
    }
}
