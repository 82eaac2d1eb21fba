//! What a member says about themselves on their card.

use exodus_engine::locale::{LineFault, clean_line};
use url::{Host, Url};

/// A text about oneself: one line, perhaps with a link in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutMe(String);

impl AboutMe {
    /// How long it may be, in characters.
    pub const LONGEST: usize = 180;

    /// The text that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<AboutMe, LineFault> {
        clean_line(typed, AboutMe::LONGEST).map(AboutMe)
    }

    /// The text that was read once, and kept.
    pub fn kept(text: String) -> AboutMe {
        AboutMe(text)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first link in it. Whoever opens it has to be able to see where it leads, so only an address of the web is one, with
    /// a host that has a name, and nothing before the host that could be taken for it.
    pub fn link(&self) -> Option<Url> {
        link_of(&self.0)
    }
}

/// The first link in a text.
pub(super) fn link_of(text: &str) -> Option<Url> {
    text.split_whitespace().find_map(link_in)
}

/// What stands around a word in a text, and is no part of it.
const AROUND: [char; 20] =
    ['(', '[', '{', '<', '«', '„', '“', '”', '"', '\'', '»', '>', '}', ']', ',', '.', ';', ':', '!', '?'];

/// The link in a word: what begins as one, whatever stands before it; or `www.example.org`, `example.org/anna`. A name with a
/// dot in it alone may be anything.
fn link_in(word: &str) -> Option<Url> {
    let lower = word.to_ascii_lowercase();
    let begins = ["https://", "http://"].iter().filter_map(|scheme| lower.find(scheme)).min();
    let address = match begins {
        Some(at) => without_end(&word[at..]).to_owned(),
        None => {
            let bare = without_end(word.trim_start_matches(AROUND));
            let host = bare.split(['/', '?', '#']).next()?;
            let is_address = host.is_ascii() && (bare.len() > host.len() || lower.contains("www."));
            is_address.then(|| format!("https://{bare}"))?
        }
    };
    Url::parse(&address).ok().filter(is_plain)
}

/// Without what ends a sentence; a bracket that the address itself has opened is its own.
fn without_end(address: &str) -> &str {
    let end = address.trim_end_matches(AROUND);
    match end.strip_suffix(')') {
        Some(before) if end.matches(')').count() > end.matches('(').count() => without_end(before),
        _ => end,
    }
}

fn is_plain(url: &Url) -> bool {
    let is_named = match url.host() {
        Some(Host::Domain(name)) => {
            let last = name.rsplit_once('.').map(|(_, last)| last).unwrap_or_default();
            last.len() > 1 && (last.starts_with("xn--") || last.chars().all(|c| c.is_ascii_alphabetic()))
        }
        _ => false,
    };
    is_named && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Option<String> {
        AboutMe::read(text).expect("a text").link().map(|url| url.to_string())
    }

    #[test]
    fn the_first_address_of_the_web_is_the_link() {
        for (text, leads_to) in [
            ("https://example.org", "https://example.org/"),
            ("I bake: https://example.org/anna, and more https://other.org", "https://example.org/anna"),
            ("(see https://example.org/a_(b))", "https://example.org/a_(b)"),
            ("(see http://example.org/x).", "http://example.org/x"),
            ("Сайт:HTTPS://Example.ORG/А", "https://example.org/%D0%90"),
            ("t.me/anna_bakes", "https://t.me/anna_bakes"),
            ("«www.example.org».", "https://www.example.org/"),
            ("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai/"),
            ("https://example.org?x=1#y", "https://example.org/?x=1#y"),
        ] {
            assert_eq!(link(text).as_deref(), Some(leads_to), "{text}");
        }
    }

    #[test]
    fn what_leads_elsewhere_or_only_seems_to_is_none() {
        for text in [
            "I bake bread",
            "and/or, 24/7, 1/2",
            "Node.js",
            "anna@example.org",
            "@anna",
            "tg://user?id=1",
            "javascript:alert(1)",
            "ftp://example.org",
            "https://",
            "https://localhost/x",
            "https://192.168.0.1/x",
            "https://[::1]/x",
            "https://bank.example@evil.org/",
            "https://a:b@evil.org/",
            "https://example.1/",
            "v1.2/3",
            "к.о/х",
        ] {
            assert_eq!(link(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_has_180_characters_at_most() {
        assert!(AboutMe::read(&"ы".repeat(180)).is_ok());
        assert_eq!(AboutMe::read(&"ы".repeat(181)), Err(LineFault::TooLong { max: 180, long: 181 }));
        assert_eq!(AboutMe::read(" \u{200b}\n"), Err(LineFault::Empty));
        assert_eq!(AboutMe::read("one\nline\u{202e}").as_ref().map(AboutMe::as_str), Ok("one line"));
    }
}
