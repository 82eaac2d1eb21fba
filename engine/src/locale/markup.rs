//! From what Fluent has formatted to a [`Text`].
//!
//! People's words, sums, dates and inner sentences never pass through Fluent: a *slot* goes in their
//! place, one private-use character, and is replaced when the tags have been read. So nothing in them
//! can be taken for a tag. Only [`Arg::Verbatim`](super::Arg) goes through, because it may select a
//! variant; its `<` is marked as literal, and marks of ours are taken out of it.

use std::borrow::Cow;

use fluent_bundle::FluentValue;
use intl_memoizer::concurrent::IntlLangMemoizer;

use super::figures;
use super::quotes::Open;
use super::text::{Span, Style, Text};
use super::words;

/// The first slot; the one after it is the next character, and so on.
const FIRST_SLOT: u32 = 0xF_0000;
const LAST_SLOT: u32 = 0xF_FFFD;
/// Stands on both sides of a number that Fluent wrote, so that its digits can be grouped.
const NUMBER: char = '\u{10FFFC}';
/// Stands for a `<` that opens no tag.
const LESS_THAN: char = '\u{10FFFD}';

const TAGS: [(&str, Style); 3] = [("b>", Style::Bold), ("i>", Style::Italic), ("code>", Style::Code)];

/// What stands for the argument with this index, until [`assemble`] puts it in.
pub(super) fn slot(index: usize) -> String {
    let code = u32::try_from(index).ok().and_then(|index| FIRST_SLOT.checked_add(index));
    code.filter(|code| *code <= LAST_SLOT).and_then(char::from_u32).map(String::from).unwrap_or_default()
}

/// Technical text that may pass through Fluent: it comes out as it is, whatever is in it.
pub(super) fn literal(text: &str) -> String {
    let clean: String = words::verbatim(text).chars().filter(|&c| !is_mark(c)).collect();
    clean.replace('<', LESS_THAN.encode_utf8(&mut [0; 4]))
}

/// Marks each number that Fluent writes; numbers that only select a variant are never written.
pub(super) fn mark_numbers(value: &FluentValue, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format!("{NUMBER}{}{NUMBER}", number.as_string())),
        _ => None,
    }
}

/// Reads the tags, groups the digits, and fills the slots. An inner text keeps its styles, and takes the outer one where it has none;
/// what is quoted in it, where it stands in quotes of ours, is quoted within them.
pub(super) fn assemble(formatted: &str, slots: Vec<Text>, group: &str) -> Text {
    let mut text = Text::new();
    let mut open: Vec<Style> = Vec::new();
    let mut quotes = Open::default();
    let mut slots: Vec<Option<Text>> = slots.into_iter().map(Some).collect();
    let mut rest = formatted;
    while let Some(c) = rest.chars().next() {
        let style = open.last().copied().unwrap_or_default();
        let ours = |piece: Cow<str>| Span { text: piece.into_owned(), style, words: false };
        let after = &rest[c.len_utf8()..];
        rest = after;
        match c {
            '<' => match tag(after) {
                Some((Tag::Open(style), after)) => {
                    open.push(style);
                    rest = after;
                }
                Some((Tag::Close, after)) => {
                    open.pop();
                    rest = after;
                }
                None => text.push(ours("<".into())),
            },
            LESS_THAN => text.push(ours("<".into())),
            NUMBER => {
                let (digits, after) = after.split_once(NUMBER).unwrap_or((after, ""));
                text.push(ours(figures::grouped(digits, group).into()));
                rest = after;
            }
            _ if slot_index(c).is_some() => {
                // A message may show one argument twice, so slots are filled by copies.
                let filling = slot_index(c).and_then(|index| slots.get_mut(index)).and_then(|slot| slot.clone());
                for span in quotes.within(filling.unwrap_or_default()).spans {
                    let style = if span.style == Style::Plain { style } else { span.style };
                    text.push(Span { style, ..span });
                }
            }
            _ => {
                let end = after.find(|c| c == '<' || is_mark(c)).unwrap_or(after.len());
                let mut piece = String::with_capacity(c.len_utf8() + end);
                piece.push(c);
                piece.push_str(&after[..end]);
                quotes.passes(&piece);
                text.push(ours(piece.into()));
                rest = &after[end..];
            }
        }
    }
    text
}

/// What is wrong with the tags of one pattern: its own text, with what it interpolates left out.
pub(super) fn fault(pattern: &str) -> Option<String> {
    if pattern.contains(is_mark) {
        return Some("private-use characters of planes 15 and 16 are kept for the program itself".to_owned());
    }
    let mut open: Vec<&str> = Vec::new();
    for (start, _) in pattern.match_indices('<') {
        let after = &pattern[start + 1..];
        let Some((read, rest)) = tag(after) else {
            continue;
        };
        let name = after[..after.len() - rest.len()].trim_matches(['/', '>']);
        match read {
            Tag::Open(_) => open.push(name),
            Tag::Close if open.last() == Some(&name) => {
                open.pop();
            }
            Tag::Close => return Some(format!("</{name}> closes what is not open")),
        }
    }
    open.last().map(|name| format!("<{name}> is never closed"))
}

enum Tag {
    Open(Style),
    Close,
}

/// The tag whose `<` has just been read, and what follows it.
fn tag(after: &str) -> Option<(Tag, &str)> {
    let (closes, name) = match after.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, after),
    };
    TAGS.iter().find_map(|&(tag, style)| {
        let rest = name.strip_prefix(tag)?;
        Some((if closes { Tag::Close } else { Tag::Open(style) }, rest))
    })
}

fn slot_index(c: char) -> Option<usize> {
    let code = u32::from(c);
    (FIRST_SLOT..=LAST_SLOT).contains(&code).then(|| usize::try_from(code - FIRST_SLOT).ok())?
}

fn is_mark(c: char) -> bool {
    slot_index(c).is_some() || matches!(c, NUMBER | LESS_THAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_give_styles_and_everything_else_is_text() {
        let html = |text: Text| -> String {
            text.spans
                .iter()
                .map(|span| match span.style {
                    Style::Plain => span.text.clone(),
                    Style::Bold => format!("[b:{}]", span.text),
                    Style::Italic => format!("[i:{}]", span.text),
                    Style::Code => format!("[c:{}]", span.text),
                })
                .collect()
        };
        for (formatted, seen) in [
            ("a <b>b</b> c", "a [b:b] c"),
            ("<b>x <i>y</i> z</b>", "[b:x ][i:y][b: z]"),
            ("<code>t</code>", "[c:t]"),
            ("1 < 2 > 0 & &amp; <u>x</u> <b", "1 < 2 > 0 & &amp; <u>x</u> <b"),
            ("</b>x", "x"),
            ("\u{10FFFC}1234\u{10FFFC} people", "1,234 people"),
            ("\u{F0000}\u{F0001}\u{F0009}", "words[i:inner]"),
            ("<b>\u{F0000}\u{F0001}</b>", "[b:words][i:inner]"),
        ] {
            let slots = vec![Text::words("words"), Text::styled("inner", Style::Italic)];
            assert_eq!(html(assemble(formatted, slots, ",")), seen, "{formatted:?}");
        }
    }

    #[test]
    fn faulty_tags_are_found() {
        for (pattern, faulty) in [
            ("<b>x</b> <i>y</i>", false),
            ("<b><i>y</i></b>", false),
            ("2 < 3, <u>", false),
            ("<b>x", true),
            ("x</code>", true),
            ("<b><i>x</b></i>", true),
            ("\u{F0000}", true),
            ("\u{10FFFD}", true),
        ] {
            assert_eq!(fault(pattern).is_some(), faulty, "{pattern:?}");
        }
    }
}
