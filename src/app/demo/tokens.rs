use std::sync::atomic::{AtomicU64, Ordering};

use crate::aid::Tokens;
use crate::conversation::Fault;

/// Tokens that are counted instead of drawn, as long as real ones: so a chat that was written down can be played again
/// and is the same. Anybody could guess them, which is why nothing but a demo and the tests may use them: there, all
/// members are one person at one keyboard, and the database is thrown away.
#[derive(Debug, Default)]
pub struct CountedTokens(AtomicU64);

const BEGINNING: &str = "invite-";
const DIGITS: usize = 15;

impl CountedTokens {
    /// The last token in a text.
    pub fn last_in(text: &str) -> Option<&str> {
        text.rmatch_indices(BEGINNING).find_map(|(start, _)| {
            let token = text.get(start..start + BEGINNING.len() + DIGITS)?;
            token[BEGINNING.len()..].bytes().all(|b| b.is_ascii_digit()).then_some(token)
        })
    }
}

impl Tokens for CountedTokens {
    fn token(&self) -> Result<String, Fault> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(format!("{BEGINNING}{number:0DIGITS$}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_counted_and_found_again() {
        let tokens = CountedTokens::default();
        let (one, two) = (tokens.token().expect("a token"), tokens.token().expect("a token"));
        assert_eq!(one, "invite-000000000000001");
        let text = format!("start {one}, https://example.org/?start={two}. invite-friends");
        assert_eq!(CountedTokens::last_in(&text), Some(two.as_str()));
        assert_eq!(CountedTokens::last_in("invite-1 приглашение invite-"), None);
    }
}
