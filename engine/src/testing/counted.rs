use std::sync::atomic::{AtomicI64, Ordering};

use crate::conversation::{Chance, Fault};

/// What is counted instead of drawn: so a chat that was written down can be played again and is the same. Anybody could
/// guess it, which is why nothing but a demo and the tests may use it: there, everybody is one person at one keyboard,
/// and the database is thrown away.
#[derive(Debug, Default)]
pub struct Counted {
    tokens: AtomicI64,
    codes: AtomicI64,
    words: AtomicI64,
    numbers: AtomicI64,
}

const BEGINNING: &str = "invite-";
const DIGITS: usize = 15;

/// What a counted code begins and ends with; in between it is counted in letters.
const CODE: (&str, &str) = ("CODE", "2");
const LETTERS: usize = 3;

impl Counted {
    /// The last code in a text.
    pub fn last_code_in(text: &str) -> Option<&str> {
        text.rmatch_indices(CODE.0).find_map(|(start, _)| {
            let code = text.get(start..start + CODE.0.len() + LETTERS + CODE.1.len())?;
            code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).then_some(code)
        })
    }

    /// The last token in a text.
    pub fn last_in(text: &str) -> Option<&str> {
        text.rmatch_indices(BEGINNING).find_map(|(start, _)| {
            let token = text.get(start..start + BEGINNING.len() + DIGITS)?;
            token[BEGINNING.len()..].bytes().all(|b| b.is_ascii_digit()).then_some(token)
        })
    }
}

impl Chance for Counted {
    /// As long as a real one.
    fn token(&self) -> Result<String, Fault> {
        Ok(format!("{BEGINNING}{:0DIGITS$}", next(&self.tokens)))
    }

    fn code(&self) -> Result<String, Fault> {
        let (mut count, mut letters) = (next(&self.codes) - 1, [b'A'; LETTERS]);
        for letter in letters.iter_mut().rev() {
            *letter += u8::try_from(count % 26).unwrap_or_default();
            count /= 26;
        }
        Ok(format!("{}{}{}", CODE.0, String::from_utf8_lossy(&letters), CODE.1))
    }

    fn word(&self) -> Result<String, Fault> {
        Ok(next(&self.words).to_string())
    }

    /// However many digits it has.
    fn number(&self, _digits: u32) -> Result<i64, Fault> {
        Ok(next(&self.numbers))
    }
}

fn next(counter: &AtomicI64) -> i64 {
    counter.fetch_add(1, Ordering::Relaxed) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_counted_and_tokens_are_found_again() {
        let chance = Counted::default();
        let (one, two) = (chance.token().expect("a token"), chance.token().expect("a token"));
        assert_eq!(one, "invite-000000000000001");
        assert_eq!((chance.word().expect("a word").as_str(), chance.number(3).expect("a number")), ("1", 1));
        let text = format!("start {one}, https://example.org/?start={two}. invite-friends");
        assert_eq!(Counted::last_in(&text), Some(two.as_str()));
        assert_eq!(Counted::last_in("invite-1 приглашение invite-"), None);

        let codes: Vec<String> = (0..28).map(|_| chance.code().expect("a code")).collect();
        assert_eq!((codes[0].as_str(), codes[27].as_str()), ("CODEAAA2", "CODEABB2"));
        assert_eq!(Counted::last_code_in("CODEAAA2, then link CODEABB2. CODE"), Some("CODEABB2"));
        assert_eq!(Counted::last_code_in("CODE of conduct"), None);
    }
}
