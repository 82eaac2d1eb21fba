//! Digits as people write them.

/// Digits in groups of three: `1234567` with a comma gives `1,234,567`. A leading minus stays in front.
pub(super) fn grouped(digits: &str, separator: &str) -> String {
    let (sign, digits) = digits.split_at(usize::from(digits.starts_with('-')));
    let mut shown = String::with_capacity(sign.len() + digits.len() + 4 * separator.len());
    shown.push_str(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push_str(separator);
        }
        shown.push(digit);
    }
    shown
}

/// A sum without its currency: whole sums have no decimals, others have all that the currency has.
pub(super) fn amount(minor: u64, decimals: u32, decimal: &str, group: &str) -> String {
    let one = 10_u64.pow(decimals);
    let whole = grouped(&(minor / one).to_string(), group);
    match minor % one {
        0 => whole,
        rest => format!("{whole}{decimal}{rest:0width$}", width = decimals as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_and_have_all_their_decimals_or_none() {
        for (minor, shown) in [
            (0, "0"),
            (1, "0.01"),
            (50, "0.50"),
            (100, "1"),
            (37_950, "379.50"),
            (100_000, "1,000"),
            (100_000_000, "1,000,000"),
            (123_456_789, "1,234,567.89"),
        ] {
            assert_eq!(amount(minor, 2, ".", ","), shown);
        }
        for (minor, decimals, shown) in [(1_234, 0, "1,234"), (1_234, 3, "1.234"), (1_050, 3, "1.050"), (5_000, 3, "5")]
        {
            assert_eq!(amount(minor, decimals, ".", ","), shown);
        }
        assert_eq!(grouped("-1234", " "), "-1 234");
        assert_eq!(grouped("-123", " "), "-123");
    }
}
