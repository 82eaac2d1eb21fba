//! Trying once more what others were faster with.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::Fault;

/// How often something is played when others change the same records in the same moment.
const TRIES: u32 = 7;

/// The first pause; each is twice the one before, so that the last begins after little more than a second.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// Plays something again that was [`Fault::Raced`], a bounded number of times.
#[derive(Debug)]
pub struct Tries {
    who: u64,
    failures: u32,
}

impl Tries {
    /// Tries of one of many who may be at the same records: they wait for different times, each the same ones again.
    pub fn of(who: impl Hash) -> Tries {
        let mut hasher = DefaultHasher::new();
        // Two processes may be at the same.
        (who, std::process::id()).hash(&mut hasher);
        Tries { who: hasher.finish(), failures: 0 }
    }

    /// Waits for a moment if it is worth to try once more; otherwise it says what became of it in the end.
    ///
    /// # Errors
    /// Any other fault than a race, as it is; a race that was lost at every try is broken.
    pub async fn once_more(&mut self, fault: Fault) -> Result<(), Fault> {
        tokio::time::sleep(self.pause_after(fault)?).await;
        Ok(())
    }

    fn pause_after(&mut self, fault: Fault) -> Result<Duration, Fault> {
        if !matches!(fault, Fault::Raced) {
            return Err(fault);
        }
        self.failures += 1;
        if self.failures >= TRIES {
            return Err(Fault::Broken(format!("others changed the same records at each of {TRIES} tries")));
        }
        let pause = FIRST_PAUSE * (1 << (self.failures - 1));
        // Up to as long again, so that those who met once don't meet again.
        let part = self.who >> (self.failures * 8) & 0xff;
        Ok(pause + pause.mul_f64(part as f64 / 256.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses_of(who: &str) -> (Vec<Duration>, Fault) {
        let (mut tries, mut pauses) = (Tries::of(who), Vec::new());
        loop {
            match tries.pause_after(Fault::Raced) {
                Ok(pause) => pauses.push(pause),
                Err(fault) => return (pauses, fault),
            }
        }
    }

    #[test]
    fn a_race_that_is_always_lost_is_broken_and_until_then_the_pauses_grow() {
        let (pauses, fault) = pauses_of("anna");
        assert!(matches!(fault, Fault::Broken(_)), "{fault}");
        assert_eq!(pauses.len() + 1, TRIES as usize);
        assert!(pauses.is_sorted() && pauses.iter().sum::<Duration>() < Duration::from_secs(2), "{pauses:?}");
        assert_ne!(pauses, pauses_of("boris").0, "who met once would meet again");
    }

    #[test]
    fn nothing_else_is_tried_again() {
        for fault in [Fault::Lost, Fault::Broken("bug".to_owned())] {
            let told = fault.to_string();
            assert_eq!(Tries::of("anna").pause_after(fault).unwrap_err().to_string(), told);
        }
    }
}
