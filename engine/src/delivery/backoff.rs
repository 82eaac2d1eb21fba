use std::time::Duration;

use crate::store::outbox::NoticeId;

/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(600);

/// How long to wait after this many attempts that came to nothing: 1 s, 2 s, 4 s, 8 s, 16 s, 32 s, about 1, 2, 4 and
/// 9 minutes, and then 10 minutes each time.
pub(super) fn backoff(attempts: u32) -> Duration {
    let doubled = attempts.saturating_sub(1).min(16);
    Duration::from_secs(1 << doubled).min(LONGEST)
}

/// The same for one of many: up to half as long again, so that what failed together does not come back together. It is
/// not left to chance: the same row waits the same time after the same attempt.
pub(super) fn backoff_of(row: NoticeId, attempts: u32) -> Duration {
    let wait = backoff(attempts).as_secs();
    Duration::from_secs(wait + scattered(row.number().unsigned_abs() ^ u64::from(attempts) << 48) % (wait / 2 + 1))
}

/// Numbers that lie near each other, made into numbers that don't (the last step of SplitMix64).
fn scattered(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_ten_minutes() {
        for (attempts, seconds) in [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (10, 512), (11, 600), (u32::MAX, 600)] {
            assert_eq!(backoff(attempts), Duration::from_secs(seconds), "{attempts}");
        }
    }

    #[test]
    fn what_failed_together_comes_back_scattered_over_half_the_wait() {
        for attempts in 1..12 {
            let (wait, mut waits) = (backoff(attempts).as_secs(), std::collections::BTreeSet::new());
            for row in 1..=10_000 {
                let scattered = backoff_of(NoticeId::new(row), attempts).as_secs();
                assert!((wait..=wait + wait / 2).contains(&scattered), "{scattered} after {attempts}");
                waits.insert(scattered);
            }
            assert_eq!(waits.len() as u64, wait / 2 + 1, "every second of it is used after {attempts}");
        }
    }
}
