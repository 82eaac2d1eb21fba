//! Texts of several paragraphs, as people type them.

use exodus_engine::locale::{LineFault, clean_line};

/// The text that somebody has typed: its lines clean, and those left out in which nothing is to be seen.
///
/// # Errors
/// Nothing is to be seen in it, or it has more characters than `longest`.
pub(super) fn clean(typed: &str, longest: usize) -> Result<String, LineFault> {
    let mut paragraphs = Vec::new();
    for line in typed.lines() {
        match clean_line(line, longest) {
            Ok(line) => paragraphs.push(line),
            Err(LineFault::Empty) => {}
            Err(fault) => return Err(fault),
        }
    }
    let text = paragraphs.join("\n");
    match text.chars().count() {
        0 => Err(LineFault::Empty),
        long if long > longest => Err(LineFault::TooLong { max: longest, long }),
        _ => Ok(text),
    }
}
