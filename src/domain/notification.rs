//! What a member wants to be told, and how soon.

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

/// The hour of the day at which daily messages go out, where their reader lives: the day is over, the evening is not.
const EVENING: u32 = 19;

/// Nothing is planned for less than so long from now: who gathers what waits must not be at work already.
const AT_LEAST: TimeDelta = TimeDelta::minutes(1);

/// When a member's next daily message goes out.
pub fn next_daily_message(now: DateTime<Utc>, zone: &Zone) -> DateTime<Utc> {
    let soonest = now + AT_LEAST;
    let evening = NaiveTime::from_hms_opt(EVENING, 0, 0).unwrap_or_default();
    let today = zone.local(soonest).date();
    let tonight = zone.first_after(soonest, today.and_time(evening));
    if tonight > soonest { tonight } else { zone.first_after(soonest, (today + Days::new(1)).and_time(evening)) }
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
            assert_eq!(next_daily_message(instant(now), &zone), instant(due), "{now} {zone}");
        }
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
