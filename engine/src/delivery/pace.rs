use std::time::Duration;

use crate::conversation::Pace;

/// A second is paced in so many parts, so that letters go out evenly and not all at its beginning.
const PARTS: f64 = 5.0;

/// What may be sent through a messenger now: so many letters, each of which can be used again after a rest.
#[derive(Debug)]
pub(super) struct Gate {
    pace: Pace,
    /// How many processes keep to this pace together.
    sharers: u32,
    /// May be sent now; less than none when the share has just become smaller.
    free: i64,
    /// The same for what goes to all, which leaves a part to the notices of the moment.
    free_to_all: i64,
    /// Were given back before their rest was over.
    unspent: i64,
    unspent_to_all: i64,
}

/// How many letters may be on their way, and how long each counts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Size {
    at_once: i64,
    to_all: i64,
    rest: Duration,
}

impl Gate {
    pub fn new(pace: Pace) -> Gate {
        let Size { at_once, to_all, .. } = size(pace, 1);
        Gate { pace, sharers: 1, free: at_once, free_to_all: to_all, unspent: 0, unspent_to_all: 0 }
    }

    /// So many letters may be sent now, and so many of them to all.
    pub fn room(&self) -> (u64, u64) {
        (u64::try_from(self.free).unwrap_or(0), u64::try_from(self.free_to_all.min(self.free)).unwrap_or(0))
    }

    /// Letters go out: so many, and so many of them to all.
    pub fn take(&mut self, letters: usize, to_all: usize) {
        self.free -= letters as i64;
        self.free_to_all -= to_all as i64;
    }

    /// They have rested.
    pub fn give_back(&mut self, letters: usize, to_all: usize) {
        let before = self.unspent.min(letters as i64);
        let before_to_all = self.unspent_to_all.min(to_all as i64);
        self.unspent -= before;
        self.unspent_to_all -= before_to_all;
        self.free += letters as i64 - before;
        self.free_to_all += to_all as i64 - before_to_all;
    }

    /// One of those that were to go out did not: it need not rest.
    pub fn unspent(&mut self, to_all: bool) {
        if self.pace.a_second == u32::MAX {
            return;
        }
        self.free += 1;
        self.unspent += 1;
        self.free_to_all += i64::from(to_all);
        self.unspent_to_all += i64::from(to_all);
    }

    /// How long a letter counts after it went out.
    pub fn rest(&self) -> Duration {
        size(self.pace, self.sharers).rest
    }

    /// So many processes keep to this pace together from now on.
    pub fn share_with(&mut self, sharers: u32) {
        let sharers = if self.pace.alone { 1 } else { sharers };
        let (before, now) = (size(self.pace, self.sharers), size(self.pace, sharers));
        self.sharers = sharers;
        self.free += now.at_once - before.at_once;
        self.free_to_all += now.to_all - before.to_all;
    }
}

fn size(pace: Pace, sharers: u32) -> Size {
    if pace.a_second == u32::MAX {
        return Size { at_once: i64::from(u32::MAX), to_all: i64::from(u32::MAX), rest: Duration::ZERO };
    }
    let share = f64::from(pace.a_second.max(1)) / f64::from(sharers.max(1));
    let at_once = (share / PARTS).floor().max(1.0);
    // A fifth at least is left to the notices of the moment; of one, they are only the first to be asked.
    let to_all = (at_once - (at_once / 5.0).ceil()).max(1.0);
    Size { at_once: at_once as i64, to_all: to_all as i64, rest: Duration::from_secs_f64(at_once / share) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(a_second: u32) -> Pace {
        Pace { a_second, in_chat: Duration::ZERO, alone: false }
    }

    #[test]
    fn whoever_shares_a_pace_keeps_to_it() {
        for (a_second, sharers, at_once, to_all, rest) in [
            (25, 1, 5, 4, 200),
            (25, 2, 2, 1, 160),
            (10, 1, 2, 1, 200),
            (10, 3, 1, 1, 300),
            (1, 1, 1, 1, 1000),
            (1, 2, 1, 1, 2000),
            (100, 1, 20, 16, 200),
        ] {
            let Size { at_once: letters, to_all: of_them, rest: each } = size(pace(a_second), sharers);
            assert_eq!((letters, of_them, each.as_millis()), (at_once, to_all, rest), "{a_second} by {sharers}");
        }
    }

    #[test]
    fn a_share_that_becomes_smaller_is_kept_to_at_once() {
        let mut gate = Gate::new(pace(25));
        gate.take(5, 0);
        gate.share_with(2);
        assert_eq!(gate.room(), (0, 0));
        gate.give_back(5, 0);
        assert_eq!(gate.room(), (2, 1));
        gate.share_with(1);
        assert_eq!(gate.room(), (5, 4));
    }

    #[test]
    fn whoever_alone_can_send_shares_with_nobody() {
        let mut gate = Gate::new(Pace { alone: true, ..pace(10) });
        let room = gate.room();
        gate.share_with(3);
        assert_eq!((gate.room(), gate.rest()), (room, size(pace(10), 1).rest));
    }

    #[test]
    fn what_goes_to_all_leaves_room_for_the_notices_of_the_moment() {
        let mut gate = Gate::new(pace(25));
        gate.take(4, 4);
        assert_eq!(gate.room(), (1, 0));
    }

    #[test]
    fn what_did_not_go_out_counts_against_nothing() {
        let mut gate = Gate::new(pace(25));
        let (room, to_all) = gate.room();
        gate.take(2, 1);
        gate.unspent(true);
        assert_eq!(gate.room(), (room - 1, to_all));
        gate.give_back(2, 1);
        assert_eq!(gate.room(), (room, to_all));
    }
}
