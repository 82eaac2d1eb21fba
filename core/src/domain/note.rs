//! What a supporter says about their help.

use exodus_engine::locale::{LineFault, clean_line};

/// A note on a commitment: what the help is, when it was sent. One line of its supporter's own words, which is data: the
/// receiver and the circle read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// How long it may be, in characters.
    pub const LONGEST: usize = 180;

    /// The text that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<Note, LineFault> {
        clean_line(typed, Note::LONGEST).map(Note)
    }

    /// The text that was read once, and kept.
    pub fn kept(text: String) -> Note {
        Note(text)
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
    fn a_note_has_180_characters_at_most_as_people_count_them() {
        assert!(Note::read(&"ы".repeat(180)).is_ok());
        assert!(Note::read(&"e\u{301}".repeat(180)).is_ok());
        assert_eq!(Note::read(&"ы".repeat(181)), Err(LineFault::TooLong { max: 180, long: 181 }));
        assert_eq!(Note::read(" \u{200b}\n"), Err(LineFault::Empty));
        assert_eq!(Note::read("10 kg of\npotatoes\u{202e}").as_ref().map(Note::as_str), Ok("10 kg of potatoes"));
    }
}
