//! Values that nobody may read in a log, an error or a debug print.

use std::fmt;

use super::value::Value;

/// A text that is never shown: its `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A text that is not to be shown.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself, for the one who has to send it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl Value for Secret {
    const EXPECTED: &'static str = "a text that is not empty";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Secret(text.to_owned()))
    }
}
