//! Other currencies that sums can be seen in, at rates that whoever hosts a bot sets. Nothing is kept or added up in them.

use super::currency::decimals_of;

/// How much of another currency one unit of the bot's own is: a decimal number above zero, exactly as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    digits: i64,
    decimals: u32,
}

/// So many digits on either side of the point fit into a rate.
const DIGITS: usize = 9;

/// From so many whole ones on nobody wants to read the parts of one: it is about as much.
const WHOLE_FROM: i128 = 10;

impl Rate {
    /// Reads a rate such as `98.5`; none if it is not one, or not above zero. Up to nine digits on either side of the point.
    pub fn read(text: &str) -> Option<Rate> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits =
            |part: &str| !part.is_empty() && part.len() <= DIGITS && part.bytes().all(|digit| digit.is_ascii_digit());
        if !digits(whole) || !digits(part) {
            return None;
        }
        let rate = Rate { digits: format!("{whole}{part}").parse().ok()?, decimals: u32::try_from(part.len()).ok()? };
        (rate.digits > 0).then_some(rate)
    }

    /// About how much a sum of one currency is in another, both in minor units: rounded half away from zero, and to whole
    /// ones from ten on. None where it is nothing, or more than can be counted.
    pub(super) fn about(self, minor: i64, from: &str, to: &str) -> Option<i64> {
        let whole = 10_i128.pow(decimals_of(to));
        let scale = 10_i128.pow(self.decimals) * 10_i128.pow(decimals_of(from));
        let exact = (i128::from(minor).abs() * i128::from(self.digits)).checked_mul(whole)?;
        let rounded = |step: i128| (exact / step + scale / 2) / scale * step;
        let about = if rounded(1) >= WHOLE_FROM * whole { rounded(whole) } else { rounded(1) };
        let about = i64::try_from(about).ok().filter(|about| *about > 0)?;
        Some(if minor < 0 { -about } else { about })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_exactly_or_not_at_all() {
        for text in ["98.5", "0.0102", "1", "000000001", "999999999.999999999"] {
            assert!(Rate::read(text).is_some(), "{text}");
        }
        for text in ["", "0", "0.000", "-1", "+1", "1,5", "1.", ".5", "1e3", "1234567890", "1.1234567890", "1.2.3"] {
            assert_eq!(Rate::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_sum_is_about_as_much_in_another_currency() {
        for (rate, minor, from, to, about) in [
            ("98.5", 5_000, "EUR", "RUB", Some(492_500)),
            // 4 925.99 roubles, and who would say so.
            ("98.5", 5_001, "EUR", "RUB", Some(492_600)),
            ("0.25", 1_003, "EUR", "USD", Some(251)),
            ("0.25", 1_002, "EUR", "USD", Some(251)),
            ("0.25", -1_002, "EUR", "USD", Some(-251)),
            ("0.001", 1, "EUR", "USD", None),
            ("0.001", 0, "EUR", "USD", None),
            // Yen have no parts, dinars a thousand.
            ("160", 150, "EUR", "JPY", Some(240)),
            ("0.33", 1_000, "EUR", "KWD", Some(3_300)),
            ("2", 7, "JPY", "EUR", Some(1_400)),
            ("999999999.999999999", i64::MAX, "EUR", "RUB", None),
        ] {
            assert_eq!(
                Rate::read(rate).and_then(|rate| rate.about(minor, from, to)),
                about,
                "{minor} {from} at {rate}"
            );
        }
    }
}
