//! What the members of a pool write: what it is called, its rules, and what a case is about. All of it is data.

use exodus_engine::locale::{LineFault, clean_name};

use super::super::paragraphs;

/// What a pool is called: one line of at most 64 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolName(String);

impl PoolName {
    /// The name that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<PoolName, LineFault> {
        clean_name(typed).map(PoolName)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the members of a pool have agreed on: a few paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolRules(String);

impl PoolRules {
    /// How long they may be, in characters.
    pub const LONGEST: usize = 2_000;

    /// The rules that somebody has typed.
    ///
    /// # Errors
    /// They can't be any.
    pub fn read(typed: &str) -> Result<PoolRules, LineFault> {
        paragraphs::clean(typed, PoolRules::LONGEST).map(PoolRules)
    }

    /// As they are shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What has happened: a few paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseWords(String);

impl CaseWords {
    /// How long they may be, in characters: they stand in a notice.
    pub const LONGEST: usize = 1_000;

    /// The words that somebody has typed.
    ///
    /// # Errors
    /// They can't be any.
    pub fn read(typed: &str) -> Result<CaseWords, LineFault> {
        paragraphs::clean(typed, CaseWords::LONGEST).map(CaseWords)
    }

    /// As they are shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_long_as_they_may_be() {
        assert!(PoolRules::read(&"ы".repeat(2_000)).is_ok());
        assert_eq!(PoolRules::read(&"ы".repeat(2_001)), Err(LineFault::TooLong { max: 2_000, long: 2_001 }));
        assert!(CaseWords::read(&"x".repeat(1_000)).is_ok());
        assert_eq!(CaseWords::read(&"x".repeat(1_001)), Err(LineFault::TooLong { max: 1_000, long: 1_001 }));
        assert_eq!(PoolName::read(" Neighbours ").as_ref().map(PoolName::as_str), Ok("Neighbours"));
        assert_eq!(PoolRules::read("One\n\n two ").as_ref().map(PoolRules::as_str), Ok("One\ntwo"));
        assert_eq!(CaseWords::read("\u{200b}\n"), Err(LineFault::Empty));
    }
}
