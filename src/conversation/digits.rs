//! Digits of any script, read as the ones from 0 to 9.

use unicode_normalization::UnicodeNormalization;

/// Where the digits of a script begin; ten follow each other in each. (Full width, circled and raised ones are not here:
/// normalization makes plain digits of them.)
const ZEROS: [char; 21] = [
    '\u{0660}',  // Arabic
    '\u{06f0}',  // Persian, Urdu
    '\u{07c0}',  // N'Ko
    '\u{0966}',  // Devanagari
    '\u{09e6}',  // Bengali
    '\u{0a66}',  // Gurmukhi
    '\u{0ae6}',  // Gujarati
    '\u{0b66}',  // Odia
    '\u{0be6}',  // Tamil
    '\u{0c66}',  // Telugu
    '\u{0ce6}',  // Kannada
    '\u{0d66}',  // Malayalam
    '\u{0de6}',  // Sinhala
    '\u{0e50}',  // Thai
    '\u{0ed0}',  // Lao
    '\u{0f20}',  // Tibetan
    '\u{1040}',  // Burmese
    '\u{17e0}',  // Khmer
    '\u{1810}',  // Mongolian
    '\u{a9d0}',  // Javanese
    '\u{1e950}', // Fula
];

/// The same text with plain digits, without what makes a keycap of them and without marks that nobody sees.
pub(super) fn plain_digits(text: &str) -> String {
    // Normalization would make letters of it, and it stands for "number".
    let parts = text.split('№').map(|part| part.nfkc().filter(|c| !is_unseen(*c)).map(plain).collect::<String>());
    parts.collect::<Vec<_>>().join("№").replace('🔟', "10")
}

fn plain(c: char) -> char {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// The parts of a keycap, and marks of direction and joining that keyboards put in by themselves.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{061c}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_become_plain_ones() {
        for zero in ZEROS {
            let digits: String = (0..10).filter_map(|n| char::from_u32(u32::from(zero) + n)).collect();
            assert!(digits.chars().all(char::is_numeric), "{digits}");
            assert_eq!(plain_digits(&digits), "0123456789");
        }
        for (text, plain) in [("１２", "12"), ("1️⃣2⃣", "12"), ("🔟", "10"), ("№２", "№2"), ("⑫", "12"), ("x", "x")]
        {
            assert_eq!(plain_digits(text), plain);
        }
    }
}
