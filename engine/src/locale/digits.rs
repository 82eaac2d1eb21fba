//! Digits of any script, read as the ones from 0 to 9.

use unicode_normalization::UnicodeNormalization;

/// Where the digits of a script begin: all of Unicode's (category Nd), in their order; ten follow each other in each.
const ZEROS: [char; 65] = [
    '\u{0660}',
    '\u{06f0}',
    '\u{07c0}',
    '\u{0966}',
    '\u{09e6}',
    '\u{0a66}',
    '\u{0ae6}',
    '\u{0b66}',
    '\u{0be6}',
    '\u{0c66}',
    '\u{0ce6}',
    '\u{0d66}',
    '\u{0de6}',
    '\u{0e50}',
    '\u{0ed0}',
    '\u{0f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e950}',
    '\u{1fbf0}',
];

/// The same text with plain digits, without what makes a keycap of them and without marks that nobody sees.
pub fn plain_digits(text: &str) -> String {
    // Normalization would make letters of it, and it stands for "number".
    let parts = text.split('№').map(|part| part.nfkc().filter(|c| !is_unseen(*c)).map(plain_digit).collect::<String>());
    parts.collect::<Vec<_>>().join("№").replace('🔟', "10")
}

/// A digit of any script as the plain one; whatever is no digit stays as it is.
pub fn plain_digit(c: char) -> char {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// The parts of a keycap, and marks of direction and joining that keyboards put in by themselves.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{061c}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
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
