//! Sums of the community's one unit of account, and how people type them.

use std::fmt;
use std::iter::Sum;

use serde::Serialize;
use thiserror::Error;

use crate::locale::Arg;

/// A sum in whole minor units (cents). Exact: never a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A sum of so many minor units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// How many minor units it is.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// More than zero, as every sum of a collection and a commitment has to be.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum of both, unless it is out of bounds.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The sum of both, or the greatest there is.
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left after taking the other off, but never less than nothing.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// Reads a sum as people type it: `50`, `50.5`, `50,50`, `1 000`, `1,000.50`, `€50`, `50 EUR`.
    ///
    /// One point or comma is the decimal sign, so `1,000` has three decimals and is refused rather
    /// than guessed at. Digits of any common script are read; space and apostrophe group thousands.
    pub fn parse(input: &str, max: Self) -> Result<Self, Misread> {
        let typed = Typed::read(input).ok_or(Misread::NotANumber)?;
        let (whole, decimals) = typed.split().ok_or(Misread::NotANumber)?;
        if typed.negative {
            return Err(Misread::NotPositive);
        }
        let cents = match *decimals.as_slice() {
            [] => 0,
            [tenths] => tenths * 10,
            [tenths, hundredths] => tenths * 10 + hundredths,
            _ => return Err(Misread::Decimals),
        };
        let sum = whole
            .iter()
            .try_fold(0_i64, |sum, &digit| sum.checked_mul(10)?.checked_add(digit))
            .and_then(|sum| sum.checked_mul(100)?.checked_add(cents))
            .map(Self)
            .ok_or(Misread::TooLarge(max))?;
        if !sum.is_positive() {
            Err(Misread::NotPositive)
        } else if sum > max {
            Err(Misread::TooLarge(max))
        } else {
            Ok(sum)
        }
    }
}

/// As records and logs write it: `120.50`. People see sums as their locale writes them.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let minor = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", minor / 100, minor % 100)
    }
}

/// Adds up, and stops at the greatest sum there is rather than wrapping round.
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::ZERO, Self::saturating_add)
    }
}

/// Why what was typed is no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Misread {
    /// It can't be read as a number.
    #[error("not a number")]
    NotANumber,
    /// It is zero or less.
    #[error("not more than zero")]
    NotPositive,
    /// It has more than two decimals, or a thousands separator that could be a decimal sign.
    #[error("more than two decimals")]
    Decimals,
    /// It is more than this, the most that the community allows.
    #[error("more than {0}")]
    TooLarge(Money),
}

/// A number as typed: runs of digits with one separator between each two.
struct Typed {
    negative: bool,
    runs: Vec<Vec<i64>>,
    separators: Vec<char>,
}

impl Typed {
    /// Takes currency and sign off and tells digits from separators.
    fn read(input: &str) -> Option<Self> {
        let plain: String = input.chars().filter(|c| !is_invisible(*c)).map(plain).collect();
        let (negative, number) = without_sign(without_currency(plain.trim()));
        // The sign may stand on either side of the currency: `-€50`, `€-50`.
        let number = if negative { without_currency(number) } else { number };
        let mut typed = Self { negative, runs: vec![Vec::new()], separators: Vec::new() };
        let mut previous = ' ';
        for c in number.chars() {
            match digit(c) {
                Some(digit) => typed.runs.last_mut()?.push(digit),
                None if c == ' ' && previous == ' ' => {}
                None if matches!(c, ' ' | '\'' | '.' | ',') => {
                    typed.separators.push(c);
                    typed.runs.push(Vec::new());
                }
                None => return None,
            }
            previous = c;
        }
        Some(typed)
    }

    /// The digits before and after the decimal sign.
    fn split(&self) -> Option<(Vec<i64>, Vec<i64>)> {
        let (last, before) = match self.separators.split_last() {
            None => return grouped(&self.runs, &[]).map(|whole| (whole, Vec::new())),
            Some(split) => split,
        };
        let decimal = matches!(last, '.' | ',') && !before.contains(last);
        if !decimal {
            let whole = grouped(&self.runs, &self.separators)?;
            return Some((whole, Vec::new()));
        }
        let (decimals, runs) = self.runs.split_last()?;
        if decimals.is_empty() {
            return None;
        }
        let bare = runs.len() == 1 && runs.first().is_some_and(Vec::is_empty); // `.50`
        let whole = if bare { Vec::new() } else { grouped(runs, before)? };
        Some((whole, decimals.clone()))
    }
}

/// The digits of a whole number, when its thousands are grouped by one kind of separator or none.
fn grouped(runs: &[Vec<i64>], separators: &[char]) -> Option<Vec<i64>> {
    let (first, rest) = runs.split_first()?;
    let one_kind = separators.windows(2).all(|pair| pair.first() == pair.last());
    let lengths = match rest {
        [] => !first.is_empty(),
        _ => (1..=3).contains(&first.len()) && rest.iter().all(|run| run.len() == 3),
    };
    (one_kind && lengths).then(|| runs.concat())
}

/// One sign for all the ways to write a space, an apostrophe, a point, a comma, a minus.
fn plain(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        '’' | '‘' | 'ʼ' | '`' | '٬' | '＇' => '\'',
        '．' | '٫' | '·' => '.',
        '，' | '،' => ',',
        '−' | '–' | '—' | '－' | '‐' | '‑' => '-',
        '＋' => '+',
        _ => c,
    }
}

/// Marks that keyboards and copied texts leave around numbers without showing them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Takes one currency sign or name off, before or after the number.
fn without_currency(text: &str) -> &str {
    const SIGNS: [char; 14] = ['€', '$', '₽', '£', '¥', '₴', '₸', '₾', '₺', '₪', '₼', '֏', '₹', '₿'];
    const NAMES: [&str; 16] = [
        "eur",
        "euro",
        "euros",
        "usd",
        "gbp",
        "rub",
        "евро",
        "руб",
        "руб.",
        "рублей",
        "рубля",
        "рубль",
        "р",
        "р.",
        "uah",
        "грн",
    ];
    let is_currency = |name: &str| {
        let mut chars = name.chars();
        let sign = chars.next().is_some_and(|c| SIGNS.contains(&c)) && chars.next().is_none();
        // Names are short: a text of 10,000 letters is not worth folding.
        sign || (name.len() < 32 && NAMES.contains(&name.to_lowercase().as_str()))
    };
    let ends_number = |c: char| digit(c).is_some() || matches!(c, ' ' | '-' | '+');
    let start = text.find(ends_number).unwrap_or(0);
    if let Some((name, number)) = text.split_at_checked(start)
        && is_currency(name)
    {
        return number.trim_start();
    }
    let last_digit = text.char_indices().rev().find(|(_, c)| digit(*c).is_some());
    let end = last_digit.map_or(text.len(), |(at, c)| at + c.len_utf8());
    match text.split_at_checked(end) {
        Some((number, name)) if is_currency(name.trim()) => number,
        _ => text,
    }
}

/// Whether there is a minus, and what follows the sign.
fn without_sign(text: &str) -> (bool, &str) {
    if let Some(number) = text.strip_prefix('-') {
        (true, number.trim_start())
    } else {
        (false, text.strip_prefix('+').unwrap_or(text))
    }
}

/// The value of a digit: ASCII, full-width, Arabic, Persian, Devanagari, Bengali.
fn digit(c: char) -> Option<i64> {
    const ZEROS: [char; 6] = ['0', '０', '٠', '۰', '०', '০'];
    ZEROS
        .into_iter()
        .filter_map(|zero| u32::from(c).checked_sub(u32::from(zero)))
        .find(|value| *value < 10)
        .map(i64::from)
}

impl From<Money> for Arg {
    fn from(sum: Money) -> Arg {
        Arg::Sum(sum.minor())
    }
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;
