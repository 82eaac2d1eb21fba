//! What clocks show in a time zone, and when they show it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, civil};

use super::zone_data;

/// A time zone of the IANA list. Two are the same when their names are.
#[derive(Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone whose clocks show universal time.
    pub const UTC: Zone = Zone(TimeZone::UTC);

    /// Its name in the IANA list: `Europe/Podgorica`.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What its clocks show at this moment.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let universal = at.naive_utc();
        let ahead = self.0.to_offset(timestamp(at)).seconds();
        universal.checked_add_signed(TimeDelta::seconds(ahead.into())).unwrap_or(universal)
    }

    /// The first moment after `now` when its clocks show `local`, or, where they jump over it, the moment they do.
    pub fn first_after(&self, now: DateTime<Utc>, local: NaiveDateTime) -> DateTime<Utc> {
        match civil(local).map(|local| self.0.to_ambiguous_timestamp(local).offset()) {
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
        let change = self.0.following(timestamp(after)).next();
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

/// The zone of this name in the IANA list; capital and small letters are the same.
impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Zone, UnknownZone> {
        zone_data::find(name).map(Zone).ok_or(UnknownZone)
    }
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
#[path = "clocks_tests.rs"]
pub(super) mod tests;
