//! When what the calendar does is due: moments, from dates and times of day where the community lives.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::{Month, local_date};
use exodus_engine::hours::Zone;

/// The hour at which people are reminded.
const MORNING: u32 = 9;

/// The hour at which promises are set off.
const EARLY: u32 = 5;

/// The hour at which what has no further use is thrown away.
const AT_NIGHT: u32 = 4;

/// How many days before an emergency's date those who promised are reminded.
const DAYS_BEFORE: [u64; 2] = [3, 1];

/// The moments of an open emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyDates {
    /// Three days and one day before its date, in the morning.
    pub reminders: [DateTime<Utc>; 2],
    /// After a third and after two thirds of its time: the network hears of it, then the far circle.
    pub rings: [DateTime<Utc>; 2],
    /// The midnight that ends its last day.
    pub ends_at: DateTime<Utc>,
}

/// The moments of an emergency that was opened then, with this last day.
pub fn emergency_dates(opened_at: DateTime<Utc>, last_day: NaiveDate, zone: &Zone) -> EmergencyDates {
    let ends_at = zone.begins(last_day + Days::new(1));
    let third = (ends_at - opened_at).num_seconds().max(0) / 3;
    let after = |thirds: i64| opened_at + chrono::TimeDelta::seconds(third * thirds);
    EmergencyDates {
        reminders: DAYS_BEFORE.map(|days| at(last_day - Days::new(days), MORNING, zone)),
        rings: [after(1), after(2)],
        ends_at,
    }
}

/// When members are told what to settle before this month's end: the 25th, in the morning.
pub fn settle_reminder(month: Month, zone: &Zone) -> DateTime<Utc> {
    at(month.first_day() + Days::new(24), MORNING, zone)
}

/// When those who promised are reminded: in the morning of the third day from this month's end, which has three days
/// left then.
pub fn promise_reminder(month: Month, zone: &Zone) -> DateTime<Utc> {
    at(month.last_day() - Days::new(2), MORNING, zone)
}

/// When members are told that their promises may be set off: the 20th, before the day begins.
pub fn clearing_notice(month: Month, zone: &Zone) -> DateTime<Utc> {
    at(month.first_day() + Days::new(19), EARLY, zone)
}

/// When this month's promises are set off: the 25th, so early that what is left is what members are reminded of that day.
pub fn clearing_at(month: Month, zone: &Zone) -> DateTime<Utc> {
    at(month.first_day() + Days::new(24), EARLY, zone)
}

/// The same, where members were told on that day: five days lie between the two, also when they were told late. Nothing, when
/// the month is over by then.
pub fn clearing_told_on(told: NaiveDate, month: Month, zone: &Zone) -> Option<DateTime<Utc>> {
    let day = (told + Days::new(5)).max(month.first_day() + Days::new(24));
    (day <= month.last_day()).then(|| at(day, EARLY, zone))
}

/// Until when members are told in time of a clearing of which they are to be told on that day: a day and a night, in which there
/// is an hour for each at which they want to be written to.
pub fn clearing_told_by(told: NaiveDate, zone: &Zone) -> DateTime<Utc> {
    at(told + Days::new(1), EARLY, zone)
}

/// When the voters of an initiative who have not promised yet are reminded, who can up to this day: two days before it, in the
/// morning.
pub fn initiative_reminder(by: NaiveDate, zone: &Zone) -> DateTime<Utc> {
    at(by - Days::new(2), MORNING, zone)
}

/// The first moment after `now` at which what has no further use is thrown away.
pub fn next_clean_up(now: DateTime<Utc>, zone: &Zone) -> DateTime<Utc> {
    let today = local_date(now, zone);
    let tonight = at(today, AT_NIGHT, zone);
    if tonight > now { tonight } else { at(today + Days::new(1), AT_NIGHT, zone) }
}

fn at(date: NaiveDate, hour: u32, zone: &Zone) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    // Of an hour that comes twice the first one counts.
    zone.first_after(DateTime::<Utc>::MIN_UTC, date.and_time(time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zones::{named, zones};

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn reminders_come_in_the_morning_where_the_community_lives() {
        for (month, zone, settle, promise) in [
            (202_611, Zone::UTC, "2026-11-25T09:00:00Z", "2026-11-28T09:00:00Z"),
            (202_611, named("Europe/Podgorica"), "2026-11-25T08:00:00Z", "2026-11-28T08:00:00Z"),
            (202_607, named("Europe/Podgorica"), "2026-07-25T07:00:00Z", "2026-07-29T07:00:00Z"),
            (202_602, named("America/New_York"), "2026-02-25T14:00:00Z", "2026-02-26T14:00:00Z"),
        ] {
            let month = Month::from_number(month).expect("a month");
            assert_eq!(settle_reminder(month, &zone), instant(settle), "{month} {zone}");
            assert_eq!(promise_reminder(month, &zone), instant(promise), "{month} {zone}");
        }
    }

    #[test]
    fn five_days_lie_between_being_told_of_a_clearing_and_the_clearing() {
        let november = Month::from_number(202_611).expect("a month");
        let zone = named("Europe/Podgorica");
        assert_eq!(clearing_notice(november, &zone), instant("2026-11-20T04:00:00Z"));
        assert_eq!(clearing_at(november, &zone), instant("2026-11-25T04:00:00Z"));
        for (told, run) in [
            ("2026-11-20", Some("2026-11-25T04:00:00Z")),
            ("2026-11-21", Some("2026-11-26T04:00:00Z")),
            ("2026-11-25", Some("2026-11-30T04:00:00Z")),
            ("2026-11-26", None),
        ] {
            assert_eq!(clearing_told_on(date(told), november, &zone), run.map(instant), "{told}");
        }
    }

    #[test]
    fn an_emergency_ends_with_its_last_day_where_the_community_lives() {
        for (opened, last_day, zone, reminders, rings, ends) in [
            (
                "2026-11-10T09:00:00Z",
                "2026-11-24",
                Zone::UTC,
                ["2026-11-21T09:00:00Z", "2026-11-23T09:00:00Z"],
                ["2026-11-15T06:00:00Z", "2026-11-20T03:00:00Z"],
                "2026-11-25T00:00:00Z",
            ),
            (
                "2026-11-10T09:00:00Z",
                "2026-11-11",
                named("Europe/Podgorica"),
                ["2026-11-08T08:00:00Z", "2026-11-10T08:00:00Z"],
                ["2026-11-10T21:40:00Z", "2026-11-11T10:20:00Z"],
                "2026-11-11T23:00:00Z",
            ),
            // There was no midnight on 1 October 2017 in Paraguay, and no 9 o'clock in the morning is missing.
            (
                "2017-09-28T04:00:00Z",
                "2017-09-30",
                named("America/Asuncion"),
                ["2017-09-27T13:00:00Z", "2017-09-29T13:00:00Z"],
                ["2017-09-29T04:00:00Z", "2017-09-30T04:00:00Z"],
                "2017-10-01T04:00:00Z",
            ),
        ] {
            let dates = emergency_dates(instant(opened), date(last_day), &zone);
            assert_eq!(dates.reminders, reminders.map(instant), "{last_day} {zone}");
            assert_eq!(dates.rings, rings.map(instant), "{last_day} {zone}");
            assert_eq!(dates.ends_at, instant(ends), "{last_day} {zone}");
        }
    }

    #[test]
    fn an_emergency_of_a_month_s_last_day_ends_when_the_next_month_begins_in_every_zone() {
        let november = Month::from_number(202_611).expect("a month");
        for zone in zones() {
            let dates = emergency_dates(instant("2026-11-10T09:00:00Z"), november.last_day(), &zone);
            assert_eq!(dates.ends_at, november.next().first_instant(&zone), "{zone}");
        }
    }

    #[test]
    fn the_next_night_is_always_ahead() {
        for (now, zone, next) in [
            ("2026-11-10T03:59:59Z", Zone::UTC, "2026-11-10T04:00:00Z"),
            ("2026-11-10T04:00:00Z", Zone::UTC, "2026-11-11T04:00:00Z"),
            ("2026-11-10T23:30:00Z", named("Europe/Podgorica"), "2026-11-11T03:00:00Z"),
        ] {
            assert_eq!(next_clean_up(instant(now), &zone), instant(next), "{now} {zone}");
        }
    }
}
