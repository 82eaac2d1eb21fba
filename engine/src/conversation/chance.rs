//! What nobody can foresee, as an argument.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Fault;

/// The signs of a word: no word can be taken for a number that is counted, nor for a word of ours.
const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// How many of them a word has: one in a million million.
const WORD: usize = 8;

/// The longest number that is drawn: people have to type it.
const MOST_DIGITS: u32 = 9;

/// Where words and numbers come from that can't be met again by counting: what a button carries stays the name of what
/// it stood for, also when the database is an older copy of itself and counts once more from there.
pub trait Chance: Send + Sync + 'static {
    /// For an invite: letters, digits, `-` and `_`, at most 40 of them, that nobody can guess.
    ///
    /// # Errors
    /// These and the following: the operating system gives no randomness.
    fn token(&self) -> Result<String, Fault>;

    /// For a page or a notice: capital letters and digits, at most twelve of them.
    fn word(&self) -> Result<String, Fault>;

    /// For a notice, where people type it: a number with so many digits.
    fn number(&self, digits: u32) -> Result<i64, Fault>;
}

/// All of it from the operating system's generator.
#[derive(Debug, Default)]
pub struct OsChance;

impl Chance for OsChance {
    fn token(&self) -> Result<String, Fault> {
        Ok(URL_SAFE_NO_PAD.encode(random::<16>()?))
    }

    fn word(&self) -> Result<String, Fault> {
        let sign = |byte: u8| char::from(SIGNS[usize::from(byte) % SIGNS.len()]);
        Ok(random::<WORD>()?.into_iter().map(sign).collect())
    }

    fn number(&self, digits: u32) -> Result<i64, Fault> {
        let first = 10_i64.pow(digits.clamp(1, MOST_DIGITS) - 1);
        let drawn = u64::from_le_bytes(random()?) % (9 * first.unsigned_abs());
        Ok(first.saturating_add_unsigned(drawn))
    }
}

fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Fault::Broken(format!("no randomness: {error}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::press::LONGEST_WORD;
    use super::*;

    #[test]
    fn words_are_short_and_do_not_come_again() {
        let words: HashSet<String> = (0..1000).map(|_| OsChance.word().expect("a word")).collect();
        assert_eq!(words.len(), 1000);
        let plain = |word: &String| word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        assert!(words.iter().all(|word| word.len() <= LONGEST_WORD && plain(word)), "{words:?}");
    }

    #[test]
    fn a_number_has_as_many_digits_as_were_asked_for() {
        for (asked, digits) in [(0, 1), (1, 1), (3, 3), (9, 9), (40, 9)] {
            for _ in 0..100 {
                assert_eq!(OsChance.number(asked).expect("a number").to_string().len(), digits);
            }
        }
    }
}
