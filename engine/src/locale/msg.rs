//! A sentence not yet spoken.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};

/// A Fluent key and its named arguments: what is to be said, in no language yet.
///
/// It can be stored (the outbox does) and spoken later, in the language its reader has by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Msg {
    /// The key of the Fluent message.
    pub key: Cow<'static, str>,
    /// What its variables stand for, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// One argument of a [`Msg`]. None of them can create markup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// What a person typed: shown as their words, never understood. No variant of a message can be selected by it.
    Words(String),
    /// A sum in minor units of the bot's currency.
    Sum(i64),
    /// A number of things: selects plural forms, shown with grouped digits.
    Count(i64),
    /// A calendar day, shown with its year.
    Date(NaiveDate),
    /// Another sentence, spoken in the same language; it keeps its own markup.
    Msg(Msg),
    /// Our own technical text (tokens, addresses, names of states): shown as it is; may select a variant.
    Verbatim(String),
}

impl Arg {
    /// Selects this variant of a message. (A text that is given as it is, is somebody's words, and selects none.)
    pub fn variant(name: &'static str) -> Arg {
        Arg::Verbatim(name.to_owned())
    }
}

/// Names a message: `msg!("guests-count", count = 3usize)`. The key is a literal, so that tests find every key in use.
#[macro_export]
macro_rules! msg {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::locale::Msg::new($key)$(.with(stringify!($name), $value))*
    };
}

impl Msg {
    /// A message without arguments.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Msg {
        Msg { key: key.into(), args: Vec::new() }
    }

    /// The same message with one more argument; of two with one name the later counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, arg: impl Into<Arg>) -> Msg {
        let name = name.into();
        self.args.retain(|(known, _)| *known != name);
        self.args.push((name, arg.into()));
        self
    }

    /// A day as the reader's language writes it, with the year; the same as an [`Arg::Date`] in a message.
    pub fn date(date: NaiveDate) -> Msg {
        Msg::on_day("format-date", date)
    }

    /// The same in as few signs as the reader's language has for it: "25 Nov 2026".
    pub fn date_in_short(date: NaiveDate) -> Msg {
        Msg::on_day("format-date-short", date)
    }

    /// The same with the time of day.
    pub fn date_time_in_short(at: NaiveDateTime) -> Msg {
        let mut short = Msg::date_time(at).with("date", Msg::date_in_short(at.date()));
        short.key = "format-date-time-short".into();
        short
    }

    /// A day without the year, for dates that are near: "25 November".
    pub fn day_month(date: NaiveDate) -> Msg {
        Msg::on_day("format-day-month", date)
    }

    /// The month of a day: "November 2026".
    pub fn month(date: NaiveDate) -> Msg {
        Msg::new("format-month").with("month", date.month()).with("year", Arg::Verbatim(date.year().to_string()))
    }

    /// A day and the time of day, of whatever time zone the caller has converted it to.
    pub fn date_time(at: NaiveDateTime) -> Msg {
        Msg::new("format-date-time")
            .with("date", at.date())
            .with("hour", Arg::Verbatim(format!("{:02}", at.hour())))
            .with("minute", Arg::Verbatim(format!("{:02}", at.minute())))
    }

    fn on_day(key: &'static str, date: NaiveDate) -> Msg {
        Msg::new(key)
            .with("day", date.day())
            .with("month", date.month())
            // A year is not a count: its digits are never grouped.
            .with("year", Arg::Verbatim(date.year().to_string()))
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Arg {
        Arg::Words(words.to_owned())
    }
}

impl From<String> for Arg {
    fn from(words: String) -> Arg {
        Arg::Words(words)
    }
}

impl From<&String> for Arg {
    fn from(words: &String) -> Arg {
        Arg::Words(words.clone())
    }
}

impl From<Msg> for Arg {
    fn from(msg: Msg) -> Arg {
        Arg::Msg(msg)
    }
}

impl From<NaiveDate> for Arg {
    fn from(date: NaiveDate) -> Arg {
        Arg::Date(date)
    }
}

impl From<i64> for Arg {
    fn from(count: i64) -> Arg {
        Arg::Count(count)
    }
}

impl From<u32> for Arg {
    fn from(count: u32) -> Arg {
        Arg::Count(count.into())
    }
}

impl From<i32> for Arg {
    fn from(count: i32) -> Arg {
        Arg::Count(count.into())
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Arg {
        Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Arg {
        Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_macro_names_a_message_and_its_arguments() {
        let msg = crate::msg!("card-title", name = "Anna", count = 3usize,);
        assert_eq!(msg, Msg::new("card-title").with("name", "Anna").with("count", 3u32));
    }

    #[test]
    fn a_message_survives_storage() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 25).expect("a date");
        let msg = crate::msg!(
            "a",
            b = "words",
            c = Arg::Sum(5),
            d = 7i64,
            e = day,
            f = crate::msg!("g", h = Arg::Verbatim("x".into()))
        );
        let stored = serde_json::to_string(&msg).expect("stored");
        assert_eq!(serde_json::from_str::<Msg>(&stored).expect("read"), msg);
    }
}
