//! People's words on a picture: cleaned, and cut between what people see as letters.

use unicode_segmentation::UnicodeSegmentation;

/// So many code points belong to one letter at most: enough for a family of four in one sign, too few for a tower of marks.
const OF_ONE_LETTER: usize = 12;

/// What stands for what was cut off.
const MORE: &str = "…";

/// Words without what can't be seen or would turn the direction of what stands beside them, in one line.
pub fn clean(words: &str) -> String {
    let shown = words.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_hidden(*c));
    let shown: String = shown.collect();
    let letters = shown.graphemes(true).map(|letter| letter.chars().take(OF_ONE_LETTER).collect::<String>());
    let line: String = letters.collect();
    line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Codes without a shape, codes that turn the direction of writing, and what XML does not take.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Words in at most so many lines, none wider than `widest`; what has no room is left out, and a sign says so. `width` says how
/// wide words are.
pub fn lines(words: &str, most: usize, widest: f32, width: impl Fn(&str) -> f32) -> Vec<String> {
    let words = clean(words);
    let mut left = words.as_str();
    let mut lines = Vec::new();
    while !left.is_empty() && lines.len() < most {
        if lines.len() + 1 == most {
            lines.push(cut(left, widest, &width));
            break;
        }
        let (line, rest) = broken(left, widest, &width);
        lines.push(line.to_owned());
        left = rest;
    }
    lines
}

/// The beginning of these words that is no wider than that, with a sign where something is left out.
pub fn cut(words: &str, widest: f32, width: impl Fn(&str) -> f32) -> String {
    if width(words) <= widest {
        return words.to_owned();
    }
    let mut kept = String::new();
    for letter in words.graphemes(true) {
        if width(&format!("{kept}{letter}{MORE}")) > widest {
            break;
        }
        kept.push_str(letter);
    }
    format!("{}{MORE}", kept.trim_end())
}

/// The first line of these words, and what follows: broken between words, or in a word that is too long for a line.
fn broken<'a>(words: &'a str, widest: f32, width: &impl Fn(&str) -> f32) -> (&'a str, &'a str) {
    if width(words) <= widest {
        return (words, "");
    }
    let spaces = words.match_indices(' ').map(|(at, _)| at);
    let fitting = spaces.take_while(|at| width(&words[..*at]) <= widest).last();
    if let Some(at) = fitting {
        return (&words[..at], &words[at + 1..]);
    }
    let ends = words.grapheme_indices(true).map(|(at, letter)| at + letter.len());
    let mut fitting = ends.take_while(|end| width(&words[..*end]) <= widest);
    let first = words.graphemes(true).next().map_or(0, str::len);
    let end = fitting.by_ref().last().unwrap_or(first);
    (&words[..end], words[end..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(words: &str) -> f32 {
        words.graphemes(true).count() as f32
    }

    #[test]
    fn what_cannot_be_seen_or_turns_the_direction_is_taken_out() {
        assert_eq!(clean("\u{202E}An\u{200B}na\u{2066}\n \t Petrova\u{FFFF}\u{0}"), "Anna Petrova");
        assert_eq!(clean("\u{200B}\u{2060}"), "");
    }

    #[test]
    fn a_tower_of_marks_is_made_low_and_a_family_stays_whole() {
        assert_eq!(clean(&format!("A{}", "\u{301}".repeat(500))).chars().count(), OF_ONE_LETTER);
        let family = "👨\u{200D}👩\u{200D}👧\u{200D}👦";
        assert_eq!(clean(family), family);
    }

    #[test]
    fn lines_break_between_words_and_say_what_is_left_out() {
        let in_two = |words| lines(words, 2, 8.0, letters);
        assert_eq!(in_two("Anna"), ["Anna"]);
        assert_eq!(in_two("Anna Petrova"), ["Anna", "Petrova"]);
        assert_eq!(in_two("Anna Petrova of Bar"), ["Anna", "Petrova…"]);
        assert_eq!(in_two("Konstantinopolskaya"), ["Konstant", "inopols…"]);
        assert_eq!(in_two(""), Vec::<String>::new());
    }

    #[test]
    fn it_is_cut_between_what_people_see_as_letters() {
        let family = "👨\u{200D}👩\u{200D}👧";
        assert_eq!(cut(&family.repeat(5), 3.0, letters), format!("{family}{family}…"));
    }
}
