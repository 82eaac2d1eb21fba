//! What people type, and what it is read as.
#![allow(clippy::inconsistent_digit_grouping, reason = "the last two digits are the minor units: 1_000_00 is 1,000.00")]

use super::*;

const MAX: Money = Money::from_minor(100_000_000);

/// The euro beside some others, as the languages name them.
fn unit(code: &str, decimals: u32) -> Unit {
    let names = [
        ("EUR", "€"),
        ("EUR", "eur"),
        ("EUR", "euro*"),
        ("EUR", "евро*"),
        ("USD", "usd"),
        ("USD", "$"),
        ("USD", "dollar*"),
        ("CAD", "$"),
        ("CAD", "canadian*"),
        ("RUB", "₽"),
        ("RUB", "р"),
        ("RUB", "руб*"),
        ("BYN", "белорусск*"),
        ("CHF", "chf"),
        ("CHF", "fr"),
        ("CHF", "swiss franc*"),
    ];
    Unit::new(code, decimals, &names.map(|(code, name)| (code.to_owned(), name.to_owned())))
}

fn reads_in(unit: &Unit, input: &str, expected: Result<i64, Misread>) {
    assert_eq!(unit.parse(input, MAX), expected.map(Money::from_minor), "{input:?}");
}

fn reads(input: &str, expected: Result<i64, Misread>) {
    reads_in(&unit("EUR", 2), input, expected);
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
        ("100 Евро", 100_00),
        ("100 евро.", 100_00),
        ("500€.", 500_00),
        ("500 €!", 500_00),
        ("50.", 50_00),
        ("50,", 50_00),
        ("50,-", 50_00),
        ("50.--", 50_00),
        ("50,–", 50_00),
        ("€50,-", 50_00),
        ("50,- €", 50_00),
        ("1.000,- €", 1_000_00),
        ("1 000.", 1_000_00),
        ("5️⃣0️⃣", 50_00),
        ("५०", 50_00),
        ("๕๐", 50_00),
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
fn a_thousand_is_read_as_people_shorten_it() {
    let unit = unit("EUR", 2).with_thousand("k, к, тыс, тысяч*, thousand*".split(", "));
    for (input, expected) in [
        ("5k", Ok(5_000_00)),
        ("5 K", Ok(5_000_00)),
        ("€2.5k", Ok(2_500_00)),
        ("5к", Ok(5_000_00)),
        ("5 тыс.", Ok(5_000_00)),
        ("3 тысячи евро", Ok(3_000_00)),
        ("1 thousand + 50", Ok(1_050_00)),
        ("5k $", Err(Misread::Foreign)),
        ("5 кг", Err(Misread::NotANumber)),
        ("2000k", Err(Misread::TooLarge(MAX))),
        ("-5k", Err(Misread::NotANumber)),
        ("k5", Err(Misread::NotANumber)),
    ] {
        reads_in(&unit, input, expected);
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
        "50..",
        "50,.",
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
        "50+",
        "*50",
        "50++60",
        "50 please",
        "about 50 €",
        "12:30",
        "100-120",
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
fn more_decimals_than_the_unit_has_are_refused() {
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
    assert_eq!(unit("EUR", 2).parse("92233720368547758.07", max), Ok(max));
    assert_eq!(unit("EUR", 2).parse("92233720368547758.08", max), Err(Misread::TooLarge(max)));
}

#[test]
fn texts_of_ten_thousand_characters_are_refused_calmly() {
    for piece in ["a", " ", "1 ", "1.", "€", "-", "😀", ",000,", "\u{301}", "'", "р"] {
        let text = piece.repeat(10_000);
        assert!(unit("EUR", 2).parse(&text, MAX).is_err(), "{piece:?} ten thousand times");
    }
    let zeros = format!("{}5", "0".repeat(10_000));
    assert_eq!(unit("EUR", 2).parse(&zeros, MAX), Ok(Money::from_minor(5_00)));
}

#[test]
fn another_currency_is_never_taken_for_ours() {
    for input in [
        "$50",
        "50$",
        "50 $",
        "$ 50.123",
        "5000 руб",
        "5000 руб.",
        "5000р",
        "5000 рублей",
        "₴500",
        "¥ 500",
        "500 ₽",
        "50 CHF",
        "chf50",
        "Fr. 50",
        "50 Swiss francs",
        "50 dollars",
        "I can give 50 dollars",
        "€50$",
        "120€ + $45",
        "-50 USD",
        "＄50",
    ] {
        reads(input, Err(Misread::Foreign));
    }
    let francs = unit("CHF", 2);
    for input in ["50 CHF", "CHF 50", "50 Fr.", "50 swiss francs"] {
        reads_in(&francs, input, Ok(50_00));
    }
    reads_in(&francs, "€50", Err(Misread::Foreign));
    // A sign that several have is ours where it can be; what says which, says it.
    for code in ["USD", "CAD"] {
        reads_in(&unit(code, 2), "$50", Ok(50_00));
    }
    reads_in(&unit("USD", 2), "50 canadian dollars", Err(Misread::Foreign));
    reads_in(&unit("RUB", 2), "50 белорусских рублей", Err(Misread::Foreign));
}

#[test]
fn short_reckonings_are_reckoned_exactly() {
    for (input, minor) in [
        ("120+45", 165_00),
        ("120 + 45", 165_00),
        ("120€ + 45€", 165_00),
        ("120 + 45 €", 165_00),
        ("90/3", 30_00),
        ("90÷3", 30_00),
        ("100/3*3", 100_00),
        ("10/4", 2_50),
        ("3*50", 150_00),
        ("3×50,50", 151_50),
        ("100-20", 80_00),
        ("1 000+0,01", 1_000_01),
        ("10+10/4", 12_50),
        ("1/3+2/3", 1_00),
    ] {
        reads(input, Ok(minor));
    }
    for input in ["100/3", "1/200", "5/0", "0.01/2"] {
        reads(input, Err(Misread::Uneven));
    }
    reads("50-50", Err(Misread::NotPositive));
    reads("1,000+1", Err(Misread::Decimals));
    reads("999999*2", Err(Misread::TooLarge(MAX)));
    reads("9".repeat(18).as_str(), Err(Misread::TooLarge(MAX)));
    reads(&["9".repeat(17).as_str(); 20].join("*"), Err(Misread::TooLarge(MAX)));
    reads(&["1"; 21].join("+"), Err(Misread::NotANumber));
}

#[test]
fn a_unit_has_the_decimals_of_its_currency() {
    let (yen, dinar) = (unit("JPY", 0), unit("KWD", 3));
    for (input, minor) in
        [("50", 50), ("1,000", 1_000), ("1.000", 1_000), ("1 000", 1_000), ("50,-", 50), ("100/4", 25)]
    {
        reads_in(&yen, input, Ok(minor));
    }
    for input in ["50.5", "50.00", "1,00"] {
        reads_in(&yen, input, Err(Misread::Decimals));
    }
    reads_in(&yen, "100/3", Err(Misread::Uneven));
    for (input, minor) in [("50", 50_000), ("50.5", 50_500), ("1.234", 1_234), ("1 000,001", 1_000_001)] {
        reads_in(&dinar, input, Ok(minor));
    }
    // Rather a thousand than one with three decimals of nothing.
    for input in ["1,000", "1.000", "1.2345"] {
        reads_in(&dinar, input, Err(Misread::Decimals));
    }
    for (unit, minor, plain) in
        [(&yen, 1_234, "1234"), (&dinar, 1_234, "1.234"), (&dinar, 5_000, "5"), (&unit("EUR", 2), 12_050, "120.50")]
    {
        assert_eq!(unit.plain(Money::from_minor(minor)), plain);
        reads_in(unit, plain, Ok(minor));
    }
    assert_eq!((yen.whole(50).minor(), dinar.whole(50).minor()), (50, 50_000));
}
