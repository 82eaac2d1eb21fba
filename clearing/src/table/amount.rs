//! Sums as people write them, in whole minor units.

/// How many decimals a currency has by ISO 4217: 2, unless it is one of the few that have others. Also 2 without one.
pub fn decimals(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// What stands between groups of three digits, beside a comma and a full stop.
const BLANKS: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// Reads a sum: `50`, `50.5`, `50,50`, `1 000`, `1,000.00`, `1.000,00`, `50,-`, `50.`. Or says what was found and what is
/// expected.
pub(super) fn read(text: &str, decimals: u32) -> Result<i64, String> {
    let expected = match decimals {
        0 => "expected a whole number above zero, like 50".to_owned(),
        _ => format!("expected a sum above zero with at most {decimals} decimals, like 50 or 1 250.50"),
    };
    let wrong = |what: &str| format!("found the amount \"{text}\"{what}, {expected}");
    let (whole, part) = halves(text, decimals).map_err(wrong)?;
    if part.len() > decimals as usize {
        let decimals = if part.len() == 1 { "decimal" } else { "decimals" };
        return Err(wrong(&format!(" with {} {decimals}", part.len())));
    }
    let digits = format!("{whole}{part:0<width$}", width = decimals as usize);
    let too_large = |_| wrong(", which is too large");
    match digits.parse::<i64>().map_err(too_large)? {
        0 => Err(wrong("")),
        sum => Ok(sum),
    }
}

/// The digits before and behind the decimal mark.
fn halves(text: &str, decimals: u32) -> Result<(String, String), &'static str> {
    let text = text.strip_suffix(['-', '–', '—']).filter(|text| text.ends_with([',', '.'])).unwrap_or(text);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, letter)| [',', '.'].contains(letter)).collect();
    let mark = match marks[..] {
        [] => None,
        [(place, _)] => {
            let behind = &text[place + 1..];
            let before = text[..place].trim_start_matches('0');
            // 1,234 is a thousand to some, and little more than one to others.
            let like_thousands =
                behind.len() == 3 && (1..=3).contains(&before.len()) && all_digits(behind) && all_digits(before);
            match decimals {
                // Without decimals it can only be one of the two.
                0 if like_thousands => None,
                // With three of them it is taken as it is written.
                3 => Some(place),
                _ if like_thousands => return Err(", which can be read in two ways"),
                _ => Some(place),
            }
        }
        [.., (_, before), (place, last)] if before != last => Some(place),
        // The same mark again and again stands between thousands.
        _ => None,
    };
    let (whole, part) = mark.map_or((text, ""), |place| (&text[..place], &text[place + 1..]));
    let group_mark =
        marks.first().map(|(_, letter)| *letter).filter(|letter| mark.is_none() || marks[marks.len() - 1].1 != *letter);
    let groups: Vec<&str> = whole.split(|letter| BLANKS.contains(&letter) || Some(letter) == group_mark).collect();
    let well_grouped = groups.len() == 1
        || (!groups[0].is_empty() && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !groups.iter().all(|group| all_digits(group)) || !all_digits(part) || !well_grouped || groups[0].is_empty() {
        return Err("");
    }
    Ok((groups.concat(), part.to_owned()))
}

/// Whether a sum that could be read has its decimals behind a comma.
pub(super) fn has_decimal_comma(text: &str) -> bool {
    text.rfind(',').is_some_and(|comma| !text[comma..].contains('.') && text.matches(',').count() == 1)
}

/// A sum as plain digits: `1250.50`.
pub fn written(sum: i128, decimals: u32, comma: bool) -> String {
    let (sign, digits) = (if sum < 0 { "-" } else { "" }, sum.unsigned_abs().to_string());
    if decimals == 0 {
        return format!("{sign}{digits}");
    }
    let digits = format!("{digits:0>width$}", width = decimals as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals as usize);
    format!("{sign}{whole}{}{part}", if comma { ',' } else { '.' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_people_write_them() {
        for (text, decimals, sum) in [
            ("50", 2, 5000),
            ("50.5", 2, 5050),
            ("50,50", 2, 5050),
            ("50.", 2, 5000),
            ("50,-", 2, 5000),
            ("50,–", 2, 5000),
            ("50.—", 2, 5000),
            ("0.01", 2, 1),
            ("1 000", 2, 100_000),
            ("1\u{a0}000\u{202f}000,05", 2, 100_000_005),
            ("1,000.00", 2, 100_000),
            ("1.000,00", 2, 100_000),
            ("1,000,000", 2, 100_000_000),
            ("1'250.50", 2, 125_050),
            ("50", 0, 50),
            ("1,250", 0, 1250),
            ("12.500", 0, 12_500),
            ("1,234", 3, 1234),
            ("1.5", 3, 1500),
            ("0.5", 2, 50),
            ("92233720368547758.07", 2, i64::MAX),
        ] {
            assert_eq!(read(text, decimals), Ok(sum), "{text}");
        }
    }

    #[test]
    fn what_is_no_sum_is_told_with_what_is_expected() {
        for text in [
            "",
            "abc",
            "-5",
            "+5",
            "0",
            "0.00",
            "1.234",
            "12,345",
            "5.123",
            "1 00",
            "1,00,000.0",
            "€50",
            "5e3",
            ".5",
            "1.5.",
            "٣",
        ] {
            let told = read(text, 2).expect_err(text);
            assert!(
                told.starts_with(&format!("found the amount \"{text}\"")) && told.contains("expected a sum"),
                "{told}"
            );
        }
        for text in ["1,250", "12.500"] {
            assert!(read(text, 2).expect_err(text).contains("two ways"), "{text}");
            assert!(read(text, 4).expect_err(text).contains("two ways"), "{text}");
        }
        for text in ["12,5 0", "50,€", "abc,123", "1 2,345", "50,–-"] {
            assert!(!read(text, 2).expect_err(text).contains("two ways"), "{text}");
        }
        assert!(read("1250,000", 0).expect_err("decimals").contains("with 3 decimals"));
        assert!(read("1,5", 0).expect_err("a half").contains("with 1 decimal, expected a whole number"));
        assert!(read("92233720368547758.08", 2).expect_err("much").contains("too large"));
    }

    #[test]
    fn sums_are_written_with_all_their_decimals() {
        assert_eq!(written(5, 2, false), "0.05");
        assert_eq!(written(-12_345, 2, true), "-123,45");
        assert_eq!(written(7, 0, false), "7");
        assert_eq!(written(i128::MAX, 3, false).len(), 40);
    }
}
