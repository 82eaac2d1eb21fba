use unicode_segmentation::UnicodeSegmentation;

/// What a terminal has at least; in a narrower one, words are left to break.
const NARROWEST: usize = 20;

/// Where a line of a text is broken so that no row of a terminal is wider than this: the bytes of the spaces that the
/// next row begins after. A word that is longer than a row stays whole: the terminal itself breaks it.
pub(super) fn breaks(line: &str, width: usize) -> Vec<usize> {
    let mut breaks = Vec::new();
    if width < NARROWEST {
        return breaks;
    }
    let (mut column, mut last_space) = (0, None);
    for (at, letter) in line.grapheme_indices(true) {
        if letter == " " {
            last_space = Some((at, column + 1));
        }
        column += columns(letter);
        if let Some((space, before)) = last_space.filter(|_| column > width && letter != " ") {
            breaks.push(space);
            column -= before;
            last_space = None;
        }
    }
    breaks
}

/// How many columns a letter takes: none of those that terminals disagree about is taken for narrower than it is.
fn columns(letter: &str) -> usize {
    let first = letter.chars().next().map_or(0, u32::from);
    if first < 0x2100 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str, width: usize) -> Vec<String> {
        let (mut rows, mut from) = (Vec::new(), 0);
        for at in breaks(line, width) {
            rows.push(line[from..at].to_owned());
            from = at + 1;
        }
        rows.push(line[from..].to_owned());
        rows
    }

    #[test]
    fn a_line_is_broken_between_words() {
        for (line, rows) in [
            ("short", vec!["short"]),
            ("", vec![""]),
            ("one two three four five six", vec!["one two three four", "five six"]),
            ("exactly twenty wide, more", vec!["exactly twenty wide,", "more"]),
            ("exactly twenty wide!", vec!["exactly twenty wide!"]),
            ("500\u{a0}€ 500\u{a0}€ 500\u{a0}€ 500\u{a0}€", vec!["500\u{a0}€ 500\u{a0}€ 500\u{a0}€", "500\u{a0}€"]),
            ("❤️❤️❤️❤️❤️ ❤️❤️❤️❤️❤️❤️", vec!["❤️❤️❤️❤️❤️", "❤️❤️❤️❤️❤️❤️"]),
            ("a https://example.org/a-long-address b", vec!["a", "https://example.org/a-long-address", "b"]),
        ] {
            assert_eq!(wrapped(line, 20), rows, "{line:?}");
        }
        assert_eq!(wrapped("in a very narrow one it is left", 10).len(), 1);
    }
}
