//! A text that is longer than a message: cut where its records end, and where its lines do at least.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use teloxide::types::MessageEntity;

use super::letter::Said;

/// A cut that leaves less than this part of a message before it is no good: then the next best place is taken.
const LEAST: usize = 4;

/// So many letters are known of which a part was sent.
const MOST: usize = 1000;

/// The same text in messages of at most so many UTF-16 units, in their order.
pub(super) fn in_parts(said: Said, longest: usize) -> Vec<Said> {
    let (mut parts, mut rest) = (Vec::new(), said);
    while rest.length > longest {
        let (first, after) = halves(&rest, cut(&rest.text, longest));
        parts.extend(Some(first).filter(|part| part.length > 0));
        rest = after;
    }
    if rest.length > 0 || parts.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Where the text is cut so that what stands before it is at most so long, in bytes.
fn cut(text: &str, longest: usize) -> usize {
    let (mut units, mut end) = (0, 0);
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > longest {
            break;
        }
        end = at + character.len_utf8();
    }
    // A gap right behind it is as good.
    let gap = text[end..].bytes().take(2).take_while(|byte| b"\n ".contains(byte)).count();
    let before = &text[..end + gap];
    let places = ["\n\n", "\n", " "].into_iter().filter_map(|gap| before.rfind(gap));
    places.into_iter().find(|place| *place >= end / LEAST).unwrap_or(end)
}

/// Both sides of a place, without the white space at it.
fn halves(said: &Said, at: usize) -> (Said, Said) {
    let (before, after) = (said.text[..at].trim_end(), said.text[at..].trim_start());
    let skipped = said.text.len() - after.len();
    (part(said, 0, before), part(said, skipped, after))
}

/// The part of it that begins at this byte, with what is bold in it.
fn part(said: &Said, begins: usize, text: &str) -> Said {
    let from = said.text[..begins].encode_utf16().count();
    let length = text.encode_utf16().count();
    let within = |entity: &MessageEntity| {
        let start = entity.offset.max(from);
        let end = (entity.offset + entity.length).min(from + length);
        (start < end).then(|| MessageEntity { kind: entity.kind.clone(), offset: start - from, length: end - start })
    };
    Said { text: text.to_owned(), entities: said.entities.iter().filter_map(within).collect(), length }
}

/// How many parts of a letter were sent before Telegram asked to wait: they are not sent once more.
#[derive(Debug, Default)]
pub(super) struct Sent(Mutex<HashMap<String, usize>>);

impl Sent {
    /// How many parts of this letter are there already.
    pub fn of(&self, letter: &str) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(letter).copied().unwrap_or_default()
    }

    /// One more of its parts is there.
    pub fn one_more(&self, letter: &str) {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() >= MOST {
            sent.clear();
        }
        *sent.entry(letter.to_owned()).or_default() += 1;
    }

    /// All of it is there.
    pub fn done(&self, letter: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Said {
        Said { text: text.to_owned(), entities: Vec::new(), length: text.encode_utf16().count() }
    }

    fn cut_at(text: &str, longest: usize) -> Vec<String> {
        in_parts(said(text), longest).into_iter().map(|part| part.text).collect()
    }

    #[test]
    fn a_text_is_cut_where_its_records_end_or_its_lines_or_its_words() {
        for (text, parts) in [
            ("short", vec!["short"]),
            ("one\nmore\n\ntwo\nmore", vec!["one\nmore", "two\nmore"]),
            ("a line of it\nanother", vec!["a line of it", "another"]),
            ("some words of it", vec!["some words of", "it"]),
            ("abcdefghijklmnopqrst", vec!["abcdefghijklmn", "opqrst"]),
            ("😀😀😀😀😀😀😀😀", vec!["😀😀😀😀😀😀😀", "😀"]),
            ("a\n\nbcdefghijklmnopq", vec!["a\n\nbcdefghijkl", "mnopq"]),
        ] {
            assert_eq!(cut_at(text, 14), parts, "{text}");
        }
    }

    #[test]
    fn what_is_bold_stays_so_on_both_sides() {
        let text = "plain bold and bold";
        let bold = Said { entities: vec![MessageEntity::bold(6, 13)], ..said(text) };
        let parts = in_parts(bold, 14);
        let covered = |part: &Said| {
            let units: Vec<u16> = part.text.encode_utf16().collect();
            let of =
                |entity: &MessageEntity| String::from_utf16_lossy(&units[entity.offset..entity.offset + entity.length]);
            part.entities.iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(parts.iter().map(covered).collect::<Vec<_>>(), [["bold and"], ["bold"]]);
    }

    #[test]
    fn nothing_is_lost_whatever_it_is() {
        for text in ["x".repeat(100), "word ".repeat(40), "line\n".repeat(40), "😀\n\n".repeat(40)] {
            let parts = in_parts(said(&text), 30);
            assert!(parts.iter().all(|part| (1..=30).contains(&part.length)));
            let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(dense(&parts.iter().map(|part| part.text.as_str()).collect::<String>()), dense(&text));
        }
    }

    #[test]
    fn what_was_sent_of_a_letter_is_known_until_all_of_it_was() {
        let sent = Sent::default();
        sent.one_more("a");
        sent.one_more("a");
        assert_eq!((sent.of("a"), sent.of("b")), (2, 0));
        sent.done("a");
        assert_eq!(sent.of("a"), 0);
    }
}
