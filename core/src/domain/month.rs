//! The calendar month in the community's time zone.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Serialize, Serializer};

use exodus_engine::hours::Zone;

/// A month of a year, such as November 2026. Stored as the number 202611, which sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    const FIRST: Self = Self { year: 0, month: 1 };
    const LAST: Self = Self { year: 9999, month: 12 };

    /// The month of a year from 0 to 9999; nothing when there is no such month.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let exists = (Self::FIRST.year..=Self::LAST.year).contains(&year) && (1..=12).contains(&month);
        exists.then_some(Self { year, month })
    }

    /// The month of its number: 202611 is November 2026.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::new(number.div_euclid(100), number.rem_euclid(100).cast_unsigned())
    }

    /// Its number: 202611 for November 2026.
    pub fn number(self) -> i32 {
        self.year * 100 + self.month.cast_signed()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month of the year, from 1 to 12.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The month after it. The last month of 9999 has none and stays.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::LAST => self,
            Self { year, month: 12 } => Self { year: year + 1, month: 1 },
            Self { year, month } => Self { year, month: month + 1 },
        }
    }

    /// The month before it. The first month of the year 0 has none and stays.
    #[must_use]
    pub fn previous(self) -> Self {
        match self {
            Self::FIRST => self,
            Self { year, month: 1 } => Self { year: year - 1, month: 12 },
            Self { year, month } => Self { year, month: month - 1 },
        }
    }

    /// The month that it is in this time zone.
    pub fn of(now: DateTime<Utc>, zone: &Zone) -> Self {
        Self::containing(local_date(now, zone))
    }

    /// The month that a date is in.
    pub fn containing(date: NaiveDate) -> Self {
        Self::new(date.year(), date.month()).unwrap_or(if date.year() < 0 { Self::FIRST } else { Self::LAST })
    }

    /// The first of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// The last day of the month.
    pub fn last_day(self) -> NaiveDate {
        (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(self.year, self.month, day)).unwrap_or_default()
    }

    /// When the month begins in this time zone: midnight, or when the clocks jump over midnight,
    /// the moment they do. When there are two midnights, the earlier one.
    pub fn first_instant(self, zone: &Zone) -> DateTime<Utc> {
        zone.begins(self.first_day())
    }
}

/// As records write it: `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.number())
    }
}

/// The date that it is in this time zone.
pub fn local_date(now: DateTime<Utc>, zone: &Zone) -> NaiveDate {
    zone.local(now).date()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::zones::{named, zones};

    fn month(number: i32) -> Month {
        Month::from_number(number).expect("a month")
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn numbers_of_months_are_years_and_months() {
        for (number, exists) in [
            (202_611, true),
            (202_612, true),
            (999_912, true),
            (1, true),
            (202_600, false),
            (202_613, false),
            (-1, false),
            (1_000_001, false),
            (i32::MIN, false),
            (i32::MAX, false),
        ] {
            let read = Month::from_number(number);
            assert_eq!(read.map(Month::number), exists.then_some(number), "{number}");
        }
    }

    #[test]
    fn months_follow_each_other() {
        for (first, second) in [(202_611, 202_612), (202_612, 202_701), (202_701, 202_702)] {
            assert_eq!(month(first).next(), month(second));
            assert_eq!(month(second).previous(), month(first));
            assert!(month(first) < month(second));
        }
        assert_eq!(month(999_912).next(), month(999_912));
        assert_eq!(month(1).previous(), month(1));
    }

    #[test]
    fn months_end_on_their_last_day() {
        for (number, last) in [
            (202_611, "2026-11-30"),
            (202_612, "2026-12-31"),
            (202_602, "2026-02-28"),
            (202_802, "2028-02-29"),
            (210_002, "2100-02-28"),
        ] {
            assert_eq!(month(number).last_day().to_string(), last);
        }
    }

    #[test]
    fn the_month_and_the_date_are_those_of_the_zone() {
        let now = instant("2026-11-30T23:30:00Z");
        for (zone, number, date) in [
            (Zone::UTC, 202_611, "2026-11-30"),
            (named("Europe/Podgorica"), 202_612, "2026-12-01"),
            (named("America/New_York"), 202_611, "2026-11-30"),
            (named("Pacific/Kiritimati"), 202_612, "2026-12-01"),
        ] {
            assert_eq!(Month::of(now, &zone), month(number), "{zone}");
            assert_eq!(local_date(now, &zone).to_string(), date, "{zone}");
        }
    }

    #[test]
    fn a_month_begins_at_local_midnight() {
        for (number, zone, start) in [
            (202_612, Zone::UTC, "2026-12-01T00:00:00Z"),
            (202_612, named("Europe/Podgorica"), "2026-11-30T23:00:00Z"),
            (202_607, named("Europe/Podgorica"), "2026-06-30T22:00:00Z"),
            (202_612, named("America/New_York"), "2026-12-01T05:00:00Z"),
            (202_612, named("Asia/Kathmandu"), "2026-11-30T18:15:00Z"),
            // Laws of 2026, see `hours::zone`.
            (202_612, named("America/Vancouver"), "2026-12-01T07:00:00Z"),
            (202_612, named("America/Edmonton"), "2026-12-01T06:00:00Z"),
            (202_612, named("America/Yellowknife"), "2026-12-01T06:00:00Z"),
            (202_612, named("America/Winnipeg"), "2026-12-01T05:00:00Z"),
            (202_612, named("America/Havana"), "2026-12-01T04:00:00Z"),
            (202_612, named("Africa/Casablanca"), "2026-12-01T00:00:00Z"),
            // Clocks went from 00:00 to 01:00 on 1 October 2017 in Paraguay and on 1 April 2011 in
            // Amman: there was no midnight.
            (201_710, named("America/Asuncion"), "2017-10-01T04:00:00Z"),
            (201_104, named("Asia/Amman"), "2011-03-31T22:00:00Z"),
            // They went back from 01:00 to 00:00 on 1 November 2020 in Havana: midnight came twice,
            // and the earlier one counts.
            (202_011, named("America/Havana"), "2020-11-01T04:00:00Z"),
        ] {
            assert_eq!(month(number).first_instant(&zone), instant(start), "{number} {zone}");
        }
    }

    #[test]
    fn a_month_begins_where_the_month_before_ends_in_every_zone() {
        for zone in zones() {
            let mut current = month(200_001);
            while current < month(203_001) {
                let start = current.first_instant(&zone);
                assert_eq!(Month::of(start, &zone), current, "{zone}");
                let before = Month::of(start - TimeDelta::seconds(1), &zone);
                assert_eq!(before, current.previous(), "{zone} {current}");
                current = current.next();
            }
        }
    }
}
