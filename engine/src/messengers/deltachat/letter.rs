//! A page in the form that Delta Chat takes: plain text, in messages which people's apps show whole.

use crate::locale::Text;
use crate::messengers::words::unlinked;

/// What stands where there would be nothing.
const NOTHING: &str = "…";

/// Of so many lines apps show at most, and leave the rest to a button. Two less, to be safe.
const MOST_LINES: usize = 36;

/// A line that is longer counts as several.
const LINE: usize = 100;

/// What a page says, in one message or in several.
pub(super) fn messages(text: &Text) -> Vec<String> {
    let mut messages = vec![String::new()];
    let mut lines = 0;
    for line in said(text).split('\n') {
        for piece in pieces(line) {
            let costs = lines_of(piece);
            if lines > 0 && lines + costs > MOST_LINES {
                messages.push(String::new());
                lines = 0;
            }
            let Some(message) = messages.last_mut() else { continue };
            if lines > 0 {
                message.push('\n');
            }
            message.push_str(piece);
            lines += costs;
        }
    }
    let messages = messages.iter().map(|message| message.trim_matches('\n').to_owned());
    let messages: Vec<String> = messages.filter(|message| !message.trim().is_empty()).collect();
    if messages.is_empty() { vec![NOTHING.to_owned()] } else { messages }
}

/// The words alone; what looks like a link or a command in people's words is none.
pub(super) fn said(text: &Text) -> String {
    text.spans
        .iter()
        .map(|span| if span.is_unlinked() { unlinked(&span.text, is_sign) } else { span.text.as_str().into() })
        .collect()
}

/// By what apps find links, commands and addresses: `https://x.org`, `/start`, `a@x.org`, `OPENPGP4FPR:...`, `#tag`.
fn is_sign(character: char) -> bool {
    matches!(character, '@' | '#' | '/' | '.' | ':')
}

/// As apps count.
fn lines_of(line: &str) -> usize {
    line.chars().count().div_ceil(LINE).max(1)
}

/// A line that is longer than a message, in several.
fn pieces(line: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), line);
    while let Some((end, _)) = rest.char_indices().nth(MOST_LINES * LINE) {
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Style;

    #[test]
    fn a_page_is_said_in_messages_that_are_shown_whole() {
        let lines = |count: usize| vec!["line"; count].join("\n");
        for (text, expected) in [
            (lines(MOST_LINES), 1),
            (lines(MOST_LINES + 1), 2),
            ("x".repeat(3600), 1),
            ("x".repeat(3601), 2),
            (vec!["x".repeat(190); 18].join("\n"), 1),
            (vec!["x".repeat(190); 19].join("\n"), 2),
            ("ж".repeat(9000), 3),
        ] {
            let messages = messages(&Text::from(text.as_str()));
            assert_eq!(messages.len(), expected);
            for message in &messages {
                assert!(message.split('\n').map(lines_of).sum::<usize>() <= MOST_LINES);
            }
            assert_eq!(messages.concat().replace('\n', ""), text.replace('\n', ""), "nothing is left out");
        }
    }

    #[test]
    fn an_empty_page_is_still_a_message() {
        for empty in ["", " \n \n"] {
            assert_eq!(messages(&Text::from(empty)), [NOTHING]);
        }
    }

    #[test]
    fn peoples_words_are_no_links_and_no_commands() {
        let joined = |typed: &str| said(&Text::words(typed)).replace('\u{2060}', "|");
        for (typed, seen) in [
            ("/start", "/|start"),
            ("https://evil.org/x", "https:|/|/|evil.|org/|x"),
            ("eva@evil.org", "eva@|evil.|org"),
            ("OPENPGP4FPR:AB#v=3", "OPENPGP4FPR:|AB#|v=3"),
            ("Anna K.", "Anna K."),
        ] {
            assert_eq!(joined(typed), seen);
        }
        assert_eq!(said(&Text::from("https://i.delta.chat/#x")), "https://i.delta.chat/#x", "our own stay links");
        assert_eq!(said(&Text::styled("**x**", Style::Bold)), "**x**");
    }
}
