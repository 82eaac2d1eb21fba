//! What people type, and what it is read as.
#![allow(clippy::inconsistent_digit_grouping, reason = "the last two digits are the minor units: 1_000_00 is 1,000.00")]

use super::*;

const MAX: Money = Money::from_minor(100_000_000);

fn reads(input: &str, expected: Result<i64, Misread>) {
    let read = Money::parse(input, MAX);
    assert_eq!(read, expected.map(Money::from_minor), "{input:?}");
}

#[test]
fn sums_are_read_as_people_type_them() {
    for (input, minor) in [
        ("50", 50_00),
        ("50.5", 50_50),
        ("50,5", 50_50),
        ("50.50", 50_50),
        ("50,50", 50_50),
        ("  50 ", 50_00),
        ("+50", 50_00),
        ("0.01", 1),
        (".5", 50),
        ("007", 7_00),
        ("1000", 1_000_00),
        ("1 000", 1_000_00),
        ("1  000", 1_000_00),
        ("1\u{a0}000", 1_000_00),
        ("1\u{202f}000,50", 1_000_50),
        ("1\u{2009}000", 1_000_00),
        ("1 000,50", 1_000_50),
        ("1 000.5", 1_000_50),
        ("1'000.50", 1_000_50),
        ("1’000", 1_000_00),
        ("1,000.50", 1_000_50),
        ("1.000,50", 1_000_50),
        ("1,000,000", 1_000_000_00),
        ("1.000.000", 1_000_000_00),
        ("1 000 000", 1_000_000_00),
        ("999.999,99", 999_999_99),
        ("€50", 50_00),
        ("€ 50", 50_00),
        ("50€", 50_00),
        ("50 €", 50_00),
        ("50\u{a0}€", 50_00),
        ("50 EUR", 50_00),
        ("eur 50", 50_00),
        ("50 euro", 50_00),
        ("$50.25", 50_25),
        ("1 000,50 ₽", 1_000_50),
        ("100 руб.", 100_00),
        ("100р", 100_00),
        ("100 Евро", 100_00),
        ("５０", 50_00),
        ("５０．５", 50_50),
        ("٥٠", 50_00),
        ("١٬٠٠٠٫٥", 1_000_50),
        ("۵۰", 50_00),
        ("\u{200e}50\u{200f}", 50_00),
        ("\u{2068}50,5\u{2069}", 50_50),
        ("1000000", 1_000_000_00),
    ] {
        reads(input, Ok(minor));
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for input in [
        "",
        " ",
        "\u{200b}",
        "abc",
        "fifty",
        "€",
        "EUR",
        "50 60",
        "10 00",
        "1 0000",
        "1 00 000",
        "50-60",
        "5 0",
        "1e5",
        "0x10",
        "NaN",
        "inf",
        "∞",
        "½",
        "²",
        "50.",
        "50,",
        ".",
        ",",
        "..",
        "1..5",
        "1,.5",
        "1.5.5",
        "1,00,000",
        "1,000.000.000,5",
        "1.000 000",
        "1 000.000,50",
        "€€50",
        "€50€",
        "50 EUR EUR",
        "--50",
        "-",
        "+-50",
        "50%",
        "<b>50</b>",
        "50 & 60",
        "😀",
        "50😀",
        "'50",
        "50'",
        "1''000",
        "1 ,5",
        "/start",
        "50\n60",
        "5\u{301}0",
        "€.",
    ] {
        reads(input, Err(Misread::NotANumber));
    }
}

#[test]
fn zero_and_less_is_refused() {
    for input in ["0", "0.00", "0,0", "-50", "-0.5", "−50", "–50", "- 50", "-€50", "€-50", "€ -50", "-50 €", "-1,000"]
    {
        reads(input, Err(Misread::NotPositive));
    }
}

#[test]
fn more_than_two_decimals_are_refused() {
    for input in ["50.123", "1,000", "1.000", "0.001", "0.000", "1 000,500", "1,000.500", "€1,000"] {
        reads(input, Err(Misread::Decimals));
    }
}

#[test]
fn more_than_the_maximum_is_refused_with_the_maximum() {
    for input in [
        "1000000.01",
        "1000001",
        "9223372036854775807",
        "92233720368547758.08",
        "9".repeat(10_000).as_str(),
        "9 999 999 999 999 999 999 999",
    ] {
        reads(input, Err(Misread::TooLarge(MAX)));
    }
}

#[test]
fn the_greatest_sum_there_is_can_be_read() {
    let max = Money::from_minor(i64::MAX);
    assert_eq!(Money::parse("92233720368547758.07", max), Ok(max));
    assert_eq!(Money::parse("92233720368547758.08", max), Err(Misread::TooLarge(max)));
}

#[test]
fn texts_of_ten_thousand_characters_are_refused_calmly() {
    for piece in ["a", " ", "1 ", "1.", "€", "-", "😀", ",000,", "\u{301}", "'", "р"] {
        let text = piece.repeat(10_000);
        assert!(Money::parse(&text, MAX).is_err(), "{piece:?} ten thousand times");
    }
    let zeros = format!("{}5", "0".repeat(10_000));
    assert_eq!(Money::parse(&zeros, MAX), Ok(Money::from_minor(5_00)));
}

#[test]
fn sums_stay_in_bounds() {
    let (most, one) = (Money::from_minor(i64::MAX), Money::from_minor(1));
    assert_eq!(most.checked_add(one), None);
    assert_eq!(most.saturating_add(one), most);
    assert_eq!([most, most].into_iter().sum::<Money>(), most);
    assert_eq!(one.saturating_sub(most), Money::ZERO);
    assert_eq!(most.saturating_sub(one), Money::from_minor(i64::MAX - 1));
}

#[test]
fn records_write_sums_plainly() {
    for (minor, text) in [(0, "0.00"), (5, "0.05"), (12_050, "120.50"), (-12_050, "-120.50")] {
        assert_eq!(Money::from_minor(minor).to_string(), text);
    }
    assert_eq!(Money::from_minor(i64::MIN).to_string(), "-92233720368547758.08");
}
