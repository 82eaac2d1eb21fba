//! What is said of updates that nothing is done about.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// So many are named in a while; of the others it is said how many there were, so that nobody can fill the log.
const NAMED: u64 = 20;
const A_WHILE: Duration = Duration::from_secs(60);

/// Tells the operator of updates that are dropped.
#[derive(Clone, Default)]
pub(super) struct Drops(Arc<AtomicU64>);

impl Drops {
    /// Nothing is done about this update.
    pub fn dropped(&self, update: i64, why: &str) {
        if self.is_named() {
            tracing::warn!(update, why, "an update was dropped");
        } else {
            tracing::debug!(update, why, "an update was dropped");
        }
    }

    /// It was answered, and not understood.
    pub fn puzzled(&self, update: i64) {
        if self.is_named() {
            tracing::warn!(
                update,
                "a message holds what this release does not know; its sender was told to write a text"
            );
        }
    }

    /// This can't be read, and is passed over, if it has a number to pass it over by.
    pub fn unreadable(&self, update: Option<i64>, why: &str) {
        match update {
            Some(update) if self.is_named() => {
                tracing::error!(update, why, "an update can't be read and is passed over")
            }
            Some(update) => tracing::debug!(update, why, "an update can't be read and is passed over"),
            None if self.is_named() => tracing::error!(why, "Telegram brought what can't be read"),
            None => tracing::debug!(why, "Telegram brought what can't be read"),
        }
    }

    /// Counts one more. Whether it is told with its number.
    fn is_named(&self) -> bool {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        if before == 0 {
            let count = self.0.clone();
            tokio::spawn(async move {
                tokio::time::sleep(A_WHILE).await;
                let unnamed = count.swap(0, Ordering::Relaxed).saturating_sub(NAMED);
                if unnamed > 0 {
                    tracing::warn!(
                        updates = unnamed,
                        "more updates were dropped than are named; RUST_LOG=exodus=debug names all"
                    );
                }
            });
        }
        before < NAMED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_flood_of_them_is_counted_and_not_named() {
        let drops = Drops::default();
        assert_eq!((0..100).filter(|_| drops.is_named()).count() as u64, NAMED);
        assert_eq!(drops.0.load(Ordering::Relaxed), 100);
    }
}
