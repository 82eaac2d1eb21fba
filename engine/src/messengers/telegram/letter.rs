//! The text of a page in the form that Telegram takes, with its entities.

use teloxide::types::{LinkPreviewOptions, MessageEntity};

use super::parts::in_parts;
use super::words::unlinked;
use super::{LONGEST_PAGE, LONGEST_TEXT};
use crate::locale::{Span, Style, Text};

/// What stands where there would be nothing: Telegram takes neither an empty message nor an empty button.
pub(super) const NOTHING: &str = "…";

/// A text and what is bold in it. There is no markup, so nothing in the text has to be escaped or can be misread.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub text: String,
    pub entities: Vec<MessageEntity>,
    /// In UTF-16 units.
    pub length: usize,
}

/// The text of a page, in as many messages as it takes.
pub(super) fn said(text: &Text) -> Vec<Said> {
    let spans = text.spans.iter().map(|span| Span {
        text: if span.is_unlinked() { unlinked(&span.text).into_owned() } else { span.text.clone() },
        ..*span
    });
    let mut shown = Text { spans: spans.collect() };
    // What keeps links away from people's words takes its room too.
    shown.truncate_utf16(LONGEST_PAGE);

    let mut said = Said { text: String::new(), entities: Vec::new(), length: 0 };
    for span in shown.spans {
        let length = span.text.encode_utf16().count();
        said.entities.extend(entity(span.style, said.length, length));
        said.text.push_str(&span.text);
        said.length += length;
    }
    if said.text.trim().is_empty() {
        return vec![Said { text: NOTHING.to_owned(), entities: Vec::new(), length: 1 }];
    }
    in_parts(said, LONGEST_TEXT)
}

fn entity(style: Style, offset: usize, length: usize) -> Option<MessageEntity> {
    match style {
        Style::Plain => None,
        Style::Bold => Some(MessageEntity::bold(offset, length)),
        Style::Italic => Some(MessageEntity::italic(offset, length)),
        Style::Code => Some(MessageEntity::code(offset, length)),
    }
}

/// A link in a text stays a link, without a picture of where it leads.
pub(super) fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &Text) -> Said {
        let mut parts = super::said(text);
        assert_eq!(parts.len(), 1);
        parts.remove(0)
    }

    fn span(text: &str, style: Style) -> Span {
        Span { text: text.into(), style, words: false }
    }

    #[test]
    fn entities_are_measured_in_utf16_units() {
        let mut text = Text::styled("👍🏽", Style::Bold);
        text.push(span("é ", Style::Plain));
        text.push(span("x", Style::Code));
        text.push(span("עברית", Style::Italic));
        let said = said(&text);
        assert_eq!(said.text, "👍🏽é xעברית");
        let expected = [MessageEntity::bold(0, 4), MessageEntity::code(6, 1), MessageEntity::italic(7, 5)];
        assert_eq!(said.entities, expected);
        assert_eq!(said.length, 12);
    }

    #[test]
    fn peoples_words_are_no_links_and_ours_are() {
        let mut text = Text::words("@room");
        text.push_str(" https://t.me/bot?start=x");
        assert_eq!(said(&text).text, "@\u{2060}room https://t.me/bot?start=x");
    }

    #[test]
    fn what_is_to_be_copied_is_sent_as_it_was_typed() {
        let mut text = Text::new();
        text.push(Span { text: "anna@example.org".into(), style: Style::Code, words: true });
        assert_eq!(said(&text).text, "anna@example.org");
    }

    #[test]
    fn a_text_fits_whatever_people_typed() {
        for words in ["@".repeat(4096), "/a".repeat(3000), "𝔘.".repeat(2000)] {
            let mut text = Text::new();
            text.push(Span { text: words.clone(), style: Style::Bold, words: true });
            for said in super::said(&text) {
                assert!(said.length <= LONGEST_TEXT, "{}", said.length);
                assert_eq!(said.length, said.text.encode_utf16().count());
                let ends = said.entities.iter().map(|entity| entity.offset + entity.length).max();
                assert!(ends.is_some_and(|end| end <= said.length));
            }
        }
    }

    #[test]
    fn an_empty_text_is_still_a_message() {
        for empty in ["", " \n "] {
            assert_eq!(said(&Text::from(empty)).text, NOTHING);
        }
    }
}
