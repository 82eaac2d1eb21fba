//! People's words in a message: a messenger that looks for links in every text may not find any in these.

use std::borrow::Cow;

/// Shows nothing, takes no room, and is not one of the characters of names, tags and domains.
pub(super) const WORD_JOINER: char = '\u{2060}';

/// The same words to the eye, with a WORD JOINER behind each sign that a link is known by. Signs at the end of a word mean
/// nothing, and are left alone: "Anna K." stays as she wrote it.
pub(super) fn unlinked(words: &str, is_sign: fn(char) -> bool) -> Cow<'_, str> {
    if !words.contains(is_sign) {
        return Cow::Borrowed(words);
    }
    let mut unlinked = String::with_capacity(words.len() + 12);
    let mut characters = words.chars().peekable();
    while let Some(character) = characters.next() {
        unlinked.push(character);
        let goes_on = characters.peek().is_some_and(|next| !next.is_whitespace());
        if is_sign(character) && goes_on {
            unlinked.push(WORD_JOINER);
        }
    }
    Cow::Owned(unlinked)
}
