//! People's words in a message: Telegram looks for links in every text, and may not find any in these.
//!
//! It makes a link of `@name`, `#tag`, `$TAG`, `/command`, `t.me/x`, `tg://x` and `a@b.org`, whatever the entities of
//! the message say; there is no way to ask it not to. So a name could mention a stranger to everybody who reads it, or be an
//! advertisement that can be tapped. A WORD JOINER behind the sign ends the match, and is not taken out by Telegram.

use std::borrow::Cow;

use crate::messengers::words;

/// The same words to the eye, with nothing in them that Telegram would make a link of.
pub(super) fn unlinked(words: &str) -> Cow<'_, str> {
    words::unlinked(words, is_sign)
}

fn is_sign(character: char) -> bool {
    matches!(character, '@' | '#' | '$' | '/' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messengers::words::WORD_JOINER;

    #[test]
    fn nothing_in_peoples_words_becomes_a_link() {
        for (words, shown) in [
            ("Anna", "Anna"),
            ("Anna K.", "Anna K."),
            ("50 $", "50 $"),
            ("@room", "@|room"),
            ("me@example.org", "me@|example.|org"),
            ("#tag $ABC", "#|tag $|ABC"),
            ("/start", "/|start"),
            ("and/or", "and/|or"),
            ("t.me/spam", "t.|me/|spam"),
            ("https://evil.com", "https:/|/|evil.|com"),
            ("tg://user?id=1", "tg:/|/|user?id=1"),
            ("@@room", "@|@|room"),
            ("<b>", "<b>"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(unlinked(words).replace(WORD_JOINER, "|"), shown, "{words}");
        }
    }
}
