//! What a member is called.

use exodus_engine::locale::{LineFault, clean_name};

/// A name that somebody can be called by: one line of at most 64 characters, in which nothing is hidden. Two may have the
/// same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The name that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<Name, LineFault> {
        clean_name(typed).map(Name)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a name looks like: two that are the same but for case and spaces look alike.
pub fn look_of(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
