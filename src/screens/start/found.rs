use std::collections::BTreeSet;

use crate::aid;
use crate::screens::world::{Here, aid};
use exodus_engine::conversation::{Fault, Sought};

/// The lengths that a token may have.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=40;

/// A text may hold so many words that could be one.
const MOST: usize = 50;

/// So many invites of one text count.
pub(super) const MOST_INVITES: usize = 5;

/// How many signs a token has that is drawn.
const DRAWN: usize = 22;

/// The tokens of standing invites in a text, whatever is around them: a link, quotes, a greeting. A member's text has to
/// say `start` right before one, unless nothing else was understood of it: or it is no invite but what they wanted to say.
/// Then what looks like a token is one that leads nowhere.
pub async fn invite_in(cx: &Here<'_>, text: &str, sought: Sought) -> Result<Option<String>, Fault> {
    let needs_start = sought == Sought::First && cx.world.me.is_some();
    let starts = needs_start.then_some(&cx.world.settings.reading.start);
    let words = candidates(text, starts);
    if words.is_empty() {
        return Ok(None);
    }
    let who = cx.world.me.as_ref().map(|me| me.id);
    let standing = aid::standing_tokens(&aid(cx), who, &words).await?;
    let mut found: Vec<String> = Vec::new();
    for word in &words {
        if standing.contains(word) && !found.contains(word) && found.len() < MOST_INVITES {
            found.push(word.clone());
        }
    }
    if found.is_empty() && sought == Sought::Last {
        found.extend(words.into_iter().find(|word| looks_like_token(word)));
    }
    Ok((!found.is_empty()).then(|| found.join(" ")))
}

/// No word of any language is so long and so written, and no number of an account has so many letters.
fn looks_like_token(word: &str) -> bool {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    word.len() == DRAWN
        && letters > LETTERS_OF_AN_ACCOUNT
        && word.chars().skip(1).any(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// An IBAN begins with letters for the country and, in some, for the bank.
const LETTERS_OF_AN_ACCOUNT: usize = 5;

/// The words that may be tokens, in their order; where `starts` are given, those alone that follow one of them.
fn candidates(text: &str, starts: Option<&BTreeSet<String>>) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut words = Vec::new();
    let mut before = String::new();
    for word in text.split(|c| !is_part(c)).filter(|word| !word.is_empty()) {
        let follows = starts.is_none_or(|starts| starts.contains(&before));
        if follows && word.is_ascii() {
            // The signs of emphasis may be the token's own.
            let bare = [word, word.trim_matches(['-', '_']), word.trim_matches('_')];
            words.extend(bare.into_iter().filter(|word| LENGTHS.contains(&word.len())).map(str::to_owned));
        }
        // One may follow another.
        if !(follows && looks_like_token(word)) {
            before = word.to_lowercase();
        }
        if words.len() >= MOST {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_no_token() {
        assert!(looks_like_token("invite-000000000000001") && looks_like_token("pXn3vWq_z-Ab0cDeFgHiJk"));
        for word in [
            "counterrevolutionaries",
            "Counterrevolutionaries",
            "1234",
            "invite-00000000000000001",
            "DE89370400440532013000",
            "1234567890123456789012",
        ] {
            assert!(!looks_like_token(word), "{word}");
        }
    }

    #[test]
    fn a_token_is_found_whatever_is_around_it() {
        let token = "invite-000000000000001";
        for text in [
            "invite-000000000000001",
            "/start invite-000000000000001",
            "«invite-000000000000001».",
            "Hi! https://t.me/exobot?start=invite-000000000000001",
            "https://t.me/exobot?start=invite-000000000000001&x=1 please",
            "Your invite: https://matrix.to/#/@exodus:example.org – and send there: start invite-000000000000001",
            "старт\ninvite-000000000000001, спасибо",
            "_invite-000000000000001_",
        ] {
            assert!(candidates(text, None).contains(&token.to_owned()), "{text}");
        }
        let starts = ["start", "старт"].map(str::to_owned).into();
        for (text, found) in [
            ("Look: https://t.me/exobot?start=invite-000000000000001", true),
            ("please старт invite-000000000000001!", true),
            ("invite-000000000000001", false),
            ("start the invite-000000000000001", false),
            ("start invite-000000000000002 invite-000000000000001", true),
        ] {
            assert_eq!(candidates(text, Some(&starts)).contains(&token.to_owned()), found, "{text}");
        }
        assert!(candidates(&"abcdefgh ".repeat(10_000), None).len() <= MOST + 3);
    }
}
