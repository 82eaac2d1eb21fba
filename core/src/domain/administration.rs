//! What administrators write: why somebody is suspended, and what everybody is told.

use exodus_engine::locale::{LineFault, clean_line};

use super::paragraphs;

/// Why a member is suspended, as they read it: one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// How long it may be, in characters.
    pub const LONGEST: usize = 180;

    /// The reason that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<Reason, LineFault> {
        clean_line(typed, Reason::LONGEST).map(Reason)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What everybody is told: a few paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement(String);

impl Announcement {
    /// How long it may be, in characters: it has to fit among other things in a daily message.
    pub const LONGEST: usize = 1_000;

    /// The text that somebody has typed: its lines clean, and those left out in which nothing is to be seen.
    ///
    /// # Errors
    /// Nothing is to be seen in it, or it is too long.
    pub fn read(typed: &str) -> Result<Announcement, LineFault> {
        paragraphs::clean(typed, Announcement::LONGEST).map(Announcement)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stay_and_what_nobody_sees_goes() {
        let read = |typed: &str| Announcement::read(typed).map(|text| text.as_str().to_owned());
        assert_eq!(
            read("  We meet\n\n\n\u{202e}on Sunday.\r\nBring cake. "),
            Ok("We meet\non Sunday.\nBring cake.".into())
        );
        assert_eq!(read(" \n\u{200b}\n"), Err(LineFault::Empty));
        assert!(read(&"x".repeat(1_000)).is_ok());
        assert_eq!(read(&format!("{}\ny", "x".repeat(999))), Err(LineFault::TooLong { max: 1_000, long: 1_001 }));
    }
}
