//! Updates that wait for the bot.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One update, already as JSON.
#[derive(Debug, Clone)]
pub(crate) struct Update {
    pub id: u32,
    pub chat: i64,
    pub json: Arc<str>,
}

#[derive(Debug, Default)]
pub(crate) struct Queue {
    pub last_id: u32,
    /// In order of their ids.
    pub pending: VecDeque<Update>,
    /// Second deliveries: given once, whatever was confirmed.
    pub again: VecDeque<Update>,
    /// What a webhook gets: each chat's updates one after another.
    pub lanes: HashMap<i64, VecDeque<Update>>,
    /// All there were, by id, when history is kept.
    pub log: HashMap<u32, Update>,
    pub allowed: HashSet<String>,
    /// Counts the readers: a new one ends the wait of the one before.
    pub reader: u64,
    /// The offset of the latest request, and when it came.
    asked: Option<(i64, Instant)>,
}

/// As Telegram's own server has it: whoever asks for the same once more so soon is given one update only, or waits a little
/// for the first.
const TOO_SOON: Duration = Duration::from_millis(500);
const SOON: Duration = Duration::from_secs(3);

impl Queue {
    /// Whether the bot wants this kind: an empty wish is all but the rarely wanted.
    pub fn wants(&self, kind: &str) -> bool {
        if self.allowed.is_empty() {
            return !matches!(kind, "chat_member" | "message_reaction" | "message_reaction_count");
        }
        self.allowed.contains(kind)
    }

    pub fn waiting(&self) -> usize {
        self.pending.len() + self.again.len() + self.lanes.values().map(VecDeque::len).sum::<usize>()
    }

    /// How long a request from this offset on may wait, and how many updates it is given at most.
    pub fn ask(&mut self, offset: i64, patience: Duration, limit: usize, now: Instant) -> (Duration, usize) {
        let before = self.asked.replace((offset, now)).filter(|(before, _)| *before == offset);
        match before.map(|(_, at)| now.saturating_duration_since(at)) {
            Some(ago) if ago < TOO_SOON => (patience.max(SOON), 1),
            Some(ago) if ago < SOON => (patience.max(SOON), limit),
            _ => (patience, limit),
        }
    }

    /// Forgets what lies before `offset`; a negative offset keeps that many from the end.
    pub fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let keep = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
            let forget = self.pending.len().saturating_sub(keep);
            self.pending.drain(..forget);
            return;
        }
        while self.pending.front().is_some_and(|update| i64::from(update.id) < offset) {
            self.pending.pop_front();
        }
    }

    /// The next updates, as the array that `getUpdates` answers; `None` when there are none.
    pub fn take(&mut self, limit: usize) -> Option<String> {
        if self.again.is_empty() && self.pending.is_empty() {
            return None;
        }
        let again = self.again.len().min(limit);
        let first: Vec<Update> = self.again.drain(..again).collect();
        let mut array = String::with_capacity(512 * limit.min(self.pending.len() + 1));
        array.push('[');
        for update in first.iter().chain(self.pending.iter().take(limit - again)) {
            if array.len() > 1 {
                array.push(',');
            }
            array.push_str(&update.json);
        }
        array.push(']');
        Some(array)
    }

    /// Takes back what no webhook got, oldest first.
    pub fn close_lanes(&mut self) {
        let mut rest: Vec<Update> = self.lanes.drain().flat_map(|(_, lane)| lane).collect();
        rest.extend(self.pending.drain(..));
        rest.sort_by_key(|update| update.id);
        self.pending = rest.into();
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a moment to begin with")]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_the_same_too_soon_is_given_one_update() {
        let (mut queue, now, none) = (Queue::default(), Instant::now(), Duration::ZERO);
        let mut ask = |offset, after| queue.ask(offset, none, 100, now + Duration::from_millis(after));
        assert_eq!(ask(7, 0), (none, 100));
        assert_eq!(ask(7, 499), (SOON, 1));
        assert_eq!(ask(7, 1100), (SOON, 100));
        assert_eq!(ask(8, 1101), (none, 100), "another offset");
        assert_eq!(ask(8, 4102), (none, 100), "later");
    }
}
