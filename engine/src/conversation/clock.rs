use chrono::{DateTime, Utc};

/// What time it is. The real clock is read in `app` only; demos and tests move theirs by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present moment, in whole seconds: so the text that SQLite keeps sorts as time does.
    fn now(&self) -> DateTime<Utc>;
}
