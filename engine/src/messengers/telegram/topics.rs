//! Topics of private chats: what is answered there belongs where it was asked.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Of so many chats it is known at most. What is answered in any other stands beside its topics.
const MOST: usize = 10_000;

/// The topic in which each person spoke last; of those who use none, nothing is kept.
#[derive(Debug, Default)]
pub(super) struct Topics(Mutex<HashMap<String, i32>>);

impl Topics {
    /// Somebody has spoken in this topic of their chat, or in none.
    pub fn note(&self, chat: &str, topic: Option<i64>) {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match topic.and_then(|topic| i32::try_from(topic).ok()) {
            Some(topic) if topics.len() < MOST || topics.contains_key(chat) => {
                topics.insert(chat.to_owned(), topic);
            }
            _ => drop(topics.remove(chat)),
        }
    }

    /// Where their page belongs.
    pub fn of(&self, chat: &str) -> Option<i32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(chat).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topic_that_was_spoken_in_last_counts() {
        let topics = Topics::default();
        for (spoken_in, belongs) in [(Some(7), Some(7)), (Some(8), Some(8)), (None, None), (Some(1 << 40), None)] {
            topics.note("5", spoken_in);
            assert_eq!(topics.of("5"), belongs, "{spoken_in:?}");
        }
        assert_eq!(topics.of("6"), None);
    }
}
