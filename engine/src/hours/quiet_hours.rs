//! The hours in which a person is left alone, by the clock where they are.

use std::fmt;

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::Zone;
use crate::locale::is_hour_word;

/// The minutes of a day.
const DAY: u16 = 24 * 60;

/// The hours of each day in which a person is not written to, in minutes since local midnight: from the first to just
/// before the second. When the first is the later one, they go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    from: u16,
    to: u16,
}

impl QuietHours {
    /// The hours in which nobody is reminded of anything, whoever they are.
    pub const NIGHT: QuietHours = QuietHours { from: 0, to: 9 * 60 };

    /// Quiet hours from one minute of the day to another; nothing when there is no such minute, or when they are the same.
    pub fn new(from: u16, to: u16) -> Option<QuietHours> {
        (from < DAY && to < DAY && from != to).then_some(QuietHours { from, to })
    }

    /// Quiet hours as people type them: `22-7`, `22:00-07:30`, `22.00 – 7.30`, `22 7`, `from 22 to 7`.
    pub fn parse(typed: &str) -> Option<QuietHours> {
        let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '–' | '—' | '−' | '‑' | '…');
        let mut times = typed.split(is_gap).filter(|time| !time.is_empty() && !is_hour_word(time));
        let (from, to) = (minute(times.next()?)?, minute(times.next()?)?);
        times.next().is_none().then(|| QuietHours::new(from, to))?
    }

    /// The minute of the day on which they begin.
    pub fn from(self) -> u16 {
        self.from
    }

    /// The minute of the day on which they end.
    pub fn to(self) -> u16 {
        self.to
    }

    fn contains(self, time: NaiveTime) -> bool {
        let minute = time.num_seconds_from_midnight() / 60;
        let (from, to) = (u32::from(self.from), u32::from(self.to));
        if from < to { (from..to).contains(&minute) } else { minute >= from || minute < to }
    }

    /// The end of the quiet hours that this moment, on the clock of their owner, is in.
    fn end_after(self, local: NaiveDateTime) -> NaiveDateTime {
        let end = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(self.to) * 60, 0).unwrap_or_default();
        let tomorrow = u32::from(self.to) * 60 <= local.time().num_seconds_from_midnight();
        let date = if tomorrow { local.date() + Days::new(1) } else { local.date() };
        date.and_time(end)
    }
}

/// As clocks show it: `22:00–07:30`.
impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}–{:02}:{:02}", self.from / 60, self.from % 60, self.to / 60, self.to % 60)
    }
}

/// When somebody may be written to: `now`, or when the quiet hours that it is in where they are have ended.
///
/// Clocks that are put forward over the end of the quiet hours end them. Clocks that are put back show the last of them
/// twice, and both times are quiet.
pub fn allowed_from(now: DateTime<Utc>, quiet: Option<QuietHours>, zone: &Zone) -> DateTime<Utc> {
    let Some(quiet) = quiet else { return now };
    let mut at = now;
    // Twice where the clocks jump or come back, three times where a whole day is left out.
    for _ in 0..4 {
        let local = zone.local(at);
        if !quiet.contains(local.time()) {
            break;
        }
        at = zone.first_after(at, quiet.end_after(local));
    }
    at
}

/// A time of day as people type it, in minutes: `7`, `07:30`, `7.30`; `24` is midnight.
fn minute(typed: &str) -> Option<u16> {
    let (hours, minutes) = typed.split_once([':', '.']).unwrap_or((typed, "0"));
    let number = |digits: &str, most: u16| -> Option<u16> {
        let short = (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        short.then(|| digits.parse().ok())?.filter(|number| *number <= most)
    };
    let minute = number(hours, 24)? * 60 + number(minutes, 59)?;
    match minute {
        DAY => Some(0),
        minute => (minute < DAY).then_some(minute),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::super::zone::tests::{named, zones};
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn quiet_hours_are_understood_as_people_type_them() {
        for (typed, understood) in [
            ("22-7", Some("22:00–07:00")),
            ("22:00-07:30", Some("22:00–07:30")),
            (" 22.15 – 7.30 ", Some("22:15–07:30")),
            ("22 7", Some("22:00–07:00")),
            ("from 22 to 7", Some("22:00–07:00")),
            ("с 22:00 до 7:30", Some("22:00–07:30")),
            ("between 13 and 15", Some("13:00–15:00")),
            ("from 10 pm to 7 am", None),
            ("с 10 вечера до 7 утра", None),
            ("from 22", None),
            ("23:30—0", Some("23:30–00:00")),
            ("13-15", Some("13:00–15:00")),
            ("22-24", Some("22:00–00:00")),
            ("24-6", Some("00:00–06:00")),
            ("00:00-06:00", Some("00:00–06:00")),
            ("7-7", None),
            ("0-24", None),
            ("22", None),
            ("22-", None),
            ("22-7-9", None),
            ("25-7", None),
            ("24:30-7", None),
            ("22:60-7", None),
            ("22:5x-7", None),
            ("222-7", None),
            ("ten-seven", None),
            ("٢٢-٧", None),
            ("", None),
        ] {
            assert_eq!(QuietHours::parse(typed).map(|quiet| quiet.to_string()).as_deref(), understood, "{typed:?}");
        }
    }

    #[test]
    fn a_notice_waits_for_the_end_of_the_quiet_hours() {
        let (podgorica, new_york) = ("Europe/Podgorica", "America/New_York");
        for (quiet, zone, now, allowed) in [
            // Podgorica is an hour ahead of UTC in winter, two in summer.
            ("22-7", podgorica, "2026-11-10T20:59:59Z", "2026-11-10T20:59:59Z"),
            ("22-7", podgorica, "2026-11-10T21:00:00Z", "2026-11-11T06:00:00Z"),
            ("22-7", podgorica, "2026-11-11T02:30:00Z", "2026-11-11T06:00:00Z"),
            ("22-7", podgorica, "2026-11-11T06:00:00Z", "2026-11-11T06:00:00Z"),
            ("22-7", podgorica, "2026-07-01T02:30:00Z", "2026-07-01T05:00:00Z"),
            ("22-7", new_york, "2026-11-11T02:30:00Z", "2026-11-11T02:30:00Z"),
            ("13-15:30", podgorica, "2026-11-10T12:00:00Z", "2026-11-10T14:30:00Z"),
            ("13-15:30", podgorica, "2026-11-10T11:59:00Z", "2026-11-10T11:59:00Z"),
            ("22-0", podgorica, "2026-11-10T22:59:00Z", "2026-11-10T23:00:00Z"),
            // The clocks went from 2:00 to 3:00 on 29 March 2026: the night is an hour shorter,
            ("22-7", podgorica, "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"),
            // and what ended at 2:30 ends at the jump.
            ("22-2:30", podgorica, "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z"),
            // They go from 3:00 back to 2:00 on 25 October 2026: 2:30 comes twice.
            ("22-7", podgorica, "2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z"),
            ("22-2:30", podgorica, "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z"),
            ("22-2:30", podgorica, "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"),
            // 30 December 2011 never came in Samoa, so its morning came the day after.
            ("22-7", "Pacific/Apia", "2011-12-30T09:00:00Z", "2011-12-30T17:00:00Z"),
            // Laws of 2026 (see `zone`): before them these mornings began an hour later, and in Morocco an hour earlier.
            ("22-7", "America/Vancouver", "2026-11-28T05:30:00Z", "2026-11-28T14:00:00Z"),
            ("22-7", "America/Vancouver", "2026-11-28T14:30:00Z", "2026-11-28T14:30:00Z"),
            ("22-7", "America/Edmonton", "2026-11-28T05:00:00Z", "2026-11-28T13:00:00Z"),
            ("22-7", "America/Yellowknife", "2026-11-28T05:00:00Z", "2026-11-28T13:00:00Z"),
            ("22-7", "America/Winnipeg", "2026-11-28T04:00:00Z", "2026-11-28T12:00:00Z"),
            ("22-7", "America/Havana", "2026-11-28T10:30:00Z", "2026-11-28T11:00:00Z"),
            ("22-7", "Africa/Casablanca", "2026-11-28T06:30:00Z", "2026-11-28T07:00:00Z"),
        ] {
            let hours = QuietHours::parse(quiet);
            assert!(hours.is_some(), "{quiet}");
            assert_eq!(allowed_from(instant(now), hours, &named(zone)), instant(allowed), "{quiet} in {zone} at {now}");
        }
    }

    #[test]
    fn without_quiet_hours_nothing_waits() {
        let now = instant("2026-11-10T02:00:00Z");
        assert_eq!(allowed_from(now, None, &Zone::UTC), now);
    }

    #[test]
    fn in_every_zone_nobody_is_written_to_in_their_quiet_hours_nor_left_waiting_for_more_than_two_days() {
        let hours = ["22-7", "0-6", "2:30-3:15", "12-11:59"].map(|typed| QuietHours::parse(typed).expect(typed));
        for zone in zones() {
            let mut now = instant("2026-01-01T00:17:00Z");
            while now < instant("2027-01-01T00:00:00Z") {
                for quiet in hours {
                    let allowed = allowed_from(now, Some(quiet), &zone);
                    assert!(!quiet.contains(zone.local(allowed).time()), "{quiet} in {zone} at {now}");
                    assert!(now <= allowed && allowed - now <= TimeDelta::hours(26), "{quiet} in {zone} at {now}");
                    assert_eq!(allowed_from(allowed, Some(quiet), &zone), allowed);
                }
                now += TimeDelta::minutes(7 * 60 + 7);
            }
        }
    }
}
