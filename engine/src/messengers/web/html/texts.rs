//! Texts: paragraphs and lines, styles, and links in what is ours. People's words are words, whatever they look like.

use maud::{Markup, html};
use url::Url;

use crate::locale::{Span, Style, Text};

/// The longest name of a page.
const LONGEST_TITLE: usize = 80;

/// What a page with this text is called: its first line.
pub(in super::super) fn title(text: &Text) -> String {
    let mut first = text.lines().into_iter().find(|line| !line.plain().trim().is_empty()).unwrap_or_default();
    first.truncate_utf16(LONGEST_TITLE);
    first.plain()
}

/// The text of a page: its first line is what it is about.
pub(in super::super) fn text(text: &Text) -> Markup {
    let mut paragraphs = paragraphs(text);
    let first = match paragraphs.first_mut() {
        Some(paragraph) if !paragraph.is_empty() => paragraph.remove(0),
        _ => Text::new(),
    };
    let is_long = first.len_utf16() > LONGEST_TITLE;
    html! {
        h1 class=[is_long.then_some("long")] { (line(&first)) }
        (all(&paragraphs))
    }
}

/// The same of a part of a page: a heading of lower rank.
pub(super) fn part(text: &Text) -> Markup {
    all(&paragraphs(text))
}

fn all(paragraphs: &[Vec<Text>]) -> Markup {
    html! {
        @for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.is_empty()) {
            p {
                @for (place, text) in paragraph.iter().enumerate() {
                    @if place > 0 { br; }
                    (line(text))
                }
            }
        }
    }
}

/// What an empty line parts.
fn paragraphs(text: &Text) -> Vec<Vec<Text>> {
    let mut all = vec![Vec::new()];
    for line in text.lines() {
        match all.last_mut() {
            Some(paragraph) if !line.plain().trim().is_empty() => paragraph.push(line),
            _ => all.push(Vec::new()),
        }
    }
    all.retain(|paragraph: &Vec<Text>| !paragraph.is_empty());
    all
}

fn line(text: &Text) -> Markup {
    html! {
        @for span in &text.spans {
            @match span.style {
                Style::Plain => (plain(span)),
                Style::Bold => strong { (plain(span)) },
                Style::Italic => em { (plain(span)) },
                Style::Code => @match address(&span.text).filter(|_| !span.words) {
                    Some(address) => a href=(address) rel="noreferrer noopener" { code { (span.text) } },
                    None => code { (span.text) },
                },
            }
        }
    }
}

fn plain(span: &Span) -> Markup {
    if span.words {
        // Words that are written from right to left turn nothing round beside them.
        return html! { bdi { (span.text) } };
    }
    html! {
        @for word in span.text.split_inclusive(' ') {
            @match address(word.trim_end()) {
                Some(address) => { a href=(address) rel="noreferrer noopener" { (word.trim_end()) } @if word.ends_with(' ') { " " } },
                None => (word),
            }
        }
    }
}

/// An address of the web, if this is one.
pub(super) fn address(text: &str) -> Option<Url> {
    let begins = ["https://", "http://"].into_iter().any(|scheme| text.starts_with(scheme));
    (begins && !text.contains(char::is_whitespace)).then(|| Url::parse(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_people_call_themselves_is_text() {
        let mut name = Text::words("<script>alert(1)</script> https://x.test \"'&");
        name.push_str(" helps you");
        let shown = text(&name).into_string();
        let wanted = "<h1><bdi>&lt;script&gt;alert(1)&lt;/script&gt; https://x.test &quot;'&amp;</bdi> helps you</h1>";
        assert_eq!(shown, wanted);
    }

    #[test]
    fn paragraphs_lines_and_styles_are_kept_and_our_links_lead_on() {
        let mut shown = Text::styled("Title", Style::Bold);
        shown.push_str("\nbelow\n\none https://a.test/x two\nthree ");
        shown.append(Text::styled("https://b.test/?a&b", Style::Code));
        shown.append(Text::styled(" code", Style::Code));
        let wanted = "<h1><strong>Title</strong></h1><p>below</p><p>one <a href=\"https://a.test/x\" rel=\"noreferrer noopener\">\
                      https://a.test/x</a> two<br>three <code>https://b.test/?a&amp;b code</code></p>";
        assert_eq!(text(&shown).into_string(), wanted);
        let link = text(&Text::styled("https://b.test/?a&b", Style::Code)).into_string();
        assert!(link.contains("<a href=\"https://b.test/?a&amp;b\""), "{link}");
        assert_eq!(title(&shown), "Title");
    }
}
