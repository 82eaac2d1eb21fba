//! What people type: names and other lines are cleaned before they are kept, and any words before they are shown.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// The longest name, in characters as people count them.
pub const NAME_CHARACTERS: usize = 64;
/// The longest name in bytes of UTF-8: one character may be many code points, and columns are finite.
pub const NAME_BYTES: usize = NAME_CHARACTERS * BYTES_OF_A_CHARACTER;

/// So many bytes a character has on an average, at most.
const BYTES_OF_A_CHARACTER: usize = 8;

/// No language writes more marks on one letter; piles of them run over the lines above and below.
const MARKS_ON_ONE_LETTER: usize = 4;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';
const DOTTED_CIRCLE: char = '\u{25CC}';

/// Why a name, or another line, can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Nothing of it can be seen.
    #[error("it needs at least one visible character")]
    Empty,
    /// There is too much of it.
    #[error("it has {long} characters, and at most {max} are taken")]
    TooLong {
        /// How many characters it may have.
        max: usize,
        /// How many it has.
        long: usize,
    },
}

/// A name as it is kept: a line of at most [`NAME_CHARACTERS`] and [`NAME_BYTES`], as [`clean_line`] makes it.
///
/// # Errors
/// [`LineFault`] if nothing visible is left, or if it is too long.
pub fn clean_name(typed: &str) -> Result<String, LineFault> {
    clean_line(typed, NAME_CHARACTERS)
}

/// What somebody has typed as it is kept: one line, composed (NFC), nothing invisible, no code that turns the direction of
/// writing; at most so many characters, as people count them.
///
/// # Errors
/// [`LineFault`] if nothing visible is left, or if it is longer than that, in characters or in bytes (eight to each).
pub fn clean_line(typed: &str, max: usize) -> Result<String, LineFault> {
    let shown: Vec<char> =
        typed.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|&c| !is_invisible(c)).collect();
    let mut line = String::with_capacity(typed.len().min(max * BYTES_OF_A_CHARACTER));
    for (index, &c) in shown.iter().enumerate() {
        let before = line.chars().next_back();
        let after = shown.get(index + 1).copied();
        let kept = match c {
            ' ' => before.is_some_and(|b| b != ' '),
            _ if is_joiner(c) => before.is_some_and(joins) && after.is_some_and(joins),
            _ if is_tag(c) => before.is_some_and(|b| b == '\u{1F3F4}' || is_tag(b)),
            _ if is_combining_mark(c) => before.is_some_and(|b| b != ' '),
            _ => true,
        };
        if kept {
            line.push(c);
        }
    }
    // What was taken out may have kept a letter and its mark apart.
    let line: String = with_few_marks(line.trim_end()).nfc().collect();
    if !line.chars().any(is_visible) {
        return Err(LineFault::Empty);
    }
    let long = line.graphemes(true).count();
    if long > max {
        return Err(LineFault::TooLong { max, long });
    }
    if line.len() > max * BYTES_OF_A_CHARACTER {
        // Few, but each of them is made of many.
        return Err(LineFault::TooLong { max, long: max + 1 });
    }
    Ok(line)
}

/// Any words of people as they may stand inside our sentences: on one line, attached to nothing, and
/// isolated if they are written from right to left.
pub(super) fn shown(words: &str) -> String {
    let clean: String = words
        .chars()
        .map(|c| if is_line_break(c) || c == '\t' { ' ' } else { c })
        .filter(|&c| !c.is_control() && !turns_direction(c))
        .collect();
    // A joiner at the end would join our next character to theirs.
    let clean = with_few_marks(clean.trim_end_matches(is_joiner));
    let Some(first) = clean.chars().next() else {
        return clean;
    };
    let attaches = ['a', first].iter().collect::<String>().graphemes(true).count() == 1;
    let clean = if attaches { format!("{DOTTED_CIRCLE}{clean}") } else { clean };
    if clean.chars().any(is_right_to_left) {
        format!("{FIRST_STRONG_ISOLATE}{clean}{POP_DIRECTIONAL_ISOLATE}")
    } else {
        clean
    }
}

/// Our own technical text without what has no place in a sentence; lines stay lines.
pub(super) fn verbatim(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !(c.is_control() || turns_direction(c))).collect()
}

/// Closes what [`shown`] opened, when the end of the words was cut off.
pub(super) fn close_isolate(cut: &mut String) {
    if cut.starts_with(FIRST_STRONG_ISOLATE) && !cut.ends_with(POP_DIRECTIONAL_ISOLATE) {
        cut.push(POP_DIRECTIONAL_ISOLATE);
    }
}

fn with_few_marks(text: &str) -> String {
    let mut marks = 0;
    text.chars()
        .filter(|&c| {
            marks = if is_combining_mark(c) { marks + 1 } else { 0 };
            marks <= MARKS_ON_ONE_LETTER
        })
        .collect()
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Zero-width joiner and non-joiner: they hold emoji together, and shape letters of Persian and Indic scripts.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

fn joins(c: char) -> bool {
    !c.is_ascii() && !is_joiner(c)
}

/// The letters of flags such as Scotland's: an invisible spelling after a black flag.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007F}')
}

fn is_visible(c: char) -> bool {
    // The last one is the empty Braille cell: a letter that looks like a space.
    !(c.is_whitespace() || is_combining_mark(c) || is_joiner(c) || is_tag(c) || c == '\u{2800}')
}

/// Has no look of its own, and no place in a name: controls, zero widths, fillers, private use, and what is no character.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || turns_direction(c)
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{E001F}' | '\u{E0080}'..='\u{E00FF}'
            | '\u{E01F0}'..='\u{10FFFF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_and_nothing_visible_is_lost() {
        for (typed, kept) in [
            ("Anna", "Anna"),
            ("  Anna \t\n Maria  ", "Anna Maria"),
            ("Анна\u{00A0}\u{2003}Мария", "Анна Мария"),
            ("Андреи\u{306}", "Андрей"),
            ("A\u{0}n\u{1b}na", "Anna"),
            ("\u{202E}annA\u{202C}", "annA"),
            ("An\u{200B}n\u{FEFF}a", "Anna"),
            ("An\u{200D}na", "Anna"),
            ("\u{301}Anna", "Anna"),
            ("Anna \u{301}B", "Anna B"),
            ("👨\u{200D}👩\u{200D}👧", "👨\u{200D}👩\u{200D}👧"),
            ("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥"),
            ("👍🏽 Ann", "👍🏽 Ann"),
            ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴\u{E0067}\u{E0062}\u{E007F}"),
            ("A\u{E0067}B", "AB"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("<b>Bob</b> & [x](y)", "<b>Bob</b> & [x](y)"),
            ("A\u{F0000}\u{10FFFD}\u{E000}B", "AB"),
            ("a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}", "á\u{302}\u{303}\u{304}\u{305}"),
            ("דוד", "דוד"),
        ] {
            assert_eq!(clean_name(typed).as_deref(), Ok(kept), "{typed:?}");
        }
    }

    #[test]
    fn names_with_nothing_visible_or_too_much_of_it_are_refused() {
        let long = LineFault::TooLong { max: NAME_CHARACTERS, long: NAME_CHARACTERS + 1 };
        for (typed, fault) in [
            (String::new(), LineFault::Empty),
            (" \n\t ".into(), LineFault::Empty),
            ("\u{200B}\u{200D}\u{202E}\u{3164}".into(), LineFault::Empty),
            ("\u{301}\u{302}".into(), LineFault::Empty),
            ("\u{2800}".into(), LineFault::Empty),
            ("x".repeat(65), long),
            ("ж".repeat(65), long),
            ("👨\u{200D}👩\u{200D}👧\u{200D}👦".repeat(64), long),
        ] {
            assert_eq!(clean_name(&typed), Err(fault), "{typed:?}");
        }
        assert!(clean_name(&"ж".repeat(64)).is_ok());
        assert!(clean_name(&"👍🏽".repeat(64)).is_ok());
        assert_eq!(clean_name(&format!("a{}", "\u{301}".repeat(100_000))).map(|name| name.len() < 16), Ok(true));
    }

    #[test]
    fn a_line_that_is_too_long_says_how_long_it_is() {
        assert_eq!(clean_line(&" ы".repeat(90), 179).as_deref(), Ok("ы ".repeat(90).trim_end()));
        let fault = LineFault::TooLong { max: 180, long: 212 };
        assert_eq!(clean_line(&"👍🏽".repeat(212), 180), Err(fault));
        assert_eq!(fault.to_string(), "it has 212 characters, and at most 180 are taken");
    }

    #[test]
    fn a_clean_name_is_clean_already() {
        for typed in [
            "A\u{200D}\u{301}B",
            "  Ж\u{200D} \u{200D}Ж ",
            "🏴\u{E0067}x\u{E0067}",
            "e\u{34F}\u{301}",
            "\u{1F3FD}\u{301}",
        ] {
            let once = clean_name(typed).expect("a name");
            assert_eq!(clean_name(&once).as_deref(), Ok(once.as_str()), "{typed:?}");
        }
    }

    #[test]
    fn words_can_not_reach_out_of_their_place() {
        for (words, seen) in [
            ("Anna", "Anna"),
            ("two\nlines\u{2028}three\tfour", "two lines three four"),
            ("\u{202E}evil\u{2069}", "evil"),
            ("\u{301}x", "\u{25CC}\u{301}x"),
            ("\u{FE0F}x", "\u{25CC}\u{FE0F}x"),
            ("\u{1F3FD}x", "\u{25CC}\u{1F3FD}x"),
            ("👨\u{200D}", "👨"),
            ("\u{200D}👨", "\u{25CC}\u{200D}👨"),
            ("דוד", "\u{2068}דוד\u{2069}"),
            ("Ann محمد", "\u{2068}Ann محمد\u{2069}"),
            ("\u{0}\u{7f}\u{9b}", ""),
        ] {
            assert_eq!(shown(words), seen, "{words:?}");
        }
    }
}
