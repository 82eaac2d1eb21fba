use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::day::{self, NoDay, Order, Word};
use crate::domain::{Misread, Money, Unit};
use exodus_engine::locale::{Locales, Msg, decimals_of};
use exodus_engine::msg;

/// How what people type is read: with the words of all languages at once, whichever they speak.
pub struct Reading {
    /// Sums.
    pub unit: Unit,
    /// The code of the currency that those are in.
    pub currency: String,
    /// Days.
    pub days: day::Words,
    /// What an invite's token follows.
    pub start: BTreeSet<String>,
    /// What says "all that is missing" in the place of a sum.
    all: BTreeSet<String>,
    /// What says "the same" in the place of a sum that was said just before.
    same: BTreeSet<String>,
    /// What may follow a sum that is asked for every month.
    monthly: Vec<String>,
    /// What may stand before a sum that is said in the place of another.
    another: Vec<String>,
    /// What says that there is nothing to note.
    no_note: BTreeSet<String>,
    /// The languages in which the month may stand before the day: `12/20`.
    month_first: BTreeSet<String>,
}

impl Reading {
    /// With the words of these languages.
    pub fn of(locales: &Locales) -> Reading {
        let code = locales.currency();
        let unit = Unit::new(code, decimals_of(code), &locales.currency_names());
        let (mut days, mut all, mut thousand) = (day::Words::default(), BTreeSet::new(), Vec::new());
        let mut start = BTreeSet::from(["start".to_owned()]);
        let (mut month_first, mut no_note, mut same) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let (mut monthly, mut another) = (Vec::new(), Vec::new());
        for language in locales.languages() {
            let said = |msg: &Msg| locales.plain(&language.code, msg);
            learn_days(&mut days, &said);
            start.insert(plain(&said(&msg!("command-start"))));
            all.extend(said(&msg!("sum-all")).split(',').map(plain));
            monthly.extend(said(&msg!("sum-every-month")).split(',').map(|words| words.trim().to_lowercase()));
            same.extend(said(&msg!("pool-open-same-words")).split(',').map(plain));
            another.extend(said(&msg!("sum-another-words")).split(',').map(|words| words.trim().to_lowercase()));
            no_note.extend(said(&msg!("given-no-note-words")).split(',').map(plain));
            thousand.push(said(&msg!("sum-thousand")));
            if said(&msg!("day-month-first")).trim() == "yes" {
                month_first.insert(language.code.clone());
            }
        }
        let unit = unit.with_thousand(thousand.iter().flat_map(|words| words.split(',')).map(str::trim));
        // The longest first: `change the sum to 80` is not `change the sum`, and something else.
        another.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Reading { unit, currency: code.to_owned(), days, start, all, same, monthly, another, no_note, month_first }
    }

    /// What may come first in a date that somebody writes who reads this language.
    pub fn order(&self, lang: &str) -> Order {
        if self.month_first.contains(lang) { Order::Either } else { Order::DayFirst }
    }

    /// Whether something that can't be chosen is still meant for a day: 31.12, if that is too far away, is no sum, nor are 31.11 and
    /// 30 February, which there are not; 400 alone is rather one.
    pub fn is_meant_for_day(&self, typed: &str, (today, longest): (NaiveDate, u32), order: Order) -> bool {
        let read = day::read(&self.days, typed, today, longest.into(), order);
        let typed = typed.trim().trim_start_matches(['-', '−']);
        match read {
            Err(NoDay::Past | NoDay::TooLate) => typed.contains(|c: char| !c.is_numeric()),
            Err(NoDay::NoSuchDay) => day::looks_like_one(typed) || self.is_no_sum_by_its_words(typed),
            Ok(_) | Err(NoDay::NotADay) => false,
        }
    }

    /// Whether the words in it belong to no sum.
    fn is_no_sum_by_its_words(&self, typed: &str) -> bool {
        let sum = self.unit.parse(typed, Money::from_minor(i64::MAX));
        typed.contains(char::is_alphabetic) && matches!(sum, Err(Misread::NotANumber | Misread::Foreign))
    }

    /// Whether it says that nothing is to be noted: `skip`, `без примечания`, `-`.
    pub fn is_no_note(&self, typed: &str) -> bool {
        let typed = plain(typed);
        typed.is_empty() || self.no_note.contains(&typed)
    }

    /// What is left of a sum that is asked for every month without the words that say so: `500` of `500 a month`.
    pub fn of_a_month<'a>(&self, typed: &'a str) -> &'a str {
        let (typed, said) = (typed.trim(), typed.trim().to_lowercase());
        // Letters that become shorter or longer when they are small are no part of a sum.
        let bare = self.monthly.iter().filter(|_| said.len() == typed.len()).find_map(|words| said.strip_suffix(words));
        let bare = bare.map(str::trim_end).filter(|bare| bare.contains(char::is_numeric));
        bare.and_then(|bare| typed.get(..bare.len())).unwrap_or(typed)
    }

    /// What is left of a sum without the words that say what it is: `80` of `another sum 80`. (They are no name of a currency,
    /// though there is one that is called so.)
    pub fn bare_sum<'a>(&self, typed: &'a str) -> &'a str {
        let (typed, said) = (typed.trim(), typed.trim().to_lowercase());
        let bare = self.another.iter().filter(|_| said.len() == typed.len()).find_map(|words| said.strip_prefix(words));
        let bare = bare
            .filter(|bare| bare.starts_with([' ', ':', '—', '–']))
            .map(|bare| bare.trim_start_matches([' ', ':', '—', '–']));
        let bare = bare.filter(|bare| bare.starts_with(|c: char| !c.is_alphabetic()));
        bare.and_then(|bare| typed.get(typed.len() - bare.len()..)).unwrap_or(typed)
    }

    /// Whether it says "the same".
    pub fn is_same(&self, typed: &str) -> bool {
        self.same.contains(&plain(typed))
    }

    /// Whether it says "all of it".
    pub fn is_all(&self, typed: &str) -> bool {
        self.all.contains(&plain(typed))
    }
}

fn learn_days(days: &mut day::Words, said: &dyn Fn(&Msg) -> String) {
    for month in 1..=12_u32 {
        for key in ["format-month-in-date", "format-month-alone"] {
            days.add_name(&said(&Msg::new(key).with("month", month)), Word::Month(month));
        }
    }
    for (names, day) in said(&msg!("day-weekdays")).split(';').zip(0..) {
        days.add(names, Word::Weekday(day));
    }
    for (names, number) in said(&msg!("day-numbers")).split(';').zip(1..) {
        days.add(names, Word::Number(number));
    }
    for (names, means) in [
        (msg!("day-today"), Word::Ahead(0)),
        (msg!("day-tomorrow"), Word::Ahead(1)),
        (msg!("day-after-tomorrow"), Word::Ahead(2)),
        (msg!("day-days"), Word::Days(1)),
        (msg!("day-weeks"), Word::Days(7)),
        (msg!("day-hours"), Word::Hours),
        (msg!("day-months"), Word::Months),
        (msg!("day-end"), Word::End),
        (msg!("day-of-month"), Word::OfMonth),
        (msg!("day-fillers"), Word::Filler),
        (msg!("day-next"), Word::Next),
        (msg!("day-over"), Word::Past),
    ] {
        days.add(&said(&names), means);
    }
}

/// Words as they are compared: small letters and digits alone.
fn plain(words: &str) -> String {
    let letters: String = words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ").replace('ё', "е")
}
