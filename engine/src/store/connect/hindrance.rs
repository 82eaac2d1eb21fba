//! Why no connection is had. The driver often does not know: it hears that its door was closed, or that none came in time.
//! It is for the log alone, and a process works with one server, so it stands in one place.

use std::sync::{Mutex, MutexGuard, PoisonError};

static KNOWN: Mutex<Option<String>> = Mutex::new(None);

/// This is in the way.
pub(super) fn met(what: String) {
    *known() = Some(what);
}

/// Nothing is, as far as is known.
pub(super) fn gone() {
    *known() = None;
}

/// What is known to be in the way now.
pub(crate) fn hindrance() -> Option<String> {
    known().clone()
}

fn known() -> MutexGuard<'static, Option<String>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}
