use std::time::Duration;

/// How long to wait after so many failures in a row: 1 s, 2 s, 4 s ... at most a minute.
pub(super) fn backoff(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(6)).min(Duration::from_secs(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_and_at_most_a_minute() {
        for (failures, seconds) in [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (u32::MAX, 60)] {
            assert_eq!(backoff(failures), Duration::from_secs(seconds), "{failures}");
        }
    }
}
