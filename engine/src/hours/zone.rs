//! What clocks show in a time zone, and when they show it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, civil};

use super::zone_data;

/// How far apart from universal time clocks can be, in minutes.
pub const FURTHEST: std::ops::RangeInclusive<i32> = -12 * 60..=14 * 60;

/// A time zone of the IANA list, or one whose clocks are always so far ahead of universal time. Two are the same when
/// their names are.
#[derive(Clone)]
pub struct Zone {
    rules: TimeZone,
    name: Cow<'static, str>,
}

impl Zone {
    /// The zone whose clocks show universal time.
    pub const UTC: Zone = Zone { rules: TimeZone::UTC, name: Cow::Borrowed("UTC") };

    /// The zone whose clocks are always so many minutes ahead of universal time; nothing where there can be no such one.
    pub fn ahead_by(minutes: i32) -> Option<Zone> {
        let (sign, hours, rest) = (if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
        match (hours, rest) {
            (0, 0) => Some(Zone::UTC),
            // In the list these are counted the other way round: `Etc/GMT-3` is three hours ahead.
            (_, 0) => format!("Etc/GMT{:+}", -minutes / 60).parse().ok(),
            _ => format!("UTC{sign}{hours:02}:{rest:02}").parse().ok(),
        }
    }

    /// Its name in the IANA list: `Europe/Podgorica`; or, where whole hours don't do, how far ahead it is: `UTC+05:30`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many minutes ahead of universal time its clocks are at this moment.
    pub fn minutes_ahead(&self, at: DateTime<Utc>) -> i32 {
        self.rules.to_offset(timestamp(at)).seconds() / 60
    }

    /// What its clocks show at this moment.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let universal = at.naive_utc();
        let ahead = self.rules.to_offset(timestamp(at)).seconds();
        universal.checked_add_signed(TimeDelta::seconds(ahead.into())).unwrap_or(universal)
    }

    /// The first moment after `now` when its clocks show `local`, or, where they jump over it, the moment they do.
    pub fn first_after(&self, now: DateTime<Utc>, local: NaiveDateTime) -> DateTime<Utc> {
        match civil(local).map(|local| self.rules.to_ambiguous_timestamp(local).offset()) {
            // No clock of ours shows such a year.
            None => local.and_utc(),
            Some(AmbiguousOffset::Unambiguous { offset }) => moment(local, offset),
            Some(AmbiguousOffset::Fold { before, .. }) if now < moment(local, before) => moment(local, before),
            Some(AmbiguousOffset::Fold { after, .. }) => moment(local, after),
            Some(AmbiguousOffset::Gap { after, .. }) => self.next_change(moment(local, after)),
        }
    }

    /// When a day begins: at midnight; when the clocks jump over midnight, the moment they do; when midnight comes twice,
    /// at the first of them.
    pub fn begins(&self, date: NaiveDate) -> DateTime<Utc> {
        self.first_after(DateTime::<Utc>::MIN_UTC, date.and_time(NaiveTime::MIN))
    }

    /// When its clocks are changed next.
    fn next_change(&self, after: DateTime<Utc>) -> DateTime<Utc> {
        let change = self.rules.following(timestamp(after)).next();
        change.and_then(|change| DateTime::from_timestamp(change.timestamp().as_second(), 0)).unwrap_or(after)
    }
}

/// The moment when clocks that are so far ahead show this.
fn moment(local: NaiveDateTime, ahead: Offset) -> DateTime<Utc> {
    let universal = local.checked_sub_signed(TimeDelta::seconds(ahead.seconds().into()));
    universal.unwrap_or(local).and_utc()
}

/// Moments before the year -9999 and after 9999 are taken for the first and the last ones.
fn timestamp(at: DateTime<Utc>) -> Timestamp {
    let last = if at.timestamp() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(at.timestamp()).unwrap_or(last)
}

fn civil(local: NaiveDateTime) -> Option<civil::DateTime> {
    let (year, month, day) =
        (local.year().try_into().ok()?, local.month().try_into().ok()?, local.day().try_into().ok()?);
    let (hour, minute) = (local.hour().try_into().ok()?, local.minute().try_into().ok()?);
    civil::DateTime::new(year, month, day, hour, minute, local.second().try_into().ok()?, 0).ok()
}

/// The zone of this name; capital and small letters of the IANA list are the same.
impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Zone, UnknownZone> {
        let listed = zone_data::find(name).map(|rules| {
            let name = rules.iana_name().unwrap_or("UTC").to_owned();
            Zone { rules, name: name.into() }
        });
        let fixed = || Some(Zone { rules: TimeZone::fixed(distance(name)?), name: name.to_owned().into() });
        listed.or_else(fixed).ok_or(UnknownZone)
    }
}

/// How far ahead a name like `UTC+05:30` says that clocks are: quarters of an hour, as no country has others.
fn distance(name: &str) -> Option<Offset> {
    let (hours, minutes) = name.strip_prefix("UTC")?.split_once(':')?;
    let (sign, hours) = hours.split_at_checked(1)?;
    let number = |text: &str| -> Option<i32> {
        let plain = text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit());
        plain.then(|| text.parse().ok())?
    };
    let ahead = number(hours)? * 60 + number(minutes)?;
    let ahead = match sign {
        "+" => ahead,
        "-" => -ahead,
        _ => return None,
    };
    let is_real = ahead % 15 == 0 && ahead % 60 != 0 && FURTHEST.contains(&ahead) && number(minutes)? < 60;
    is_real.then(|| Offset::from_seconds(ahead * 60).ok())?
}

/// No zone of this name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownZone;

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
#[path = "zone_tests.rs"]
pub(crate) mod tests;
