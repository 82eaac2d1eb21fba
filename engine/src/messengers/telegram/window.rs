use std::collections::BTreeSet;

/// Which updates have been taken, and up to where they are done with.
///
/// Telegram forgets all updates before the offset of a request, so the offset never goes past a turn that has not
/// ended: after a crash that one comes again. Those behind it come again and again until it has, and are known here.
#[derive(Debug, Default)]
pub(super) struct Window {
    open: BTreeSet<i64>,
    done: BTreeSet<i64>,
    next: i64,
    /// Where the latest request began. Its answer may hold what was finished while it was on its way.
    asked: i64,
    /// Where the latest request began that was answered: whatever is before it, Telegram has forgotten.
    confirmed: i64,
}

impl Window {
    /// Where the next request begins, which is made now.
    pub fn ask(&mut self) -> i64 {
        self.asked = self.offset();
        self.done.retain(|done| *done >= self.asked);
        self.asked
    }

    /// Where the next request has to begin. Everything before it is done with.
    pub fn offset(&self) -> i64 {
        self.open.first().map_or(self.next, |open| (*open).min(self.next))
    }

    /// The latest request was answered.
    pub fn answered(&mut self) {
        self.confirmed = self.asked;
    }

    /// Whether Telegram knows already what is done with.
    pub fn is_confirmed(&self) -> bool {
        self.offset() == self.confirmed
    }

    /// Whether the next request would begin where the latest did.
    pub fn would_ask_the_same(&self) -> bool {
        self.offset() == self.asked
    }

    /// Takes an update; false: it is being worked on, or done with already.
    pub fn take(&mut self, update: i64) -> bool {
        // After a quiet week the numbers begin anew, so the newest number need not be the highest.
        self.next = update.saturating_add(1);
        !self.done.contains(&update) && self.open.insert(update)
    }

    /// An update is done with.
    pub fn finish(&mut self, update: i64) {
        if !self.open.remove(&update) {
            return;
        }
        self.done.insert(update);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_waits_for_the_oldest_turn() {
        let mut window = Window::default();
        assert_eq!(window.offset(), 0);
        assert!([5, 6, 7].into_iter().all(|update| window.take(update)));
        for (finished, offset) in [(6, 5), (5, 7), (7, 8)] {
            window.finish(finished);
            assert_eq!(window.offset(), offset, "after {finished}");
        }
        window.ask();
        assert!(window.done.is_empty() && window.open.is_empty());
    }

    #[test]
    fn what_comes_again_while_an_older_one_is_worked_on_is_not_taken_twice() {
        let mut window = Window::default();
        window.take(5);
        window.take(6);
        window.finish(6);
        assert!(!window.take(5) && !window.take(6));
        assert!(window.take(7));
        for update in [5, 7] {
            window.finish(update);
        }
        assert_eq!(window.offset(), 8);
    }

    #[test]
    fn what_was_finished_while_a_request_was_on_its_way_is_not_taken_from_its_answer() {
        let mut window = Window::default();
        assert!(window.take(5));
        assert_eq!(window.ask(), 5);
        window.finish(5);
        assert!(!window.take(5), "the answer to the request that began with it");
        assert_eq!(window.ask(), 6);
    }

    #[test]
    fn what_comes_again_after_it_was_confirmed_is_taken() {
        let mut window = Window::default();
        window.take(5);
        window.finish(5);
        assert_eq!(window.ask(), 6);
        assert!(window.take(5));
        window.finish(5);
        assert_eq!(window.offset(), 6);
    }
}
