//! Threads that people have begun on a message: what answers something said there goes there, or they would not see it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use matrix_sdk::ruma::events::relation::Thread;
use matrix_sdk::ruma::{EventId, OwnedEventId};

/// Of so many threads the last message is remembered.
const MOST: usize = 10_000;

/// The last message of each thread, by the one that it began with: for clients that know no threads, each message there
/// replies to the one before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Threads(Arc<Mutex<HashMap<String, OwnedEventId>>>);

impl Threads {
    /// This message is the last of its thread now.
    pub fn go_on(&self, thread: &str, message: &EventId) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() >= MOST && !last.contains_key(thread) {
            last.clear();
        }
        last.insert(thread.to_owned(), message.to_owned());
    }

    /// Where the next message of this thread stands. `None`: that is none.
    pub fn next(&self, thread: &str) -> Option<Thread> {
        let root = EventId::parse(thread).ok()?;
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = last.get(thread).cloned().unwrap_or_else(|| root.clone());
        Some(Thread::plain(root, before))
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::event_id;
    use matrix_sdk::ruma::events::room::message::{Relation, RoomMessageEventContent};
    use serde_json::json;

    use super::*;

    #[test]
    fn the_next_message_of_a_thread_replies_to_the_last_for_those_who_know_no_threads() {
        let threads = Threads::default();
        let relation = |threads: &Threads| {
            let mut content = RoomMessageEventContent::text_plain("x");
            content.relates_to = threads.next("$t").map(Relation::Thread);
            serde_json::to_value(content).expect("an event")["m.relates_to"].clone()
        };
        let next = |before: &str| {
            json!({ "rel_type": "m.thread", "event_id": "$t", "is_falling_back": true,
                    "m.in_reply_to": { "event_id": before } })
        };
        assert_eq!(relation(&threads), next("$t"));
        threads.go_on("$t", event_id!("$a"));
        assert_eq!(relation(&threads), next("$a"));
        assert!(threads.next("not an event").is_none());
    }
}
