use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

/// After so long without a good answer a messenger is not heard any more: twice as long as one may take that waits for
/// news.
const LONGEST: Duration = Duration::from_secs(60);

/// Whether a messenger that is listened to is heard: whether good answers come.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    beat: Notify,
    heard: AtomicBool,
}

impl Pulse {
    /// A good answer has come.
    pub fn beats(&self) {
        self.heard.store(true, Ordering::Relaxed);
        self.beat.notify_one();
    }

    /// Whether the last good answer came lately, in this listening.
    pub fn is_heard(&self) -> bool {
        self.heard.load(Ordering::Relaxed)
    }

    /// Listens, and watches over it.
    pub async fn watch<T>(&self, listening: impl Future<Output = T>) -> T {
        self.watch_every(LONGEST, listening).await
    }

    async fn watch_every<T>(&self, longest: Duration, listening: impl Future<Output = T>) -> T {
        self.heard.store(false, Ordering::Relaxed);
        tokio::pin!(listening);
        loop {
            tokio::select! {
                ended = &mut listening => {
                    self.heard.store(false, Ordering::Relaxed);
                    return ended;
                }
                () = self.beat.notified() => {}
                () = tokio::time::sleep(longest) => self.heard.store(false, Ordering::Relaxed),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_gives_no_good_answer_for_a_while_is_not_heard_until_it_does() {
        let pulse = Pulse::default();
        let until = async |heard: bool| {
            while pulse.is_heard() != heard {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let listening = async {
            assert!(!pulse.is_heard(), "it has just begun");
            for _ in 0..2 {
                pulse.beats();
                assert!(pulse.is_heard());
                until(false).await;
            }
            pulse.beats();
        };
        pulse.watch_every(Duration::from_millis(20), listening).await;
        assert!(!pulse.is_heard(), "nobody listens any more");
    }
}
