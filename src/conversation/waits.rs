use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Whether turns wait for the database: the operator is told when that begins and when it ends, once each, however many
/// people it is about and through whichever messenger they come.
#[derive(Clone, Default)]
pub struct Waits(Arc<Mutex<Option<Instant>>>);

impl Waits {
    /// Whether they wait now.
    pub fn are_on(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// A turn could not be played.
    #[allow(clippy::disallowed_methods, reason = "how long it took is for the operator alone")]
    pub fn begin(&self, update: &str, error: &impl std::fmt::Display) {
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if since.is_none() {
            *since = Some(Instant::now());
            tracing::error!(update, %error, "turns wait for the database");
        }
    }

    /// The database takes what people do.
    pub fn end(&self) {
        if let Some(since) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            tracing::info!(seconds = since.elapsed().as_secs(), "turns are played again");
        }
    }
}
