//! The day that somebody means: `14`, `20.12`, `by December 20`, `2026-12-20`, `tomorrow`, `Friday`, `in two weeks`.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use exodus_engine::locale::plain_digits;

/// What a word says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Nothing: "by the", "this".
    Filler,
    /// A weekday is one of the week after this one: "next".
    Next,
    /// It is over: "yesterday", "last", "ago".
    Past,
    /// The number is a day of the month: "the 20th", "20 числа".
    OfMonth,
    /// A month, from 1 to 12.
    Month(u32),
    /// A day of the week, Monday being 0.
    Weekday(u32),
    /// So many days from today: "tomorrow".
    Ahead(u64),
    /// A number in words.
    Number(u64),
    /// So many days: "day", "week".
    Days(u64),
    /// An hour as a length of time.
    Hours,
    /// A month as a length of time.
    Months,
    /// The end of the month.
    End,
}

/// The words for days, in whatever languages people speak.
#[derive(Clone, Debug, Default)]
pub struct Words {
    whole: BTreeMap<String, Word>,
    beginnings: Vec<(String, Word)>,
}

/// Why what was typed is no day that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoDay {
    /// It can't be read as a day.
    #[error("not a day")]
    NotADay,
    /// There is no such day: the 31st of February.
    #[error("no such day")]
    NoSuchDay,
    /// It is over, or it is today.
    #[error("not a day to come")]
    Past,
    /// It is later than the last day that can be chosen.
    #[error("too late a day")]
    TooLate,
}

/// What may come first where a slash joins day and month, which peoples do not agree about: `5/12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The day alone.
    DayFirst,
    /// Either: the one that gives a day that can be chosen, the day first where both do.
    Either,
}

impl Words {
    /// Adds what a language calls something: `names` with commas between them, each whole or, with a star at its end, the
    /// beginning of a word.
    pub fn add(&mut self, names: &str, means: Word) {
        for name in names.split(',').map(str::trim).filter(|name| !matches!(*name, "" | "*")) {
            match name.strip_suffix('*') {
                Some(beginning) => self.beginnings.push((folded(beginning), means)),
                None => drop(self.whole.insert(folded(name), means)),
            }
        }
    }

    /// Adds the names of a month or a weekday: also by their beginnings, of three letters or more.
    pub fn add_name(&mut self, name: &str, means: Word) {
        let name = folded(name);
        for end in name.char_indices().map(|(at, c)| at + c.len_utf8()).skip(2) {
            self.whole.entry(name[..end].to_owned()).or_insert(means);
        }
    }

    pub(super) fn meaning(&self, word: &str) -> Option<Word> {
        let begun = || self.beginnings.iter().find(|(beginning, _)| word.starts_with(beginning.as_str()));
        self.whole.get(word).copied().or_else(|| begun().map(|(_, means)| *means))
    }
}

/// Reads a day from tomorrow up to so many days from `today`.
///
/// A number alone is how many days. Without a year it is the next such day. Where a point joins day and month, the day
/// comes first.
///
/// # Errors
/// [`NoDay`] says what is wrong with it.
pub fn read(words: &Words, typed: &str, today: NaiveDate, longest: u64, order: Order) -> Result<NaiveDate, NoDay> {
    if typed.len() > 200 {
        return Err(NoDay::NotADay);
    }
    let text = plain_digits(typed);
    let one_day = |text: &str| one_day(words, text, today, longest, order);
    match in_brackets(&text).map(|both| both.map(one_day)) {
        // Said in two ways, as where it is asked for.
        Some([Ok(day), Ok(same)]) if day == same => Ok(day),
        Some([Err(why), Err(same)]) if why == same && why != NoDay::NotADay => Err(why),
        Some([Ok(_), Ok(_)]) if in_brackets(&text).is_some_and(|both| both.iter().all(|part| has_digit(part))) => {
            Err(NoDay::NotADay)
        }
        _ => one_day(&text),
    }
}

/// What stands before brackets and behind them, and what stands in them.
fn in_brackets(text: &str) -> Option<[&str; 2]> {
    let (before, rest) = text.split_once('(')?;
    let (inside, behind) = rest.split_once(')')?;
    behind.trim().is_empty().then_some([before, inside])
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

fn one_day(words: &Words, text: &str, today: NaiveDate, longest: u64, order: Order) -> Result<NaiveDate, NoDay> {
    let said = Said::of(words, &folded(text)).ok_or(NoDay::NotADay)?;
    let days = said.days(today, order)?;
    let last = today.checked_add_days(Days::new(longest)).ok_or(NoDay::TooLate)?;
    let fits = |day: &&NaiveDate| **day > today && **day <= last;
    match (days.iter().find(fits), days.first()) {
        (Some(day), _) => Ok(*day),
        (None, Some(day)) if *day <= today => Err(NoDay::Past),
        (None, Some(_)) => Err(NoDay::TooLate),
        (None, None) => Err(NoDay::NoSuchDay),
    }
}

/// Whether a text is written as a day of a month is, also where there is no such day: `31.11`, `11/31`. Of two numbers with a
/// point between them, the second is a month: `12.50` is rather a sum.
#[must_use]
pub fn looks_like_one(typed: &str) -> bool {
    let (day, month) = (1..=31, 1..=12);
    let numbers = |separator| {
        let (first, rest) = typed.trim().split_once(separator)?;
        let second = rest.split_once(separator).map_or(rest, |(second, _)| second);
        Some((first.parse::<u32>().ok()?, second.parse::<u32>().ok()?))
    };
    let either = |(a, b)| day.contains(&a) && month.contains(&b) || month.contains(&a) && day.contains(&b);
    numbers('.').is_some_and(|(a, b)| day.contains(&a) && month.contains(&b)) || numbers('/').is_some_and(either)
}

/// A text as a row of what it says.
#[derive(Debug, Default)]
struct Said {
    /// Numbers, and how each was written.
    numbers: Vec<u64>,
    /// What stands between numbers that are one date: `20.12`, `2026-12-20`.
    separators: String,
    of_month: bool,
    month: Option<u32>,
    weekday: Option<u32>,
    ahead: Option<u64>,
    unit: Option<Word>,
    end: bool,
    /// A weekday of the week after this one.
    next: bool,
    /// It is over.
    past: bool,
}

impl Said {
    fn of(words: &Words, text: &str) -> Option<Said> {
        let (mut said, mut rest, mut before) = (Said::default(), text, ' ');
        while let Some(c) = rest.chars().next() {
            let takes = |fits: fn(char) -> bool| rest.find(|c: char| !fits(c)).unwrap_or(rest.len());
            let end = if c.is_ascii_digit() {
                let end = takes(|c| c.is_ascii_digit());
                said.numbers.push(rest[..end].parse().ok()?);
                end
            } else if c.is_alphabetic() {
                let end = takes(char::is_alphabetic);
                said.word(words.meaning(&rest[..end])?)?;
                end
            } else {
                let joins =
                    matches!(c, '.' | '/' | '-') && rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
                match c {
                    '.' | '/' | '-' if before.is_ascii_digit() && joins => said.separators.push(c),
                    // Less than nothing.
                    '-' if joins && !before.is_alphabetic() => said.past = true,
                    ' ' | '.' | ',' | '-' => {}
                    _ => return None,
                }
                c.len_utf8()
            };
            before = c;
            rest = &rest[end..];
        }
        Some(said)
    }

    /// Takes a word in; nothing if it contradicts what was said before.
    fn word(&mut self, means: Word) -> Option<()> {
        fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
            place.is_none().then(|| *place = Some(value))
        }
        match means {
            Word::Filler => Some(()),
            Word::Next => {
                self.next = true;
                Some(())
            }
            Word::Past => {
                self.past = true;
                Some(())
            }
            Word::OfMonth => {
                self.of_month = true;
                Some(())
            }
            Word::End => {
                self.end = true;
                Some(())
            }
            Word::Month(month) => once(&mut self.month, month),
            Word::Weekday(day) => once(&mut self.weekday, day),
            Word::Ahead(days) => once(&mut self.ahead, days),
            Word::Number(number) => {
                self.numbers.push(number);
                Some(())
            }
            Word::Hours => None,
            Word::Days(_) | Word::Months => once(&mut self.unit, means),
        }
    }

    /// The days that it may be, the likelier first; none where there is no such day.
    fn days(&self, today: NaiveDate, order: Order) -> Result<Vec<NaiveDate>, NoDay> {
        let ahead = |days: u64| today.checked_add_days(Days::new(days)).ok_or(NoDay::TooLate);
        if self.past {
            return Err(self.over());
        }
        let day = match (self.numbers.as_slice(), self.month, self.weekday, self.ahead, self.unit) {
            ([], None, None, Some(days), None) if !self.end => ahead(days)?,
            ([], None, Some(weekday), None, None | Some(Word::Days(7))) if self.next && !self.end => {
                // Weeks begin on Monday.
                ahead(u64::from(weekday + 7 - today.weekday().num_days_from_monday()))?
            }
            ([], None, Some(weekday), None, None) if !self.end => {
                let days = (weekday + 7 - today.weekday().num_days_from_monday()) % 7;
                ahead(if days == 0 { 7 } else { days.into() })?
            }
            ([], None, None, None, Some(Word::Months)) if self.end => end_of_month(today).ok_or(NoDay::NoSuchDay)?,
            ([], None, None, None, Some(unit)) if !self.end => stretch(today, 1, unit)?,
            ([count], None, None, None, Some(unit)) if !self.end => stretch(today, *count, unit)?,
            ([day], Some(month), _, None, None) if !self.end => return Ok(of_month(today, *day, month)),
            // Nobody names a year of before, so "14 (24 November)" is no year 24.
            ([day, year], Some(month), _, None, None) if !self.end && !is_long_over(*year, today) => {
                return Ok(date(*year, month.into(), *day).into_iter().collect());
            }
            (numbers @ ([_, _] | [_, _, _]), None, _, None, None) if !self.end => {
                return self.written(numbers, today, order);
            }
            ([day], None, _, None, None) if self.of_month && !self.end => return Ok(next_of_number(today, *day)),
            ([days], None, None, None, None) if !self.end => ahead(*days)?,
            _ => return Err(NoDay::NotADay),
        };
        Ok(vec![day])
    }

    /// What is wrong with a day that is said to be over: that it is, if it is one.
    fn over(&self) -> NoDay {
        match (self.numbers.as_slice(), self.month, self.weekday, self.ahead) {
            ([] | [_], None, None, None) | ([], None, Some(_), None) if !self.end => NoDay::Past,
            _ => NoDay::NotADay,
        }
    }

    /// `20.12`, `20.12.26`, `12/20`, `2026-12-20`.
    fn written(&self, numbers: &[u64], today: NaiveDate, order: Order) -> Result<Vec<NaiveDate>, NoDay> {
        let month = |number: u64| u32::try_from(number).ok().filter(|month| (1..=12).contains(month));
        let both_ways = if order == Order::Either && self.separators.contains('/') { 2 } else { 1 };
        let orders = |a: u64, b: u64| [(a, b), (b, a)].into_iter().take(both_ways);
        match (numbers, self.separators.as_str()) {
            ([a, b], "." | "/" | "-") => {
                let days = orders(*a, *b).filter_map(|(day, of)| Some(of_month(today, day, month(of)?)));
                Ok(days.flatten().collect())
            }
            ([year, month, day], "--" | ".." | "//") if *year > 31 => {
                Ok(date(*year, *month, *day).into_iter().collect())
            }
            ([a, b, year], "--" | ".." | "//") => {
                Ok(orders(*a, *b).filter_map(|(day, month)| date(*year, month, day)).collect())
            }
            _ => Err(NoDay::NotADay),
        }
    }
}

/// So many days, weeks or months from today.
fn stretch(today: NaiveDate, count: u64, unit: Word) -> Result<NaiveDate, NoDay> {
    let day = match unit {
        Word::Days(days) => count.checked_mul(days).and_then(|days| today.checked_add_days(Days::new(days))),
        _ => u32::try_from(count).ok().and_then(|months| today.checked_add_months(Months::new(months))),
    };
    day.ok_or(NoDay::TooLate)
}

/// Whether this is a year of two digits that is over.
fn is_long_over(year: u64, today: NaiveDate) -> bool {
    year < 100 && i32::try_from(year + 2000).is_ok_and(|year| year < today.year())
}

fn date(year: u64, month: u64, day: u64) -> Option<NaiveDate> {
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// The day of this name that is nearest: of this year, the next or the one before.
fn of_month(today: NaiveDate, day: u64, month: u32) -> Vec<NaiveDate> {
    let years = (-1..=1).filter_map(|years| u64::try_from(today.year() + years).ok());
    let day = years.filter_map(|year| date(year, month.into(), day)).min_by_key(|day| (*day - today).num_days().abs());
    day.into_iter().collect()
}

/// The next day with this number, of this month or a later one.
fn next_of_number(today: NaiveDate, number: u64) -> Vec<NaiveDate> {
    let months = (0..=2).filter_map(|months| today.with_day(1)?.checked_add_months(Months::new(months)));
    let day = |first: NaiveDate| first.with_day(u32::try_from(number).ok()?).filter(|day| *day > today);
    months.filter_map(day).take(1).collect()
}

fn end_of_month(today: NaiveDate) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// Small letters without accents, and one kind of each sign.
pub(super) fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        c if c.is_whitespace() => ' ',
        '−' | '–' | '—' | '‐' | '‑' => '-',
        '．' | '。' => '.',
        '«' | '»' | '"' | '“' | '”' | '„' | '(' | ')' | '!' | '?' | '№' | '\'' | '’' => ' ',
        _ => c,
    };
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(plain).collect()
}

#[cfg(test)]
#[path = "day_tests.rs"]
mod tests;
