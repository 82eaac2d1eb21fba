//! What a member wants to be told, and how soon.

use std::fmt;

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use exodus_engine::hours::Zone;

/// What a notice is about, as a member chooses about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The status of those in my network: who asks for help, and how it ended.
    Network,
    /// Help for me.
    HelpToMe,
    /// What becomes of my own help.
    OwnHelp,
    /// News of the circles that I support: the help of the others, another sum or date.
    Supported,
    /// What I should settle in time.
    Reminders,
    /// What a month has brought.
    Digests,
    /// What the administrators tell everybody.
    Announcements,
}

impl Category {
    /// All of them, in the order of the menu.
    pub const ALL: [Category; 7] = [
        Category::Network,
        Category::HelpToMe,
        Category::OwnHelp,
        Category::Supported,
        Category::Reminders,
        Category::Digests,
        Category::Announcements,
    ];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Network => "network",
            Category::HelpToMe => "help_to_me",
            Category::OwnHelp => "own_help",
            Category::Supported => "supported",
            Category::Reminders => "reminders",
            Category::Digests => "digests",
            Category::Announcements => "announcements",
        }
    }

    /// How a member is told of it who has chosen nothing. Twenty supporters would read hundreds of news of their circle a
    /// month, so these come once a day.
    pub fn by_default(self) -> Mode {
        match self {
            Category::Supported => Mode::Digest,
            Category::Network
            | Category::HelpToMe
            | Category::OwnHelp
            | Category::Reminders
            | Category::Digests
            | Category::Announcements => Mode::On,
        }
    }

    /// The category of a stored name.
    pub fn parse(name: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|category| category.as_str() == name)
    }
}

/// How a member wants to be told of a category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// At once.
    #[default]
    On,
    /// Once a day, all together.
    Digest,
    /// Not at all.
    Off,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::On, Mode::Digest, Mode::Off];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::On => "on",
            Mode::Digest => "digest",
            Mode::Off => "off",
        }
    }

    /// The mode of a stored name.
    pub fn parse(name: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.as_str() == name)
    }

    /// The next one when a member goes through them: on, digest, off, on.
    #[must_use]
    pub fn next(self) -> Mode {
        match self {
            Mode::On => Mode::Digest,
            Mode::Digest => Mode::Off,
            Mode::Off => Mode::On,
        }
    }
}

/// How somebody is told of something. What needs their answer is told at once, whatever they chose: others wait for it.
pub fn mode(chosen: Mode, needs_an_answer: bool) -> Mode {
    if needs_an_answer { Mode::On } else { chosen }
}

/// The hour of the day at which a member's daily message goes out, where they live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyHour(u8);

/// Where a member has chosen none: the day is over, the evening is not.
impl Default for DailyHour {
    fn default() -> DailyHour {
        DailyHour(19)
    }
}

impl DailyHour {
    /// This hour; nothing when no day has it.
    pub fn new(hour: u8) -> Option<DailyHour> {
        (hour < 24).then_some(DailyHour(hour))
    }

    /// An hour as people type it: `8`, `08`, `8:00`, `20.00`; `24` is midnight.
    pub fn read(typed: &str) -> Option<DailyHour> {
        let (hour, minutes) = typed.trim().split_once([':', '.']).unwrap_or((typed.trim(), "00"));
        let is_hour = (1..=2).contains(&hour.len()) && hour.bytes().all(|digit| digit.is_ascii_digit());
        let hour: u8 = hour.parse().ok().filter(|_| is_hour && minutes == "00")?;
        DailyHour::new(if hour == 24 { 0 } else { hour })
    }

    /// How many hours of the day have passed by then.
    pub fn number(self) -> u8 {
        self.0
    }

    fn time(self) -> NaiveTime {
        NaiveTime::from_hms_opt(self.0.into(), 0, 0).unwrap_or_default()
    }
}

/// As clocks show it: `08:00`.
impl fmt::Display for DailyHour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:00", self.0)
    }
}

/// Nothing is planned for less than so long from now: who gathers what waits must not be at work already.
const AT_LEAST: TimeDelta = TimeDelta::minutes(1);

/// When a member's next daily message goes out, who wants it at this hour of theirs.
pub fn next_daily_message(now: DateTime<Utc>, zone: &Zone, hour: DailyHour) -> DateTime<Utc> {
    let soonest = now + AT_LEAST;
    let today = zone.local(soonest).date();
    let at_last = zone.first_after(soonest, today.and_time(hour.time()));
    if at_last > soonest { at_last } else { zone.first_after(soonest, (today + Days::new(1)).and_time(hour.time())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zones::named;

    #[test]
    fn the_daily_message_goes_out_in_the_evening_where_its_reader_lives() {
        for (now, zone, due) in [
            ("2026-11-10T09:00:00Z", Zone::UTC, "2026-11-10T19:00:00Z"),
            ("2026-11-10T18:58:59Z", Zone::UTC, "2026-11-10T19:00:00Z"),
            ("2026-11-10T18:59:30Z", Zone::UTC, "2026-11-11T19:00:00Z"),
            ("2026-11-10T19:00:00Z", Zone::UTC, "2026-11-11T19:00:00Z"),
            ("2026-11-10T09:00:00Z", named("Europe/Podgorica"), "2026-11-10T18:00:00Z"),
            ("2026-07-10T09:00:00Z", named("Europe/Podgorica"), "2026-07-10T17:00:00Z"),
            ("2026-11-10T23:00:00Z", named("Pacific/Auckland"), "2026-11-11T06:00:00Z"),
            ("2026-11-10T23:58:59Z", named("America/New_York"), "2026-11-11T00:00:00Z"),
            // Laws of 2026, see `hours::zone`.
            ("2026-11-28T12:00:00Z", named("America/Vancouver"), "2026-11-29T02:00:00Z"),
            ("2026-11-28T12:00:00Z", named("America/Edmonton"), "2026-11-29T01:00:00Z"),
            ("2026-11-28T12:00:00Z", named("America/Yellowknife"), "2026-11-29T01:00:00Z"),
            ("2026-11-28T12:00:00Z", named("America/Winnipeg"), "2026-11-29T00:00:00Z"),
            ("2026-11-28T12:00:00Z", named("America/Havana"), "2026-11-28T23:00:00Z"),
            ("2026-11-28T12:00:00Z", named("Africa/Casablanca"), "2026-11-28T19:00:00Z"),
        ] {
            let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
            assert_eq!(next_daily_message(instant(now), &zone, DailyHour::default()), instant(due), "{now} {zone}");
        }
    }

    #[test]
    fn or_at_an_hour_of_their_own() {
        for (now, zone, hour, due) in [
            ("2026-11-10T09:00:00Z", Zone::UTC, 8, "2026-11-11T08:00:00Z"),
            ("2026-11-10T07:58:00Z", Zone::UTC, 8, "2026-11-10T08:00:00Z"),
            ("2026-11-10T09:00:00Z", Zone::UTC, 0, "2026-11-11T00:00:00Z"),
            ("2026-11-10T09:00:00Z", named("Europe/Podgorica"), 23, "2026-11-10T22:00:00Z"),
            // That hour of that night is left out.
            ("2026-03-28T12:00:00Z", named("Europe/Podgorica"), 2, "2026-03-29T01:00:00Z"),
        ] {
            let instant = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
            let hour = DailyHour::new(hour).expect("an hour");
            assert_eq!(next_daily_message(instant(now), &zone, hour), instant(due), "{now} {zone} {hour}");
        }
    }

    #[test]
    fn an_hour_is_understood_as_people_type_it() {
        for (typed, read) in [
            ("8", Some(8)),
            (" 08 ", Some(8)),
            ("8:00", Some(8)),
            ("20.00", Some(20)),
            ("0", Some(0)),
            ("24", Some(0)),
            ("23", Some(23)),
            ("25", None),
            ("008", None),
            ("024", None),
            ("+8", None),
            ("8:30", None),
            ("8:0", None),
            ("256", None),
            ("", None),
            (":00", None),
            ("eight", None),
        ] {
            assert_eq!(DailyHour::read(typed).map(DailyHour::number), read, "{typed:?}");
        }
        assert_eq!(DailyHour::read("8").map(|hour| hour.to_string()).as_deref(), Some("08:00"));
    }

    #[test]
    fn names_that_are_stored_are_read_again() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.as_str()), Some(category));
        }
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.as_str()), Some(mode));
        }
        assert_eq!((Category::parse("weather"), Mode::parse("sometimes")), (None, None));
    }

    #[test]
    fn the_modes_go_round() {
        for mode in Mode::ALL {
            assert_eq!(mode.next().next().next(), mode);
            assert_ne!(mode.next(), mode);
        }
    }

    #[test]
    fn what_needs_an_answer_can_not_be_switched_off() {
        for chosen in Mode::ALL {
            assert_eq!(mode(chosen, true), Mode::On);
            assert_eq!(mode(chosen, false), chosen);
        }
    }
}
