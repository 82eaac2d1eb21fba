//! How fast a bot may write: token buckets, one for each chat and one for all.

use std::time::Instant;

/// So many requests a second on average, and so many at once.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// The long-run average.
    pub per_second: f64,
    /// How many may come at once after a rest.
    pub burst: f64,
}

/// The limits on what a bot sends and edits.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// In one chat.
    pub chat: Rate,
    /// In one group.
    pub group: Rate,
    /// In all chats together.
    pub overall: Rate,
}

impl Pace {
    /// What Telegram's documentation advises: about one message a second in a chat (short bursts
    /// pass), twenty a minute in a group, thirty a second overall.
    pub fn telegram() -> Self {
        Self {
            chat: Rate { per_second: 1.0, burst: 5.0 },
            group: Rate { per_second: 20.0 / 60.0, burst: 20.0 },
            overall: Rate { per_second: 30.0, burst: 30.0 },
        }
    }
}

/// What is left of a rate.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    spent: f64,
    at: Option<Instant>,
}

impl Bucket {
    /// Takes one, or says for how many seconds to wait.
    pub fn take(&mut self, rate: Rate, now: Instant) -> Result<(), u32> {
        let rest = self.at.map_or(0.0, |at| now.saturating_duration_since(at).as_secs_f64());
        self.spent = (self.spent - rest * rate.per_second).max(0.0);
        self.at = Some(now);
        if self.spent + 1.0 <= rate.burst {
            self.spent += 1.0;
            return Ok(());
        }
        let wait = (self.spent + 1.0 - rate.burst) / rate.per_second;
        Err(wait.ceil().max(1.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_and_the_next_must_wait_its_turn() {
        let (mut bucket, rate, now) = (Bucket::default(), Rate { per_second: 1.0, burst: 2.0 }, Instant::now());
        assert_eq!(bucket.take(rate, now), Ok(()));
        assert_eq!(bucket.take(rate, now), Ok(()));
        assert_eq!(bucket.take(rate, now), Err(1));
        assert_eq!(bucket.take(rate, now + Duration::from_secs(1)), Ok(()));
    }
}
