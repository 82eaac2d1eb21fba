//! How many messages the mail server takes: so many at once, and then so many a minute.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::instant;

/// So many may go at once after a rest. Relays take ten.
const AT_ONCE: u32 = 8;

/// What may still be sent.
#[derive(Debug)]
pub(super) struct Allowance {
    /// The time between two messages, when many are sent.
    apart: Duration,
    /// When all that was taken would be given back.
    full_again: Mutex<Instant>,
}

impl Allowance {
    /// So many messages a minute.
    pub fn of(a_minute: u32) -> Allowance {
        let apart = Duration::from_secs(60) / a_minute.max(1);
        Allowance { apart, full_again: Mutex::new(instant()) }
    }

    /// Waits until one more message may go, for so long at most. The error says how long it would have had to wait.
    ///
    /// # Errors
    /// It would have taken longer; nothing was taken.
    pub async fn takes_one(&self, within: Duration) -> Result<(), Duration> {
        tokio::time::sleep(self.taken_at(instant(), within)?).await;
        Ok(())
    }

    /// How long to wait from then on.
    fn taken_at(&self, now: Instant, within: Duration) -> Result<Duration, Duration> {
        let mut full_again = self.full_again.lock().unwrap_or_else(PoisonError::into_inner);
        let next = (*full_again).max(now) + self.apart;
        let wait = (next - now).saturating_sub(self.apart * AT_ONCE);
        if wait > within {
            return Err(wait);
        }
        *full_again = next;
        Ok(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_go_at_once_and_then_one_a_second() {
        let (allowance, second) = (Allowance::of(60), Duration::from_secs(1));
        let begun = instant();
        for _ in 0..AT_ONCE {
            assert_eq!(allowance.taken_at(begun, Duration::ZERO), Ok(Duration::ZERO));
        }
        assert_eq!(allowance.taken_at(begun, Duration::ZERO), Err(second), "and nothing is taken");
        for waits in 1..5 {
            assert_eq!(allowance.taken_at(begun, second * 10), Ok(second * waits));
        }
        for _ in 0..AT_ONCE {
            assert_eq!(allowance.taken_at(begun + second * 60, Duration::ZERO), Ok(Duration::ZERO), "after a rest");
        }
    }
}
