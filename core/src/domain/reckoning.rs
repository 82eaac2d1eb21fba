//! Sums taken apart: numbers, what stands beside them, and what is to be reckoned with them.

use super::Money;
use super::unit::Misread;
use exodus_engine::locale::{is_unseen, plain_digit};

/// What was typed: numbers with an operator before each but the first.
#[derive(Debug, Default)]
pub(super) struct Typed {
    negative: bool,
    pub(super) operands: Vec<Operand>,
}

/// A number and the words on its two sides: `US $ 50`.
#[derive(Debug)]
pub(super) struct Operand {
    operator: char,
    pub(super) before: Vec<String>,
    number: String,
    pub(super) after: Vec<String>,
}

#[derive(Debug, PartialEq)]
enum Piece {
    /// Digits, with what groups them and marks decimals.
    Number(String),
    Word(String),
    Operator(char),
}

/// More than a few numbers are no short reckoning.
const MOST: usize = 20;

impl Typed {
    /// Takes a text apart; nothing if it can't be a sum, whatever the words in it mean.
    pub(super) fn read(input: &str) -> Option<Typed> {
        let chars: Vec<char> = input.chars().filter(|c| !is_unseen(*c)).map(plain).collect();
        let (mut typed, mut signed, mut operator, mut before) = (Typed::default(), false, None, Vec::new());
        for piece in pieces(&chars) {
            let last = typed.operands.last_mut();
            match (piece, last) {
                (Piece::Word(word), Some(last)) if operator.is_none() => last.after.push(word),
                (Piece::Word(word), _) => before.push(word),
                (Piece::Number(_), Some(_)) if operator.is_none() => return None,
                (Piece::Number(number), _) => {
                    let (operator, before) = (operator.take().unwrap_or('+'), std::mem::take(&mut before));
                    typed.operands.push(Operand { operator, before, number, after: Vec::new() });
                }
                // Before the first number it is a sign: `-50`, `€ -50`.
                (Piece::Operator(sign @ ('+' | '-')), None) if !signed => {
                    (signed, typed.negative) = (true, sign == '-')
                }
                (Piece::Operator(found), Some(_)) if operator.is_none() => operator = Some(found),
                (Piece::Operator(_), _) => return None,
            }
        }
        let complete = operator.is_none() && !typed.operands.is_empty() && typed.operands.len() <= MOST;
        complete.then_some(typed)
    }

    /// With a thousand of each number in its place that such a word follows.
    pub(super) fn with_thousands(self, is_thousand: impl Fn(&str) -> bool) -> Typed {
        let spelt_out = |mut operand: Operand| {
            let is_one = operand.after.first().is_some_and(|word| is_thousand(word));
            let times = is_one.then(|| Operand {
                operator: '*',
                before: Vec::new(),
                number: "1000".to_owned(),
                after: operand.after.split_off(1),
            });
            if times.is_some() {
                operand.after.clear();
            }
            [Some(operand), times].into_iter().flatten()
        };
        Typed { operands: self.operands.into_iter().flat_map(spelt_out).collect(), ..self }
    }
}

fn pieces(chars: &[char]) -> Vec<Piece> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(&c) = chars.get(at) {
        let begins_decimals = matches!(c, '.' | ',') && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if c == ' ' {
            at += 1;
        } else if c.is_ascii_digit() || begins_decimals {
            let (number, end) = number(chars, at);
            pieces.push(Piece::Number(number));
            at = end;
        } else if is_operator(c) {
            pieces.push(Piece::Operator(c));
            at += 1;
        } else {
            let ends = |c: &char| *c == ' ' || c.is_ascii_digit() || is_operator(*c);
            let word: String = chars.iter().skip(at).take_while(|c| !ends(c)).collect();
            at += word.chars().count();
            pieces.push(Piece::Word(word));
        }
    }
    pieces
}

/// The number that begins here, and where it ends; what follows a number and means nothing (`50.`, `50,-`) is passed over.
fn number(chars: &[char], start: usize) -> (String, usize) {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let (mut number, mut at) = (String::new(), start);
    while let Some(&c) = chars.get(at) {
        let after_spaces = chars.iter().skip(at).position(|c| *c != ' ').map_or(chars.len(), |spaces| at + spaces);
        if is_digit(at) || (matches!(c, '.' | ',' | '\'') && is_digit(at + 1)) {
            number.push(c);
            at += 1;
        } else if c == ' ' && is_digit(after_spaces) {
            number.push(' ');
            at = after_spaces;
        } else if matches!(c, '.' | ',') {
            let dashes = chars.iter().skip(at + 1).take_while(|c| **c == '-').count();
            if dashes == 0 || is_digit(at + 1 + dashes) {
                return (number, at + 1);
            }
            number.push(c);
            return (number, at + 1 + dashes);
        } else {
            break;
        }
    }
    (number, at)
}

/// The sum that comes out.
pub(super) fn reckon(typed: &Typed, decimals: u32, max: Money) -> Result<Money, Misread> {
    let mut terms: Vec<Fraction> = Vec::new();
    let too_large = Misread::TooLarge(max);
    if let [only] = typed.operands.as_slice() {
        // Told before anything else of it: what is less than nothing is wrong however it is written.
        let whole_and_decimals = only.split(decimals).ok_or(Misread::NotANumber)?;
        if typed.negative {
            return Err(Misread::NotPositive);
        }
        return minor(&whole_and_decimals, decimals)?.map(Money::from_minor).ok_or(too_large);
    }
    let one = 10_i128.pow(decimals);
    for (place, operand) in typed.operands.iter().enumerate() {
        let parts = operand.split(decimals).ok_or(Misread::NotANumber)?;
        let value = i128::from(minor(&parts, decimals)?.ok_or(too_large)?);
        let signed = if operand.operator == '-' || (place == 0 && typed.negative) { -value } else { value };
        match (operand.operator, terms.last_mut()) {
            ('*', Some(term)) => *term = term.times(value, one).ok_or(too_large)?,
            ('/', Some(_)) if value == 0 => return Err(Misread::Uneven),
            ('/', Some(term)) => *term = term.times(one, value).ok_or(too_large)?,
            _ => terms.push(Fraction { above: signed, below: 1 }),
        }
    }
    let none = Fraction { above: 0, below: 1 };
    let sum = terms.into_iter().try_fold(none, Fraction::plus).ok_or(too_large)?;
    if sum.above % sum.below != 0 {
        return Err(Misread::Uneven);
    }
    match i64::try_from(sum.above / sum.below) {
        // Rather a range than a reckoning: `50-60`.
        Ok(..0) => Err(Misread::NotANumber),
        sum => sum.map(Money::from_minor).map_err(|_| too_large),
    }
}

/// Minor units, exactly.
#[derive(Clone, Copy)]
struct Fraction {
    above: i128,
    below: i128,
}

impl Fraction {
    fn times(self, above: i128, below: i128) -> Option<Fraction> {
        Fraction { above: self.above.checked_mul(above)?, below: self.below.checked_mul(below)? }.reduced()
    }

    fn plus(self, other: Fraction) -> Option<Fraction> {
        let above = self.above.checked_mul(other.below)?.checked_add(other.above.checked_mul(self.below)?)?;
        Fraction { above, below: self.below.checked_mul(other.below)? }.reduced()
    }

    fn reduced(self) -> Option<Fraction> {
        let (mut a, mut b) = (self.above.checked_abs()?, self.below);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Some(Fraction { above: self.above / a, below: self.below / a })
    }
}

/// Whole digits and decimals as one number of minor units; none where it is greater than any.
fn minor((whole, decimals): &(String, String), of_unit: u32) -> Result<Option<i64>, Misread> {
    let width = of_unit as usize;
    // Three decimals that are all nothing are more likely a thousand with its separator: `1,000`.
    if decimals.len() > width || (width >= 3 && decimals == "000") {
        return Err(Misread::Decimals);
    }
    let digits = whole.bytes().chain(decimals.bytes().chain(std::iter::repeat(b'0')).take(width));
    let add = |sum: i64, digit: u8| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0'));
    Ok(digits.into_iter().try_fold(0, add))
}

impl Operand {
    /// The digits before and after the decimal sign, which a unit without decimals has none of: `1,000` is a thousand.
    fn split(&self, of_unit: u32) -> Option<(String, String)> {
        let is_separator = |c: char| !c.is_ascii_digit();
        let runs: Vec<&str> = self.number.split(is_separator).collect();
        let separators: Vec<char> = self.number.chars().filter(|c| is_separator(*c)).collect();
        let whole = |whole: Option<String>| whole.map(|whole| (whole, String::new()));
        let Some((last, before)) = separators.split_last() else {
            return whole(grouped(&runs, &[]));
        };
        if !matches!(last, '.' | ',') || (before.contains(last) && !runs.ends_with(&[""])) {
            return whole(grouped(&runs, &separators));
        }
        if let Some(thousands) = grouped(&runs, &separators).filter(|_| of_unit == 0) {
            return whole(Some(thousands));
        }
        let (decimals, runs) = runs.split_last()?;
        if decimals.is_empty() {
            return whole(grouped(runs, before)); // `1.000,-`
        }
        // `.50`
        let digits = if *runs == [""] { String::new() } else { grouped(runs, before)? };
        Some((digits, (*decimals).to_owned()))
    }
}

/// The digits of a whole number, when its thousands are grouped by one kind of separator or none.
fn grouped(runs: &[&str], separators: &[char]) -> Option<String> {
    let (first, rest) = runs.split_first()?;
    let one_kind = separators.windows(2).all(|pair| pair.first() == pair.last());
    let lengths = match rest {
        [] => !first.is_empty(),
        _ => (1..=3).contains(&first.len()) && rest.iter().all(|run| run.len() == 3),
    };
    (one_kind && lengths).then(|| runs.concat())
}

fn is_operator(c: char) -> bool {
    matches!(c, '+' | '-' | '*' | '/')
}

/// One sign for all the ways to write a digit, a space, an apostrophe, a point, a comma, a minus, times, by.
fn plain(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        '’' | '‘' | 'ʼ' | '`' | '٬' | '＇' => '\'',
        '．' | '٫' | '·' => '.',
        '，' | '،' => ',',
        '−' | '–' | '—' | '－' | '‐' | '‑' => '-',
        '＋' => '+',
        '×' | '∗' | '＊' => '*',
        '÷' | '∕' | '／' => '/',
        _ => plain_digit(c),
    }
}
