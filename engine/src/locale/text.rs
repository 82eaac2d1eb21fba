//! Rich text that is safe to show: spans of one style each, with people's words kept apart from ours.

use unicode_segmentation::UnicodeSegmentation;

use super::words;

/// How a span looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// As everything else.
    #[default]
    Plain,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// To be typed or copied as it stands; of one width.
    Code,
}

/// A piece of text in one style. The text is what is seen: nothing in it is markup.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// What is seen.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// People's own words. A renderer may not find links or mentions in them.
    pub words: bool,
}

impl Span {
    /// Whether a messenger that looks for links in every text has to be kept from finding any in this, by signs that nobody
    /// sees. Not in what is to be copied: there each sign has to be one that somebody has typed, or an address does not work
    /// where it is pasted. What looks like a link in it is none where messengers show it in one width.
    pub fn is_unlinked(&self) -> bool {
        self.words && self.style != Style::Code
    }
}

/// What a person is to see, before a messenger gives it a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// Its pieces, in their order.
    pub spans: Vec<Span>,
}

impl Text {
    /// Nothing at all.
    pub fn new() -> Text {
        Text::default()
    }

    /// Our own text in one style.
    pub fn styled(text: impl Into<String>, style: Style) -> Text {
        let mut made = Text::new();
        made.push(Span { text: text.into(), style, words: false });
        made
    }

    /// People's words, made harmless: on one line, isolated if written from right to left.
    pub fn words(typed: &str) -> Text {
        let mut made = Text::new();
        made.push(Span { text: words::shown(typed), style: Style::Plain, words: true });
        made
    }

    /// The same without styles.
    pub fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// True if there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.text.is_empty())
    }

    /// Adds a span at the end. Ours grow together when they look the same; each person's words stay a span of their own.
    pub fn push(&mut self, span: Span) {
        if span.text.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if !last.words && !span.words && last.style == span.style => last.text.push_str(&span.text),
            _ => self.spans.push(span),
        }
    }

    /// Adds our own plain text at the end.
    pub fn push_str(&mut self, text: &str) {
        self.push(Span { text: text.to_owned(), style: Style::Plain, words: false });
    }

    /// Adds another text at the end.
    pub fn append(&mut self, other: Text) {
        other.spans.into_iter().for_each(|span| self.push(span));
    }

    /// The lines, each a text of its own.
    pub fn lines(&self) -> Vec<Text> {
        let mut lines = vec![Text::new()];
        for span in &self.spans {
            for (index, piece) in span.text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(Text::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(Span { text: piece.to_owned(), ..span.clone() });
                }
            }
        }
        lines
    }

    /// The same with its lines after one another.
    pub fn on_one_line(self) -> Text {
        Text::join(self.lines(), " ")
    }

    /// The texts that are not empty, with a line break between each two.
    pub fn join_lines(texts: impl IntoIterator<Item = Text>) -> Text {
        Text::join(texts, "\n")
    }

    /// The texts that are not empty, with a blank line between each two.
    pub fn join_paragraphs(texts: impl IntoIterator<Item = Text>) -> Text {
        Text::join(texts, "\n\n")
    }

    /// The texts that are not empty, with a separator of ours between each two.
    pub fn join(texts: impl IntoIterator<Item = Text>, separator: &str) -> Text {
        let mut joined = Text::new();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            if !joined.is_empty() {
                joined.push_str(separator);
            }
            joined.append(text);
        }
        joined
    }

    /// The length in UTF-16 code units, which is how Telegram counts.
    pub fn len_utf16(&self) -> usize {
        self.spans.iter().map(|span| utf16(&span.text)).sum()
    }

    /// Cuts the end off, between two characters as people see them, so that at most `max` UTF-16 code units are left,
    /// the last of them "…". Does nothing to a text that is short enough.
    pub fn truncate_utf16(&mut self, max: usize) {
        if self.len_utf16() <= max {
            return;
        }
        // One unit for the ellipsis, one for the end of an isolate that the cut takes away.
        let mut room = max.saturating_sub(2);
        let mut kept = Text::new();
        for mut span in std::mem::take(&mut self.spans) {
            let whole = span.text.len();
            let end = span
                .text
                .grapheme_indices(true)
                .map_while(|(start, grapheme)| {
                    room = room.checked_sub(utf16(grapheme))?;
                    Some(start + grapheme.len())
                })
                .last()
                .unwrap_or(0);
            if end == whole {
                kept.push(span);
                continue;
            }
            span.text.truncate(end);
            words::close_isolate(&mut span.text);
            kept.push(span);
            break;
        }
        if max > 0 {
            kept.push_str("…");
        }
        *self = kept;
    }
}

impl Text {
    /// Shortens people's words, the longest first, so that the whole has at most `max` UTF-16 code units, and what is ours stays.
    /// Of each so much is left as tells whose or what it is: where that is too much still, it is not short enough.
    pub fn shorten_words_utf16(&mut self, max: usize) {
        loop {
            let over = self.len_utf16().saturating_sub(max);
            let words = self.spans.iter_mut().filter(|span| span.words);
            let Some(longest) = words.max_by_key(|span| utf16(&span.text)) else { return };
            let length = utf16(&longest.text);
            let short = length.saturating_sub(over).max(LEAST_OF_WORDS);
            if over == 0 || short >= length {
                return;
            }
            let mut cut = Text { spans: vec![longest.clone()] };
            cut.truncate_utf16(short);
            longest.text = cut.plain();
        }
    }
}

/// What is left of people's words at the least, in UTF-16 code units.
const LEAST_OF_WORDS: usize = 10;

impl From<&str> for Text {
    /// Our own plain text; for what people typed there is [`Text::words`].
    fn from(text: &str) -> Text {
        Text::styled(text, Style::Plain)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::styled(text, Style::Plain)
    }
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_fits_and_is_cut_between_characters() {
        for (text, max, cut) in [
            ("short", 5, "short"),
            ("longer", 5, "lon…"),
            ("👍🏽👍🏽", 7, "👍🏽…"),
            ("👍🏽👍🏽", 5, "…"),
            ("abc", 2, "…"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
        ] {
            let mut made = Text::from(text);
            made.truncate_utf16(max);
            assert_eq!(made.plain(), cut, "{text:?} at {max}");
            assert!(made.len_utf16() <= max);
        }
    }

    #[test]
    fn a_cut_never_leaves_an_isolate_open() {
        for max in 0..30 {
            let mut text = Text::words("דוד בן גוריון");
            text.append(Text::from(" and more of ours"));
            text.truncate_utf16(max);
            let plain = text.plain();
            assert!(text.len_utf16() <= max);
            assert_eq!(plain.matches('\u{2068}').count(), plain.matches('\u{2069}').count(), "{max}: {plain:?}");
        }
    }

    #[test]
    fn texts_join_and_part_by_lines() {
        let text = Text::join_paragraphs([Text::styled("a\nb", Style::Bold), Text::new(), Text::words("c")]);
        assert_eq!(text.plain(), "a\nb\n\nc");
        let lines = text.lines();
        assert_eq!(lines.iter().map(Text::plain).collect::<Vec<_>>(), ["a", "b", "", "c"]);
        assert_eq!(lines[1], Text::styled("b", Style::Bold));
        assert!(lines[3].spans[0].words);
        assert_eq!(text.on_one_line().plain(), "a b c");
        assert_eq!(
            Text::join_lines(lines),
            Text::join([Text::styled("a", Style::Bold), Text::styled("b", Style::Bold), Text::words("c")], "\n")
        );
    }

    #[test]
    fn words_are_shortened_and_what_is_ours_stays() {
        let label = |name: &str, other: &str| {
            let mut label = Text::from("🔆 ");
            label.append(Text::words(name));
            label.push_str(" (🔗 ");
            label.append(Text::words(other));
            label.push_str("): €200");
            label.shorten_words_utf16(36);
            (label.plain(), label.len_utf16())
        };
        assert_eq!(label("Anna", "Dina").0, "🔆 Anna (🔗 Dina): €200");
        let (plain, length) = label("Anna-Maria Konstantinopolskaya", "Dina");
        assert!(plain.starts_with("🔆 Anna-Maria") && plain.ends_with("… (🔗 Dina): €200") && length <= 36, "{plain}");
        let (plain, _) = label(&"👍🏽".repeat(16), &"long ".repeat(12));
        assert!(plain.ends_with("): €200") && plain.matches('…').count() == 2, "{plain}");
    }

    #[test]
    fn what_is_to_be_copied_stays_as_it_was_typed() {
        let span = |style, words| Span { text: "anna@example.org".into(), style, words };
        assert!(span(Style::Plain, true).is_unlinked() && span(Style::Bold, true).is_unlinked());
        assert!(!span(Style::Code, true).is_unlinked() && !span(Style::Plain, false).is_unlinked());
    }

    #[test]
    fn words_of_two_people_never_become_one_span() {
        let mut text = Text::words("a");
        text.append(Text::words("b"));
        assert_eq!(text.spans.len(), 2);
        text.push_str("c");
        text.push_str("d");
        assert_eq!(text.spans.len(), 3);
    }
}
