use std::collections::VecDeque;

/// Up to where the homeserver has been heard for good: the cursor never goes past a turn that has not ended, so that
/// after a crash everything since comes again.
#[derive(Debug, Default)]
pub(super) struct Progress {
    batches: VecDeque<Batch>,
    opened: u64,
}

/// Where a batch begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// By this the homeserver knows it.
    pub next: String,
    /// How much was said before it.
    pub heard: i64,
}

#[derive(Debug)]
struct Batch {
    number: u64,
    /// Where the next batch begins.
    next: Place,
    /// How many of its turns have not ended.
    open: usize,
}

impl Progress {
    /// Takes up a batch with so many turns, after which `next` begins. Gives the number that its turns carry.
    pub fn open(&mut self, next: Place, turns: usize) -> u64 {
        self.opened += 1;
        self.batches.push_back(Batch { number: self.opened, next, open: turns });
        self.opened
    }

    /// A turn of this batch has ended.
    pub fn finish(&mut self, number: u64) {
        if let Some(batch) = self.batches.iter_mut().find(|batch| batch.number == number) {
            batch.open = batch.open.saturating_sub(1);
        }
    }

    /// Where the cursor may be moved to now, if it may be moved: it is given once.
    pub fn cursor(&mut self) -> Option<Place> {
        let mut cursor = None;
        while self.batches.front().is_some_and(|batch| batch.open == 0) {
            cursor = self.batches.pop_front().map(|batch| batch.next);
        }
        cursor
    }

    /// How many turns have not ended.
    pub fn open_turns(&self) -> usize {
        self.batches.iter().map(|batch| batch.open).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(next: &str) -> Place {
        Place { next: next.to_owned(), heard: 7 }
    }

    #[test]
    fn the_cursor_waits_for_the_oldest_turn_and_then_catches_up() {
        let mut progress = Progress::default();
        let first = progress.open(place("s1"), 2);
        let second = progress.open(place("s2"), 1);
        let third = progress.open(place("s3"), 0);
        assert_eq!(progress.cursor(), None);
        for (ended, cursor, open) in [(second, None, 2), (first, None, 1), (first, Some("s3"), 0)] {
            progress.finish(ended);
            assert_eq!(progress.cursor(), cursor.map(place));
            assert_eq!(progress.open_turns(), open);
        }
        progress.finish(third);
        assert_eq!(progress.cursor(), None);
    }

    #[test]
    fn a_batch_without_turns_moves_the_cursor_at_once() {
        let mut progress = Progress::default();
        progress.open(place("s1"), 0);
        assert_eq!(progress.cursor(), Some(place("s1")));
        assert_eq!(progress.cursor(), None);
    }
}
