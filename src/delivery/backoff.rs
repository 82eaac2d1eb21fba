use std::time::Duration;

/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(600);

/// How long to wait after this many attempts that came to nothing: 1 s, 2 s, 4 s, 8 s, 16 s, 32 s, about 1, 2, 4 and
/// 9 minutes, and then 10 minutes each time, for as long as it takes.
pub(super) fn backoff(attempts: u32) -> Duration {
    let doubled = attempts.saturating_sub(1).min(16);
    Duration::from_secs(1 << doubled).min(LONGEST)
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
}
