//! What has to be true of every page, whoever sees it.

use exodus_engine::conversation::{Caps, Does, Rendered};
use exodus_engine::locale::Locales;
use url::Url;

/// Holds a page against what messengers take and people can read.
pub fn hold(place: &str, locales: &Locales, lang: &str, caps: Caps, page: &Rendered) {
    let text = page.text.plain();
    assert!(!text.trim().is_empty(), "{place} says nothing");
    assert!(page.text.len_utf16() <= 4096, "{place} is too long: {}", page.text.len_utf16());
    in_words(place, locales, lang, &text);
    let buttons: Vec<_> = page.buttons.iter().flatten().collect();
    assert!(buttons.len() <= 100, "{place} has {} buttons", buttons.len());
    assert!(page.buttons.iter().all(|row| !row.is_empty() && row.len() <= 8), "{place} has an odd row");
    if caps.buttons {
        for row in &page.buttons {
            for label in row.iter().map(|button| &button.label) {
                let (length, seen) = (label.encode_utf16().count(), caps.seen_of_label / row.len() + ROOM);
                assert!(length <= seen, "{place}: a phone cuts {label:?}, which is {length} long");
            }
        }
    }
    for button in &buttons {
        let label = &button.label;
        assert!(!label.trim().is_empty() && label.chars().count() <= 64, "{place}: label {label:?}");
        assert!(!label.contains('\n'), "{place}: label {label:?}");
        in_words(place, locales, lang, label);
        match &button.does {
            Does::Press(press) => assert!((1..=64).contains(&press.len()), "{place}: {press:?}"),
            Does::Open(url) => assert!(url.starts_with("https://"), "{place}: {url:?}"),
            Does::Write { to, otherwise: (asks, press) } => {
                assert!(Url::parse(to).is_ok() && (1..=64).contains(&press.len()), "{place}: {to:?}");
                in_words(place, locales, lang, asks);
            }
            Does::Copy(copied) => {
                assert!((1..=256).contains(&copied.chars().count()), "{place}: {copied:?}");
                assert!(text.contains(copied.as_str()), "{place} does not say what it copies: {copied:?}");
            }
            Does::Share { words, otherwise } => {
                assert!(otherwise.starts_with("https://") && words.chars().count() <= 256, "{place}: {words:?}");
            }
        }
        if !caps.buttons && matches!(button.does, Does::Press(_)) {
            assert!(text.contains(label.as_str()), "{place} does not list {label:?}:\n{text}");
        }
    }
}

/// So much more a phone shows of a label, where it has only narrow letters.
const ROOM: usize = 4;

/// Everything was put in words: no variable without a value, no key in place of a sentence.
fn in_words(place: &str, locales: &Locales, lang: &str, text: &str) {
    assert!(!text.contains(['{', '}']), "{place} has something unresolved:\n{text}");
    for line in text.lines().map(str::trim) {
        let key = line.contains('-').then(|| locales.keys(lang).find(|key| line.ends_with(key))).flatten();
        assert_eq!(key, None, "{place} shows a key:\n{text}");
    }
}
