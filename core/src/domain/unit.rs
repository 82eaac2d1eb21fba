//! The community's one unit of account, and how people type sums in it.

use std::collections::BTreeSet;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::Money;
use super::reckoning::{self, Operand, Typed};

/// The unit of account: how many decimals its sums have, and what it and the currencies that it is not are called.
#[derive(Clone, Debug)]
pub struct Unit {
    decimals: u32,
    ours: Names,
    others: Names,
    /// What stands behind a number for a thousand of it: `5k`.
    thousand: Names,
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
    /// It has more decimals than the unit has, or a thousands separator that could be a decimal sign.
    #[error("too many decimals")]
    Decimals,
    /// It is more than this, the most that the community allows.
    #[error("more than the largest sum")]
    TooLarge(Money),
    /// It is in another currency.
    #[error("in another currency")]
    Foreign,
    /// It is a reckoning that does not come out even.
    #[error("a reckoning that does not come out even")]
    Uneven,
}

impl Unit {
    /// The currency with this code, which has so many decimals. `names` are those of all currencies with their codes, each
    /// whole or, with a star at its end, the beginning of a word. A name of several currencies is ours if it can be.
    pub fn new(code: &str, decimals: u32, names: &[(String, String)]) -> Unit {
        let of =
            |ours: bool| names.iter().filter(move |(named, _)| (named == code) == ours).map(|(_, name)| name.as_str());
        let (ours, others) = (Names::new(of(true).chain([code])), Names::new(of(false)));
        Unit { decimals, ours, others, thousand: Names::default() }
    }

    /// With these words for a thousand, written as the names of currencies are.
    #[must_use]
    pub fn with_thousand<'a>(self, words: impl Iterator<Item = &'a str>) -> Unit {
        Unit { thousand: Names::new(words), ..self }
    }

    /// How many decimals its sums have.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// A sum of so many whole ones; the greatest sum there is where that is too many.
    pub fn whole(&self, count: i64) -> Money {
        Money::from_minor(count.saturating_mul(10_i64.pow(self.decimals)))
    }

    /// A sum as people could type it: `120.50`.
    pub fn plain(&self, sum: Money) -> String {
        let (one, sign) = (10_u64.pow(self.decimals), if sum.minor() < 0 { "-" } else { "" });
        let minor = sum.minor().unsigned_abs();
        match minor % one {
            0 => format!("{sign}{}", minor / one),
            rest => format!("{sign}{}.{rest:0width$}", minor / one, width = self.decimals as usize),
        }
    }

    /// Reads a sum as people type it: `50`, `50.5`, `50,50`, `50,-`, `1 000`, `1,000.50`, `€50`, `50 EUR`, `5k`, `120+45`,
    /// `90/3`.
    ///
    /// One point or comma is the decimal sign, so `1,000` of a unit with two decimals is refused rather than guessed at.
    /// Digits of any script are read; space and apostrophe group thousands. Nothing but our own sign, code and names may
    /// stand beside a number.
    ///
    /// # Errors
    /// [`Misread`] says what is wrong with it.
    pub fn parse(&self, input: &str, max: Money) -> Result<Money, Misread> {
        let typed = Typed::read(input).ok_or(Misread::NotANumber)?;
        let typed = typed.with_thousands(|word| self.thousand.contain(&fold(word)));
        let named: Vec<Named> = typed.operands.iter().map(|operand| self.named(operand)).collect();
        if named.contains(&Named::Otherwise) {
            return Err(Misread::Foreign);
        }
        if named.contains(&Named::Unknown) {
            return Err(Misread::NotANumber);
        }
        let sum = reckoning::reckon(&typed, self.decimals, max)?;
        if !sum.is_positive() {
            Err(Misread::NotPositive)
        } else if sum > max {
            Err(Misread::TooLarge(max))
        } else {
            Ok(sum)
        }
    }

    fn named(&self, operand: &Operand) -> Named {
        match (operand.before.as_slice(), operand.after.as_slice()) {
            ([], []) => Named::Ours,
            (words, []) | ([], words) => self.name(words),
            // A name on both sides; which of them counts can't be told.
            (before, after) => match (self.name(before), self.name(after)) {
                (Named::Otherwise, _) | (_, Named::Otherwise) => Named::Otherwise,
                _ => Named::Unknown,
            },
        }
    }

    fn name(&self, words: &[String]) -> Named {
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let all = folded.join(" ");
        if self.ours.contain(&all) {
            return Named::Ours;
        }
        let other_sign = |c: char| is_currency_sign(c) && !self.ours.contain(c.encode_utf8(&mut [0; 4]));
        let is_other = |word: &str| self.others.contain(word) || word.chars().any(other_sign);
        if is_other(&all) || folded.iter().any(|word| !self.ours.contain(word) && is_other(word)) {
            return Named::Otherwise;
        }
        Named::Unknown
    }
}

/// What stands beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    Ours,
    Otherwise,
    Unknown,
}

/// Names of currencies: whole ones, and beginnings of words.
#[derive(Clone, Debug, Default)]
struct Names {
    whole: BTreeSet<String>,
    beginnings: Vec<String>,
}

/// Names are short: a text of 10,000 letters is not worth comparing.
const LONGEST_NAME: usize = 64;

impl Names {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Names {
        let mut read = Names::default();
        for name in names.filter(|name| !matches!(*name, "" | "*")) {
            match name.strip_suffix('*') {
                Some(beginning) => read.beginnings.push(fold(beginning)),
                None => drop(read.whole.insert(fold(name))),
            }
        }
        read
    }

    fn contain(&self, name: &str) -> bool {
        // What stands behind another word is no ending of this one: `euro by Friday`.
        let begins = |beginning: &String| {
            name.strip_prefix(beginning.as_str()).is_some_and(|rest| !rest.contains(char::is_whitespace))
        };
        name.len() <= LONGEST_NAME && (self.whole.contains(name) || self.beginnings.iter().any(begins))
    }
}

/// A name as it is compared: without case, without the point of an abbreviation or the end of a sentence.
fn fold(name: &str) -> String {
    name.trim_end_matches(['.', ',', '!', ';']).nfkc().flat_map(char::to_lowercase).collect()
}

/// The signs that Unicode has for currencies (category Sc).
fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '֏' | '؋' | '߾' | '߿' | '৲' | '৳' | '৻' | '૱' | '௹' | '฿' | '៛' | '\u{20a0}'..='\u{20cf}')
        || matches!(c, '\u{a838}' | '\u{fdfc}' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦')
}

#[cfg(test)]
#[path = "unit_tests.rs"]
mod tests;
