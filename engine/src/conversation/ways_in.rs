use std::sync::Arc;

use super::{Messenger, WayIn};

/// The messengers that people can come through. Where the bot is found in one may become known only while it runs.
#[derive(Clone)]
pub struct WaysIn(Arc<dyn Fn() -> Vec<WayIn> + Send + Sync>);

impl WaysIn {
    /// Those of these messengers.
    pub fn of(messengers: Vec<Arc<dyn Messenger>>) -> WaysIn {
        WaysIn(Arc::new(move || messengers.iter().map(|messenger| messenger.way_in()).collect()))
    }

    /// As they are now.
    pub fn now(&self) -> Vec<WayIn> {
        self.0()
    }
}

impl From<Vec<WayIn>> for WaysIn {
    fn from(ways: Vec<WayIn>) -> WaysIn {
        WaysIn(Arc::new(move || ways.clone()))
    }
}
