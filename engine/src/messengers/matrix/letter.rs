//! A page in the form that Matrix takes: a text that says everything by itself, and the same with its looks as HTML.

use std::borrow::Cow;

use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::room::message::RoomMessageEventContent;

use super::LONGEST_TEXT;
use crate::locale::{Span, Style, Text};
use crate::messengers::words::unlinked;

/// What stands where there would be nothing.
const NOTHING: &str = "…";

/// The longest body, in UTF-16 units: a whole page, and what keeps programs from finding links in people's words.
const LONGEST_BODY: usize = LONGEST_TEXT + 1024;

/// The longest HTML, in bytes. An event of 64 KiB holds the text beside it, as JSON, encrypted and written in base64; what
/// has more looks than that is shown without.
const LONGEST_HTML: usize = 24 * 1024;

/// A page, which people are told of: a notice makes no sound.
pub(super) fn letter(text: &Text) -> RoomMessageEventContent {
    let text = shown(text);
    let plain = text.plain();
    if plain.trim().is_empty() {
        return unmentioning(RoomMessageEventContent::text_plain(NOTHING));
    }
    unmentioning(match html(&text) {
        Some(html) => RoomMessageEventContent::text_html(plain, html),
        None => RoomMessageEventContent::text_plain(plain),
    })
}

/// A line of ours that asks for no answer. Programs don't answer it, so two bots in one room don't talk for ever.
pub(super) fn notice(words: &str) -> RoomMessageEventContent {
    unmentioning(RoomMessageEventContent::notice_plain(words))
}

/// Nobody is called by it, whatever it says. Without this, `@room` or somebody's name in it would ring.
fn unmentioning(mut content: RoomMessageEventContent) -> RoomMessageEventContent {
    content.mentions = Some(Mentions::new());
    content
}

/// The text as it is seen: no links in people's words, and not too long with what keeps them away.
fn shown(text: &Text) -> Text {
    let spans = text.spans.iter().map(|span| Span {
        text: if span.is_unlinked() { unlinked(&span.text, is_sign).into_owned() } else { span.text.clone() },
        ..*span
    });
    let mut shown = Text { spans: spans.collect() };
    shown.truncate_utf16(LONGEST_BODY);
    shown
}

/// By what programs find links: `@name:server`, `#room:server`, `matrix:u/name`, `https://x.org`, `x.org`.
fn is_sign(character: char) -> bool {
    matches!(character, '@' | '#' | '/' | '.' | ':')
}

/// The same as HTML; `None` where that would show nothing more, or be too long.
fn html(text: &Text) -> Option<String> {
    if text.spans.iter().all(|span| span.style == Style::Plain) {
        return None;
    }
    let mut html = String::new();
    for span in &text.spans {
        let escaped = escaped(&span.text);
        match tag(span.style) {
            Some(tag) => html.push_str(&format!("<{tag}>{escaped}</{tag}>")),
            None => html.push_str(&escaped),
        }
    }
    (html.len() <= LONGEST_HTML).then_some(html)
}

fn tag(style: Style) -> Option<&'static str> {
    match style {
        Style::Plain => None,
        Style::Bold => Some("strong"),
        Style::Italic => Some("em"),
        Style::Code => Some("code"),
    }
}

/// Nothing in it is markup, and its lines stay lines.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'', '\n']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn sent(text: &Text) -> Value {
        serde_json::to_value(letter(text)).expect("an event")
    }

    fn words(typed: &str, style: Style) -> Text {
        let mut text = Text::new();
        text.push(Span { text: typed.into(), style, words: true });
        text
    }

    #[test]
    fn a_page_says_the_same_with_and_without_its_looks() {
        let mut text = Text::styled("Help & more", Style::Bold);
        text.push_str("\n1. give\n");
        text.push(Span { text: "now".into(), style: Style::Italic, words: false });
        text.push(Span { text: "start x".into(), style: Style::Code, words: false });
        let expected = json!({
            "msgtype": "m.text",
            "body": "Help & more\n1. give\nnowstart x",
            "format": "org.matrix.custom.html",
            "formatted_body": "<strong>Help &amp; more</strong><br>1. give<br><em>now</em><code>start x</code>",
            "m.mentions": {},
        });
        assert_eq!(sent(&text), expected);
    }

    #[test]
    fn what_has_no_looks_has_no_html() {
        let expected = json!({ "msgtype": "m.text", "body": "a < b", "m.mentions": {} });
        assert_eq!(sent(&Text::from("a < b")), expected);
    }

    #[test]
    fn a_hint_is_a_notice_that_calls_nobody() {
        let expected = json!({ "msgtype": "m.notice", "body": "@room", "m.mentions": {} });
        assert_eq!(serde_json::to_value(notice("@room")).expect("an event"), expected);
    }

    #[test]
    fn peoples_words_are_neither_markup_nor_links() {
        for (typed, body, html) in [
            ("<b>x</b>", "<b>x</|b>", "&lt;b&gt;x&lt;/|b&gt;"),
            ("</strong><a href=\"x\">", "</|strong><a href=\"x\">", "&lt;/|strong&gt;&lt;a href=&quot;x&quot;&gt;"),
            ("&lt;b&gt;", "&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("it's", "it's", "it&#39;s"),
            ("@room", "@|room", "@|room"),
            ("@eva:evil.org", "@|eva:|evil.|org", "@|eva:|evil.|org"),
            ("#room:evil.org", "#|room:|evil.|org", "#|room:|evil.|org"),
            (
                "https://matrix.to/#/@eva:e.org",
                "https:|/|/|matrix.|to/|#|/|@|eva:|e.|org",
                "https:|/|/|matrix.|to/|#|/|@|eva:|e.|org",
            ),
            ("matrix:u/eva", "matrix:|u/|eva", "matrix:|u/|eva"),
            ("[a](evil.org)", "[a](evil.|org)", "[a](evil.|org)"),
            ("Anna K.", "Anna K.", "Anna K."),
        ] {
            let sent = sent(&words(typed, Style::Bold));
            let seen = |key: &str| sent[key].as_str().unwrap_or_default().replace('\u{2060}', "|");
            assert_eq!(seen("body"), body, "{typed}");
            assert_eq!(seen("formatted_body"), format!("<strong>{html}</strong>"), "{typed}");
            assert_eq!(sent["m.mentions"], json!({}), "{typed}");
        }
    }

    #[test]
    fn what_is_to_be_copied_is_sent_as_it_was_typed() {
        let sent = sent(&words("anna@example.org", Style::Code));
        assert_eq!(sent["body"], "anna@example.org");
        assert_eq!(sent["formatted_body"], "<code>anna@example.org</code>");
    }

    #[test]
    fn our_own_links_stay_links() {
        let link = "https://matrix.to/#/@bot:example.org";
        assert_eq!(sent(&Text::from(link))["body"], link);
    }

    #[test]
    fn an_empty_page_is_still_a_message() {
        for empty in ["", " \n "] {
            assert_eq!(sent(&Text::from(empty))["body"], NOTHING);
            assert_eq!(sent(&Text::styled(empty, Style::Bold))["body"], NOTHING);
        }
    }

    #[test]
    fn the_longest_page_fits_into_an_event() {
        let one_by_one = |typed: &str| {
            let spans = (0..LONGEST_BODY).map(|_| Span { text: typed.into(), style: Style::Bold, words: true });
            Text { spans: spans.collect() }
        };
        for text in [
            words(&"\"".repeat(6000), Style::Code),
            words(&"\\".repeat(6000), Style::Code),
            words(&"\n\"".repeat(6000), Style::Bold),
            words(&"中".repeat(6000), Style::Bold),
            words(&"@".repeat(6000), Style::Italic),
            words(&"👍🏽".repeat(6000), Style::Bold),
            one_by_one("<"),
            one_by_one("中"),
        ] {
            let sent = sent(&text);
            let body = sent["body"].as_str().expect("a body");
            assert!(body.encode_utf16().count() <= LONGEST_BODY);
            assert!(body.encode_utf16().count() > LONGEST_TEXT / 2, "most of it is there");
            // Encrypted, it is written in base64, with the room, keys and signatures around it.
            let encrypted = sent.to_string().len() * 4 / 3 + 2048;
            assert!(encrypted < 65_536, "{encrypted} bytes for {}", &body[..4]);
        }
    }
}
