//! What nobody can foresee, as an argument.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Fault;

/// The signs of a word: no word can be taken for a number that is counted, nor for a word of ours.
const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Those of them that are digits.
const DIGITS: &[u8] = b"234567";

/// How many signs a code has: with the digit at its end, one in 200,000 million.
pub const CODE: usize = 8;

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

    /// For linking an account, where people type it: eight capital letters and digits, a digit the last of them, and none
    /// that can be taken for another. Nobody can guess it in the few minutes for which it counts.
    fn code(&self) -> Result<String, Fault>;

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

    fn code(&self) -> Result<String, Fault> {
        // No word of any language ends with a digit, so a code is told from what people say.
        let [last] = random::<1>()?;
        let digit = char::from(DIGITS[usize::from(last) % DIGITS.len()]);
        Ok(random::<{ CODE - 1 }>()?.into_iter().map(sign).chain([digit]).collect())
    }

    fn word(&self) -> Result<String, Fault> {
        Ok(random::<WORD>()?.into_iter().map(sign).collect())
    }

    fn number(&self, digits: u32) -> Result<i64, Fault> {
        let first = 10_i64.pow(digits.clamp(1, MOST_DIGITS) - 1);
        let drawn = u64::from_le_bytes(random()?) % (9 * first.unsigned_abs());
        Ok(first.saturating_add_unsigned(drawn))
    }
}

fn sign(byte: u8) -> char {
    char::from(SIGNS[usize::from(byte) % SIGNS.len()])
}

/// A word of somebody's as a code, if it has the form of one: in capital letters, and what looks like a letter is one.
pub(super) fn as_code(word: &str) -> Option<String> {
    let letter = |sign: char| match sign.to_ascii_uppercase() {
        '0' => 'O',
        '1' => 'I',
        '8' => 'B',
        other => other,
    };
    let code: String = word.chars().map(letter).collect();
    let of_signs = code.bytes().all(|byte| SIGNS.contains(&byte));
    (code.len() == CODE && of_signs && code.ends_with(|last| DIGITS.iter().any(|digit| char::from(*digit) == last)))
        .then_some(code)
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
    fn a_code_is_told_from_words_and_read_as_people_type_it() {
        let codes: HashSet<String> = (0..1000).map(|_| OsChance.code().expect("a code")).collect();
        assert_eq!(codes.len(), 1000);
        assert!(codes.iter().all(|code| as_code(&code.to_lowercase()).as_ref() == Some(code)), "{codes:?}");
        for (typed, code) in [
            ("k0q1m8z4", Some("KOQIMBZ4")),
            ("question", None),
            ("K7Q2MZA", None),
            ("K7Q2MZA42", None),
            ("K7Q2MZA9", None),
            ("K7Q2MZ-4", None),
            ("К7Q2MZA4", None),
            ("", None),
        ] {
            assert_eq!(as_code(typed).as_deref(), code, "{typed}");
        }
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
